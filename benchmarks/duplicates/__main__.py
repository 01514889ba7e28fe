"""The command: measures how copies of stories are found, and prints the figures.

    uv run --group bench python -m benchmarks.duplicates CORPUS [--seed SEED]

CORPUS is a file or folder that `pullquote index` reads. Each article is copied in several ways;
recall is the share of the copies that are found to be one story with their article among all.
Pairs among the articles themselves are false, unless they were judged to be one story.
"""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.duplicates import ours
from benchmarks.duplicates.editing import WAYS, copy_of
from benchmarks.duplicates.judged import one_stories
from benchmarks.engines.machine import describe_machine
from index.ingestion.folder import find_files
from index.ingestion.limits import Limits
from index.ingestion.reading import read_articles
from index.model import Article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.duplicates.ours import Outcome


def read(corpus: Path) -> list[Article]:
    """Return the articles of a file or folder."""
    limits = Limits()
    files, _ = find_files([corpus], limits)
    return [
        item
        for file in files
        for item in read_articles(file, limits, now=datetime.now(UTC))
        if isinstance(item, Article)
    ]


def lines(articles: Sequence[Article], outcomes: Mapping[str, Outcome]) -> list[str]:
    """Return the figures as a table, and the false pairs of ours by their titles."""
    titles = {each.id: each.title for each in articles}
    judged = one_stories(articles)
    rows = [("", list(outcomes))]
    for way in WAYS:
        shares = [each.found[way] / len(articles) for each in outcomes.values()]
        rows.append((f"recall: {way}", [f"{share:.4f}" for share in shares]))
    found = [{frozenset(pair) for pair in each.pairs} for each in outcomes.values()]
    rows += [
        ("pairs judged to be one story, found", [f"{len(each & judged)}" for each in found]),
        ("false pairs", [f"{len(each - judged)}" for each in found]),
        ("fingerprint, ms an article", [f"{x.fingerprint_ms:.3f}" for x in outcomes.values()]),
        ("look-up of a copy, ms", [f"{x.look_up_ms:.3f}" for x in outcomes.values()]),
        ("look-up of a new story, ms", [f"{x.new_look_up_ms:.3f}" for x in outcomes.values()]),
    ]
    said = [f"{label:58}" + "".join(f"{cell:>14}" for cell in cells) for label, cells in rows]
    mine = outcomes["ours"]
    said += [
        f"false: {titles[one]!r} and {titles[other]!r}"
        for one, other in mine.pairs
        if frozenset((one, other)) not in judged
    ]
    return [*said, f"copies joined to another story than their own: {len(mine.misplaced)}"]


def main() -> None:
    """Measure ours, and the peers if they are installed."""
    parser = argparse.ArgumentParser(prog="benchmarks.duplicates", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    articles = read(options.corpus)
    copies = {way: [copy_of(each, way, options.seed) for each in articles] for way in WAYS}
    print(describe_machine())
    print(f"{len(articles)} articles, each copied in {len(WAYS)} ways", flush=True)
    outcomes = {"ours": asyncio.run(ours.measure(articles, copies))}
    if find_spec("datasketch"):
        from benchmarks.duplicates import peers

        outcomes |= peers.measure(articles, copies)
    print("\n".join(lines(articles, outcomes)))


if __name__ == "__main__":
    main()
