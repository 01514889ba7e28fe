"""The command: how well articles are found on public pages, beside trafilatura alone.

    uv run python -m benchmarks.extraction PATH [--fundus PATH] [--lines] [--worst COUNT]

PATH is a checkout of scrapinghub/article-extraction-benchmark (181 pages), --fundus one of
`tests/resources/parser/test_data` of flairNLP/fundus, of which the English pages are taken
that are no live blogs.
F1, P and R are those of the first (runs of four words, means over pages). "Left" is the share of
lines of at least four words of which less than half of the runs stand in the expected text.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines.machine import describe_machine
from benchmarks.extraction.racing import raced
from benchmarks.extraction.sets import benchmark_pages, fundus_pages
from benchmarks.extraction.ways import WAYS

if TYPE_CHECKING:
    from benchmarks.extraction.racing import Result

_OURS = "Pullquote"
_RIVAL = "trafilatura, precision"


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.extraction",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--fundus", type=Path)
    parser.add_argument("--lines", action="store_true", help="show the lines left, page by page")
    parser.add_argument("--worst", type=int, default=0, help="show as many pages, worst first")
    return parser.parse_args()


def main() -> None:
    """Print a table for each set."""
    options = parsed()
    print(describe_machine())
    pages = {"article-extraction-benchmark": list(benchmark_pages(options.path))}
    if options.fundus:
        pages["fundus, English"] = list(fundus_pages(options.fundus))
    for name, of_set in pages.items():
        results = raced(of_set, WAYS)
        print(f"\n{name}, {len(of_set)} pages")
        show_table(results, len(of_set))
        show_worst(results, options.worst)
        if options.lines:
            show_lines(results[_OURS])


def show_table(results: dict[str, Result], page_count: int) -> None:
    """Print a line a way; the last column is its speed as a multiple of the rival's."""
    print(f"{'':24}{'F1':>7}{'P':>7}{'R':>7}{'left':>8}{'pages/s':>9}{'ratio':>7}")
    for name, each in results.items():
        score = each.score
        print(
            f"{name:24}{score.f1:7.4f}{score.precision:7.4f}{score.recall:7.4f}"
            f"{each.strange_share:8.2%}{page_count / each.seconds:9.1f}"
            f"{results[_RIVAL].seconds / each.seconds:7.2f}"
        )


def show_worst(results: dict[str, Result], count: int) -> None:
    """Print what is wrong and missed on the pages where least is right."""
    ours, rival = results[_OURS].overlaps, results[_RIVAL].overlaps
    for name in sorted(ours, key=lambda each: ours[each].right)[:count]:
        print(
            f"  {name[:24]:26} right {ours[name].right:.2f} wrong {ours[name].wrong:.2f}"
            f" missed {ours[name].missed:.2f}; {_RIVAL} right {rival[name].right:.2f}"
        )


def show_lines(result: Result) -> None:
    """Print every line that is none of the story's."""
    for name, lines in result.strange.items():
        for line in lines:
            print(f"  {name[:12]} {line[:160]}")


if __name__ == "__main__":
    main()
