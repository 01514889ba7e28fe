"""What makes scores of the frequencies in a segment, as it stands in a collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.arrays import Array
    from index.ranking.formula import Formula
    from index.ranking.segment import Segment


# the kernel's sums have 16 bits, and each term may be rounded up by two
_GREATEST_SUM = 65535.0
_EXCESS = 2.0


class Scale(NamedTuple):
    """By length, from 0 to the segment's longest: norms (in two precisions), and gains.

    A gain is what a posting of frequency 1 and weight 1 brings; `greatest_ratio` is how much more
    than that any posting can bring at most.
    """

    formula: Formula
    norms: Array
    float_norms: Array
    gains: Array
    greatest_ratio: float

    @classmethod
    def of(cls, formula: Formula, segment: Segment, average_length: float) -> Scale:
        """Return the scale of a segment in a collection of this average length."""
        return cls.at(formula, formula.norms(segment.longest, average_length), segment)

    @classmethod
    def at(cls, formula: Formula, norms: Array, segment: Segment) -> Scale:
        """Return the scale for some norms."""
        # the ratio grows with both
        highest, dampest = segment.highest_frequency, float(norms[-1])
        ratio = highest * (1 + dampest) / (highest + dampest)
        gains = formula.part(np.ones(len(norms)), norms)
        return cls(formula, norms, norms.astype(np.float32), gains, ratio)

    def units(self, weights: Sequence[float]) -> float:
        """Return how many units of the kernel's sums a weight of 1 may be."""
        room = _GREATEST_SUM - _EXCESS * len(weights)
        return room / (sum(weights) * self.greatest_ratio)
