"""A segment as it stands in a collection: what makes scores of the frequencies in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.ranking.admission import EVERYTHING

if TYPE_CHECKING:
    from index.ranking.admission import Admitted
    from index.ranking.arrays import Array
    from index.ranking.formula import Formula
    from index.ranking.part import Part


class ScaledPart(NamedTuple):
    """A part, and how much each length, from 0 to the segment's longest, dampens frequencies.

    `everything` admits all passages; `for_kernel` are the kernel's arguments that are the same for
    every query.
    """

    part: Part
    formula: Formula
    norms: Array
    everything: Admitted
    for_kernel: tuple[object, ...]

    @classmethod
    def of(cls, part: Part, formula: Formula, norms: Array) -> ScaledPart:
        """Return a part, given how much lengths dampen, up to its longest or beyond."""
        norms = norms[: part.segment.longest + 1]
        a = part.segment.arrays
        for_kernel = (
            a.entry_starts,
            a.entries,
            a.members,
            a.lengths,
            a.run_starts,
            a.run_first_ids,
            a.run_times,
            norms,
            formula.k1,
            part.removed,
        )
        everything = EVERYTHING.admitted(part.segment)
        return cls(part, formula, norms, everything, for_kernel)
