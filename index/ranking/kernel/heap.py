"""The best passages so far, as a heap, compiled by numba. Knows no postings."""

from __future__ import annotations

from typing import Any, NamedTuple

from numba import njit

# Kept on disk where numba is told to. No references are counted, which would take longer than most
# of these functions: so they must neither allocate arrays nor return any. Calls are replaced by
# what is called, since numba hands over each array as seven numbers.
_OPTIONS: dict[str, Any] = {"_nrt": False, "forceinline": True}
compiled = njit(cache=True, nogil=True, error_model="numpy", **_OPTIONS)


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
def is_better(best, score, position):
    """Whether something belongs into a full heap, in the place of its root."""
    if score != best.scores[0]:
        return score > best.scores[0]
    return position < best.positions[0]


@compiled
def _swap(scores, positions, one, other):
    scores[one], scores[other] = scores[other], scores[one]
    positions[one], positions[other] = positions[other], positions[one]


@compiled
def _sink(scores, positions, count):
    """Move the first of a heap down to where it belongs."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= count:
            return
        if child + 1 < count and _is_worse(scores, positions, child + 1, child):
            child += 1
        if not _is_worse(scores, positions, child, at):
            return
        _swap(scores, positions, at, child)
        at = child


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
    _sink(scores, positions, count)
    return count


@compiled
def put_in_order(best, count):
    """Make a list of a heap, the best first."""
    scores, positions = best
    for last in range(count - 1, 0, -1):
        _swap(scores, positions, 0, last)
        _sink(scores, positions, last)
