"""How many documents of two parsers' own test suites are read as the feeds that they are.

    uv run python -m benchmarks.feeds [--feedparser PATH] [--gofeed PATH] [--show]

PATH is a checkout of github.com/kurtmckee/feedparser or github.com/mmcdole/gofeed. Ours is
measured beside feedparser as it comes, which ours is built on, in the same run.

recognised   It is read as a feed, and as many entries are read as the suite says there are (gofeed
             gives each document's entries; feedparser's files mostly name single ones, and then
             there have to be as many as are named). An entry that is told of as left out, since it
             has neither an address nor a title, counts as read: most of these files hold nothing
             but the one element that they test. It does not say that all of it was understood.
kept         How many of the entries that the suite names are left to be quoted from.
title, link, date
             How often these agree with what the suite names, where it names them in a way that
             can be read: titles as a browser would show them, for ours are without markup; links
             to the web, made whole; dates to the second, or to the day where ours keeps only that.
             Documents whose entries hold a date alone are given a title in each for this, and for
             this only.
no feed      Documents that are none by the suite (no element in them, or listed by it as an
             error), and how many of them are refused.
speed        Megabytes a second, the best of three rounds. The files are small, so this is the
             price of a document rather than of its length.

feedparser's 1,749 files test feedparser: of agreement with itself it has as much as its defaults
let it have, and what it declares to be a feed (a version or an entry) is taken as one.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines.machine import describe_machine
from benchmarks.feeds.feedparser_suite import PARTS, feedparser_samples
from benchmarks.feeds.gofeed_suite import gofeed_samples
from benchmarks.feeds.judging import Tally
from benchmarks.feeds.model import FIELDS, completed
from benchmarks.feeds.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.feeds.model import Sample

_ROUNDS = 3


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.feeds",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--feedparser", type=Path, metavar="PATH", help="feedparser's checkout")
    parser.add_argument("--gofeed", type=Path, metavar="PATH", help="gofeed's checkout")
    parser.add_argument("--show", action="store_true", help="name what ours does not agree on")
    return parser.parse_args()


def main() -> None:
    """Print the rows of each part of the suites that are given."""
    options = parsed()
    print(describe_machine(), flush=True)
    for name, samples in _suites(options.feedparser, options.gofeed):
        if not samples:
            raise SystemExit(f"there are no documents in {name}; give the path of a checkout")
        print(f"\n{name}: {len(samples):,} documents")
        seconds = _seconds(samples)
        size = sum(len(sample.body) for sample in samples) / 1e6
        for reader, read in READERS.items():
            tally = Tally()
            for sample in samples:
                tally.add(sample, read(sample), read(completed(sample)))
            rate = f"{size / seconds[reader]:.2f} MB/s"
            print(f"  {reader:10} {_figures(tally)}, {rate}", flush=True)
            if options.show and reader == "ours":
                print(*(f"    {line}" for line in tally.failures), sep="\n")
        print(f"  speed      {seconds['feedparser'] / seconds['ours']:.2f} times feedparser's")


def _suites(feedparser: Path | None, gofeed: Path | None) -> Iterator[tuple[str, list[Sample]]]:
    if feedparser:
        for part in PARTS:
            yield f"feedparser, {part}", feedparser_samples(feedparser, part)
    if gofeed:
        for ending in (".xml", ".json"):
            yield f"gofeed, {ending}", gofeed_samples(gofeed, ending)


def _seconds(samples: list[Sample]) -> dict[str, float]:
    """Time the readers in turns, so that what else the machine does slows both."""
    best = dict.fromkeys(READERS, float("inf"))
    for _ in range(_ROUNDS):
        for reader, read in READERS.items():
            began = time.perf_counter()
            for sample in samples:
                read(sample)
            best[reader] = min(best[reader], time.perf_counter() - began)
    return best


def _figures(tally: Tally) -> str:
    share = 100 * tally.recognised_count / (tally.document_count or 1)
    told = [
        f"recognised {tally.recognised_count:,} of {tally.document_count:,} ({share:.2f} %)",
        f"kept {tally.kept_count:,} of {tally.named_count:,}",
        *(f"{name} {tally.agreed[name]} of {tally.checked[name]}" for name in FIELDS),
    ]
    if tally.no_feed_count:
        told.append(f"no feed {tally.refused_count} of {tally.no_feed_count}")
    return ", ".join(told)


if __name__ == "__main__":
    main()
