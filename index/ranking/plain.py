"""The search of one segment in NumPy: what the kernel does, slower, without compiling anything.

It answers until the kernel is compiled, and whatever the kernel does not take: weights that are
not positive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.admission import Admitted
    from index.ranking.formula import Formula
    from index.ranking.segment import Array, Segment, TermEntries


def search(
    segment: Segment,
    weighted: Sequence[tuple[TermEntries, float]],
    formula: Formula,
    norms: Array,
    admitted: Admitted,
    removed: Array,
    count: int,
    floor: float,
) -> tuple[Array, Array]:
    """Return the best passages' positions and scores, best first, equal ones by position.

    At most `count`, all of a score of at least `floor`.
    """
    begin, end, marks = admitted
    scores = np.zeros(end - begin)
    found = np.zeros(end - begin, np.bool_)
    for term, weight in weighted:
        positions, frequencies = segment.postings(term)
        inside = (positions >= begin) & (positions < end)
        positions, frequencies = positions[inside], frequencies[inside]
        norm = norms[segment.arrays.lengths[positions]]
        # each position is there once, so that nothing is added twice to one place
        scores[positions - begin] += weight * formula.part(frequencies, norm)
        found[positions - begin] = True
    dead = removed[(removed >= begin) & (removed < end)].astype(np.int64)
    found[dead - begin] = False
    if len(marks):
        found &= marks[begin:end] != 0
    candidates = np.flatnonzero(found & (scores >= floor))
    best = _best(scores[candidates], count)
    return candidates[best] + begin, scores[candidates[best]]


def _best(scores: Array, count: int) -> Array:
    """Return the places of the greatest scores, greatest first, equal ones in order."""
    if len(scores) > count:
        bar = np.partition(scores, len(scores) - count)[len(scores) - count]
        kept = np.flatnonzero(scores >= bar)
    else:
        kept = np.arange(len(scores))
    order: Array = kept[np.argsort(-scores[kept], kind="stable")[:count]]
    return order
