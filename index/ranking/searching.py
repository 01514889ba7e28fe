"""One query over several segments, one after another: by the kernel where it is at hand."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from index.ranking import plain
from index.ranking.admission import EVERYTHING
from index.ranking.segment import NOT_HELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.ranking.admission import Admission, Admitted
    from index.ranking.arrays import Array
    from index.ranking.scale import ScaledPart

# each term is rounded up to a whole number, so that the kernel's bounds say less of more terms
MAX_KERNEL_TERMS = 1000


class Kernel(Protocol):
    """The compiled search of one segment, for one thread at a time."""

    def __call__(self, *arguments: object) -> int:
        """Fill the last three arguments; see `kernel.search`, whose sums are left out."""
        ...


class Best(NamedTuple):
    """Room for the best passages, of which the first ones are `found`, the best first.

    `times` are as in a segment. Equal scores stand by time, the newest first, then by id.
    """

    found: int
    scores: Array
    ids: Array
    times: Array

    @classmethod
    def of_none(cls, room: int) -> Best:
        """Return room for some."""
        return cls(0, np.empty(room), np.empty(room, np.int64), np.empty(room, np.int64))


class Search:
    """A query at work: each distinct term's weight, and how many passages are wanted."""

    def __init__(self, weights: Mapping[str, float], count: int, kernel: Kernel | None):
        self._terms = list(weights)
        self._weights = np.array(list(weights.values()))
        self._count = count
        is_bounded = min(weights.values()) > 0 and len(weights) <= MAX_KERNEL_TERMS
        self._kernel = kernel if is_bounded else None

    def best(self, parts: Iterable[ScaledPart], admission: Admission) -> Best:
        """Return the best passages of all parts."""
        best = Best.of_none(self._count)
        is_everything = admission is EVERYTHING or admission == EVERYTHING
        for scaled in parts:
            segment = scaled.part.segment
            admitted = scaled.everything if is_everything else admission.admitted(segment)
            numbers, weights = list(map(segment.numbers.__getitem__, self._terms)), self._weights
            if NOT_HELD in numbers:
                is_held = [number != NOT_HELD for number in numbers]
                numbers, weights = list(compress(numbers, is_held)), weights[is_held]
            if not numbers or admitted.begin >= admitted.end:
                continue
            if self._kernel is None:
                best = by_numpy(scaled, numbers, weights, admitted, best)
            else:
                best = by_kernel(self._kernel, scaled, numbers, weights, admitted, best)
        return best


def by_kernel(
    kernel: Kernel,
    scaled: ScaledPart,
    numbers: Sequence[int],
    weights: Array,
    admitted: Admitted,
    best: Best,
) -> Best:
    """Return the best of a part and of those before it, in the same arrays, for positive weights.

    `numbers` are those of the terms in the part.
    """
    _, scores, ids, times = best
    found = kernel(np.array(numbers, np.int64), weights, *scaled.for_kernel, *admitted, *best)
    return Best(found, scores, ids, times)


def by_numpy(
    scaled: ScaledPart,
    numbers: Sequence[int],
    weights: Array,
    admitted: Admitted,
    best: Best,
) -> Best:
    """Return what the kernel returns, whatever the weights are."""
    segment, room = scaled.part.segment, len(best.scores)
    floor = float(best.scores[-1]) if best.found == room else -np.inf
    pairs = zip(numbers, weights.tolist(), strict=True)
    weighted = [(segment.entries_of(number), weight) for number, weight in pairs]
    positions, scores = plain.search(scaled, weighted, admitted, room, floor)
    scores = np.concatenate((best.scores[: best.found], scores))
    ids = np.concatenate((best.ids[: best.found], segment.ids_at(positions)))
    times = np.concatenate((best.times[: best.found], segment.times_at(positions)))
    # the complement, unlike the negative, of the least time is the greatest
    order = np.lexsort((ids, ~times, -scores))[:room]
    merged = Best.of_none(room)._replace(found=len(order))
    merged.scores[: len(order)] = scores[order]
    merged.ids[: len(order)] = ids[order]
    merged.times[: len(order)] = times[order]
    return merged
