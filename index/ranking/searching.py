"""One query over several segments, one after another: by the kernel where it is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.ranking import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.ranking.admission import Admission, Admitted
    from index.ranking.formula import Formula
    from index.ranking.part import Part
    from index.ranking.segment import Array, Segment, TermEntries

    Weighted = list[tuple[TermEntries, float]]

# the kernel's sums have 16 bits; each term may be rounded up by two
MAX_KERNEL_TERMS = 1000


class Kernel(Protocol):
    """The compiled search of one segment, for one thread at a time."""

    def __call__(self, *arguments: object) -> int:
        """Fill the last two arguments; see `kernels.search`, which lacks only `sums` here."""
        ...


class Search:
    """A query at work; holds the best passages of the segments it has been through."""

    def __init__(
        self,
        weights: Mapping[str, float],
        formula: Formula,
        average_length: float,
        kernel: Kernel | None,
    ):
        is_bounded = min(weights.values()) > 0 and len(weights) <= MAX_KERNEL_TERMS
        self._weights = weights
        self._formula = formula
        self._average_length = average_length
        self._kernel = kernel if is_bounded else None
        self._floor = 0.0 if is_bounded else -np.inf
        self._found: list[tuple[Segment, Array, Array]] = []

    def add(self, part: Part, count: int, admission: Admission) -> None:
        """Go through a segment."""
        segment = part.segment
        found = ((segment.find(term), weight) for term, weight in self._weights.items())
        weighted = [(entries, weight) for entries, weight in found if entries]
        if not weighted:
            return
        admitted = admission.admitted(segment)
        if admitted.begin >= admitted.end:
            return
        norms = self._formula.norms(segment.longest, self._average_length)
        if self._kernel is None:
            positions, scores = plain.search(
                segment,
                weighted,
                self._formula,
                norms,
                admitted,
                part.removed,
                count,
                self._floor,
            )
        else:
            positions, scores = self._by_kernel(part, weighted, norms, admitted, count)
        if len(scores):
            self._found.append((segment, positions, scores))
            if len(scores) == count:
                self._floor = max(self._floor, float(scores.min()))

    def _by_kernel(
        self, part: Part, weighted: Weighted, norms: Array, admitted: Admitted, count: int
    ) -> tuple[Array, Array]:
        segment = part.segment
        terms = np.array([entries[:4] for entries, _ in weighted], np.int64).T.copy()
        weights = np.array([weight for _, weight in weighted])
        highest, dampest = segment.highest_frequency, float(norms[-1])
        scores, positions = np.empty(count), np.empty(count, np.int64)
        a = segment.arrays
        found = self._kernel(  # type: ignore[misc] # only called where there is one
            *terms,
            weights,
            a.entries,
            a.offsets,
            a.lengths,
            a.shortest,
            norms,
            self._formula.k1,
            # what a posting brings, beside one of frequency 1, grows with both
            highest * (1 + dampest) / (highest + dampest),
            *admitted[:2],
            part.removed,
            admitted.marks,
            self._floor,
            scores,
            positions,
        )
        return positions[:found], scores[:found]

    def best(self, count: int) -> Iterator[tuple[int, float]]:
        """Yield the ids and scores of the best passages of all segments, in their order."""
        if not self._found:
            return
        ids = np.concatenate([segment.ids_at(at) for segment, at, _ in self._found])
        times = np.concatenate([segment.times_at(at) for segment, at, _ in self._found])
        scores = np.concatenate([scores for _, _, scores in self._found])
        # the complement, unlike the negative, of the least time is the greatest
        order = np.lexsort((ids, ~times, -scores))[:count]
        yield from zip(ids[order].tolist(), scores[order].tolist(), strict=True)
