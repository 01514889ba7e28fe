"""The command: makes or reads a corpus, runs every measure, prints the table.

uv run --group bench python -m benchmarks.engines [OPTION…]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines.articles import read_corpus, read_questions
from benchmarks.engines.description import describe
from benchmarks.engines.generator import generate
from benchmarks.engines.growth import remake
from benchmarks.engines.machine import describe_machine
from benchmarks.engines.questions import draw_questions, mean_touched
from benchmarks.engines.reference import Postings
from benchmarks.engines.registry import DEFAULT, ENGINES, OURS, available
from benchmarks.engines.runner import run_all
from benchmarks.engines.table import rounded, table
from benchmarks.engines.workspace import Plan, Workspace
from index.analysis.analyzer import Analyzer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.engines.corpus import Corpus

_QUICK_PLAN = Plan(repeats=3, judged_count=20, seconds_an_engine=5.0, update_count=8)


@dataclass(frozen=True)
class Material:
    """A corpus and the questions asked of it."""

    corpus: Corpus
    postings: Postings
    questions: list[list[str]]

    @classmethod
    def of(cls, options: argparse.Namespace) -> Material:
        """Read or generate what the options say."""
        if options.corpus is None:
            corpus = generate(options.passages or 100_000, options.seed)
        else:
            corpus = read_corpus(options.corpus, options.passages)
        postings = Postings.of(corpus)
        if options.questions is None:
            questions = draw_questions(corpus, postings, options.queries, options.seed)
        else:
            questions = read_questions(options.questions, Analyzer(), options.queries)
        return cls(corpus, postings, questions)

    @property
    def summary(self) -> str:
        """One line on the corpus and the questions."""
        touched = mean_touched(self.questions, self.corpus, self.postings)
        terms = sum(map(len, self.questions)) / len(self.questions)
        return (
            f"{self.corpus.passage_count:,} passages, {len(self.postings.passages):,} postings; "
            f"{len(self.questions):,} questions of {terms:.1f} terms that touch {touched:,.0f}"
            " postings on average"
        )


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.engines", description=__doc__)
    add = parser.add_argument
    add("--passages", type=int, help="how many; 100,000 generated ones, or all of a file")
    add("--corpus", type=Path, help="real articles as JSON lines, perhaps .gz")
    add("--questions", type=Path, help="real questions as JSON lines")
    add("--peers", default=",".join(DEFAULT), help=f"of {', '.join(ENGINES)}")
    add("--queries", type=int, default=500, help="how many questions are asked")
    add("--seed", type=int, default=7)
    add("--quick", action="store_true", help="20,000 passages and fewer repetitions")
    add("--json", type=Path, help="write the figures, too")
    add("--growth", type=Path, metavar="SVG", help="draw latency by size instead")
    add("--describe", action="store_true", help="tell how like news the corpus is instead")
    options = parser.parse_args(arguments)
    if options.quick:
        options.passages = options.passages or 20_000
        options.queries = min(options.queries, 100)
    return options


def compare(options: argparse.Namespace) -> None:
    """Measure, and print the table."""
    material = Material.of(options)
    machine = describe_machine()
    print(f"{machine}\n{material.summary}\n")
    names = [OURS] * (OURS in ENGINES) + [n for n in options.peers.split(",") if n and n != OURS]
    names = available(names, material.corpus.passage_count)
    with tempfile.TemporaryDirectory() as directory:
        workspace = Workspace(Path(directory))
        plan = _QUICK_PLAN if options.quick else Plan()
        frequencies = material.postings.document_frequencies
        workspace.prepare(material.corpus, material.questions, frequencies, plan)
        figures = run_all(names, workspace)
    versions = {name: ENGINES[name].version() for name in figures}
    print(f"\n{', '.join(f'{name} {version}' for name, version in versions.items())}\n")
    print(table(figures))
    if options.json is not None:
        raw = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine,
            "summary": material.summary,
            "versions": versions,
            "figures": figures,
        }
        options.json.write_text(json.dumps(raw, indent=1), encoding="utf-8")


def main() -> None:
    """Do what the command line says."""
    options = parsed()
    if options.describe:
        material = Material.of(options)
        print(material.summary)
        for name, value in describe(material.corpus, material.postings).items():
            print(f"{name:52} {rounded(value):>12}")
    elif options.growth is not None:
        remake(options.growth, options.peers.split(","), options.queries, options.seed)
    else:
        compare(options)


if __name__ == "__main__":
    main()
