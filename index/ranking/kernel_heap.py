"""The best passages so far, as a heap, compiled by numba. Knows no postings."""

from __future__ import annotations

from typing import Any, NamedTuple

from numba import njit

# kept on disk where numba is told to
compiled = njit(cache=True, nogil=True, error_model="numpy")


class Best(NamedTuple):
    """A heap whose root is the worst of the best: the least score, of those the last position."""

    scores: Any
    positions: Any


@compiled
def _is_worse(scores, positions, one, other):
    if scores[one] != scores[other]:
        return scores[one] < scores[other]
    return positions[one] > positions[other]


@compiled
def _swap(scores, positions, one, other):
    scores[one], scores[other] = scores[other], scores[one]
    positions[one], positions[other] = positions[other], positions[one]


@compiled
def push(best, count, score, position):
    """Add to a heap of `count`, or put in the place of its root when it is full."""
    scores, positions = best
    if count < len(scores):
        at = count
        scores[at], positions[at] = score, position
        while at > 0 and _is_worse(scores, positions, at, (at - 1) >> 1):
            _swap(scores, positions, at, (at - 1) >> 1)
            at = (at - 1) >> 1
        return count + 1
    scores[0], positions[0] = score, position
    at = 0
    while True:
        child = 2 * at + 1
        if child >= count:
            return count
        if child + 1 < count and _is_worse(scores, positions, child + 1, child):
            child += 1
        if not _is_worse(scores, positions, child, at):
            return count
        _swap(scores, positions, at, child)
        at = child
