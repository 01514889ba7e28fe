"""What makes scores of the frequencies in a segment, as it stands in a collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from index.ranking.arrays import Array
    from index.ranking.formula import Formula
    from index.ranking.segment import Segment


class Scale(NamedTuple):
    """What makes scores of frequencies in a segment: norms by length, and the formula's k1.

    `greatest_gain` is the most that a posting can bring, beside one of frequency 1.
    """

    formula: Formula
    norms: Array
    greatest_gain: float

    @classmethod
    def of(cls, formula: Formula, segment: Segment, average_length: float) -> Scale:
        """Return the scale of a segment in a collection of this average length."""
        norms = formula.norms(segment.longest, average_length)
        # it grows with both
        highest, dampest = segment.highest_frequency, float(norms[-1])
        return cls(formula, norms, highest * (1 + dampest) / (highest + dampest))
