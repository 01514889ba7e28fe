"""What two texts share, in runs of four words; after the scorer of an independent benchmark.

The measure is that of scrapinghub/article-extraction-benchmark (its `evaluate.py`, MIT), so that
figures can be set beside those published there. Knows nothing of pages.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LENGTH = 4

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """What was rightly found, wrongly found and missed of one text, as shares that sum to 1."""

    right: float
    wrong: float
    missed: float

    @classmethod
    def of(cls, found: str, expected: str) -> Overlap:
        """Compare two texts, counting each run of words as often as it stands there."""
        runs, wanted = shingles(found), shingles(expected)
        right = (runs & wanted).total()
        wrong, missed = runs.total() - right, wanted.total() - right
        whole = (right + wrong + missed) or 1  # so that a long text weighs no more than a short one
        return cls(right / whole, wrong / whole, missed / whole)


@dataclass(frozen=True, slots=True)
class Score:
    """Means over pages, and the harmonic mean of those two."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """2PR / (P + R)."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @classmethod
    def of(cls, overlaps: Sequence[Overlap]) -> Score:
        """Take means; a page without anything found has no precision, without a text no recall."""
        precisions = [each.right / (each.right + each.wrong) for each in overlaps if _found(each)]
        recalls = [each.right / (each.right + each.missed) for each in overlaps if _wanted(each)]
        return cls(mean(precisions or [0.0]), mean(recalls or [0.0]))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words; a text of fewer words is one run."""
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - LENGTH + 1))
    return Counter(run for at in starts if (run := tuple(words[at : at + LENGTH])))


def strange_lines(lines: Iterable[str], expected: str) -> tuple[list[str], int]:
    """Give the lines that are not in the expected text, and how many lines were judged.

    Judged are lines of at least four words. One is strange when less than half of its runs of four
    words stand anywhere in the expected text.
    """
    wanted = shingles(expected)
    judged = {line: runs for line in lines if len(next(iter(runs := shingles(line)), ())) == LENGTH}
    strange = [
        line
        for line, runs in judged.items()
        if 2 * sum(count for run, count in runs.items() if run in wanted) < runs.total()
    ]
    return strange, len(judged)


def _found(overlap: Overlap) -> bool:
    return overlap.right + overlap.wrong > 0


def _wanted(overlap: Overlap) -> bool:
    return overlap.right + overlap.missed > 0
