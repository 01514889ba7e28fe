"""One query over several segments, one after another: by the kernel where it is at hand."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.ranking import plain
from index.ranking.segment import TermEntries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.ranking.admission import Admission, Admitted
    from index.ranking.arrays import Array
    from index.ranking.part import Part
    from index.ranking.scale import Scale
    from index.ranking.segment import Segment

# the kernel's sums have 16 bits; each term may be rounded up by two
MAX_KERNEL_TERMS = 1000


class Kernel(Protocol):
    """The compiled search of one segment, for one thread at a time."""

    def __call__(self, *arguments: object) -> int:
        """Fill the last two arguments; see `kernels.search`, whose arrays for work are left out."""
        ...


class Search:
    """A query at work; holds the best passages of the segments it has been through."""

    def __init__(self, weights: Mapping[str, float], count: int, kernel: Kernel | None):
        is_bounded = min(weights.values()) > 0 and len(weights) <= MAX_KERNEL_TERMS
        self._weights = weights
        self._count = count
        self._kernel = kernel if is_bounded else None
        self._floor = 0.0 if is_bounded else -np.inf
        self._found: list[tuple[Segment, Array, Array]] = []

    def add(self, part: Part, scale_of: Callable[[Part], Scale], admission: Admission) -> None:
        """Go through a segment."""
        segment = part.segment
        weighted = [
            (entries, weight)
            for term, weight in self._weights.items()
            if (entries := segment.find(term))
        ]
        self._raise_floor()
        admitted = admission.admitted(segment)
        if not weighted or admitted.begin >= admitted.end:
            return
        segment_search = plain.search if self._kernel is None else partial(by_kernel, self._kernel)
        positions, scores = segment_search(
            part, weighted, scale_of(part), admitted, self._count, self._floor
        )
        if len(scores):
            self._found.append((segment, positions, scores))

    def _raise_floor(self) -> None:
        """Ask of the next segment what would be among the best of those before it."""
        if self._found and len(self._found[-1][2]) == self._count:
            self._floor = max(self._floor, float(self._found[-1][2].min()))

    def best(self, base: float) -> tuple[list[int], list[float]]:
        """Return ids and scores of the best passages of all segments; to each score add `base`."""
        if not self._found:
            return [], []
        if len(self._found) == 1:
            ((segment, positions, scores),) = self._found
            # positions are in the order of publication and ids
            order = np.lexsort((positions, -scores))
            ids = segment.ids_at(positions[order])
        else:
            ids = np.concatenate([segment.ids_at(at) for segment, at, _ in self._found])
            times = np.concatenate([segment.times_at(at) for segment, at, _ in self._found])
            scores = np.concatenate([scores for _, _, scores in self._found])
            # the complement, unlike the negative, of the least time is the greatest
            order = np.lexsort((ids, ~times, -scores))[: self._count]
            ids = ids[order]
        return ids.tolist(), (scores[order] + base).tolist()


def by_kernel(
    kernel: Kernel,
    part: Part,
    weighted: Sequence[tuple[TermEntries, float]],
    scale: Scale,
    admitted: Admitted,
    count: int,
    floor: float,
) -> tuple[Array, Array]:
    """Return what `plain.search` returns, in no order; for positive weights alone."""
    columns = len(TermEntries._fields)
    numbers = chain.from_iterable([entries for entries, _ in weighted])
    places = np.fromiter(numbers, np.int64, columns * len(weighted)).reshape(-1, columns)
    weights = np.array([weight for _, weight in weighted])
    scores, positions = np.empty(count), np.empty(count, np.int64)
    a = part.segment.arrays
    found = kernel(
        places,
        weights,
        a.entries,
        a.offsets,
        a.lengths,
        a.shortest,
        scale.norms,
        scale.float_norms,
        scale.gains,
        scale.formula.k1,
        scale.units([weight for _, weight in weighted]),
        admitted.begin,
        admitted.end,
        part.removed,
        admitted.marks,
        floor,
        scores,
        positions,
    )
    return positions[:found], scores[:found]
