"""The search of one segment in NumPy: what the kernel does, slower, without compiling anything.

It answers until the kernel is compiled, and whatever the kernel does not take: weights that are
not positive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.ranking.arrays import BLOCK_SIZE, PAGE_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.admission import Admitted
    from index.ranking.arrays import Array
    from index.ranking.scale import ScaledPart
    from index.ranking.segment import Segment, TermEntries


def search(
    scaled: ScaledPart,
    weighted: Sequence[tuple[TermEntries, float]],
    admitted: Admitted,
    count: int,
    floor: float,
) -> tuple[Array, Array]:
    """Return the best passages' positions and scores, best first, equal ones by position.

    At most `count`, all of a score of at least `floor`.
    """
    segment = scaled.part.segment
    scores = np.zeros(segment.passage_count)
    for term, weight in weighted:
        _add(segment, term, weight, scaled, scores)
    if min(weight for _, weight in weighted) > 0:
        # whatever holds a term has more than 0
        nothing, least = 0.0, np.nextafter(0.0, 1.0)
    else:
        is_held = np.zeros(segment.passage_count, np.bool_)
        for term, _ in weighted:
            is_held[segment.postings(term)[0]] = True
        nothing, least = -np.inf, np.finfo(np.float64).min
        scores[~is_held] = nothing
    scores[scaled.part.removed] = nothing
    if len(admitted.marks):
        scores[admitted.marks == 0] = nothing
    inside = scores[admitted.begin : admitted.end]
    positions = _best(inside, count, max(floor, least)) + admitted.begin
    return positions, scores[positions]


def _add(
    segment: Segment, term: TermEntries, weight: float, scaled: ScaledPart, scores: Array
) -> None:
    """Add what a term brings to each passage that holds it; each is there once."""
    formula, norms = scaled.formula, scaled.norms
    lengths = segment.arrays.lengths
    if not term.is_grouped:
        positions, frequencies = segment.postings(term)
        scores[positions] += weight * formula.part(frequencies, norms[lengths[positions]])
        return
    brought: dict[int, Array] = {}
    for group in segment.groups(term):
        if group.frequency not in brought:
            frequencies = np.full_like(norms, group.frequency)
            brought[group.frequency] = weight * formula.part(frequencies, norms)
        offsets = group.offsets()
        page = slice(group.start, group.start + PAGE_SIZE)
        # `take` is quicker than brackets
        scores[page][offsets] += brought[group.frequency].take(lengths[page].take(offsets))


def _best(scores: Array, count: int, floor: float) -> Array:
    """Return the places of the greatest scores, at least `floor`, greatest first, then in order."""
    whole = len(scores) // BLOCK_SIZE
    bar = floor
    if whole > count:
        # so many blocks have a score as great as this, so nothing less is among the best
        greatest = scores[: whole * BLOCK_SIZE].reshape(whole, BLOCK_SIZE).max(axis=1)
        bar = max(bar, float(np.partition(greatest, whole - count)[whole - count]))
    kept = np.flatnonzero(scores >= bar)
    order: Array = kept[np.argsort(-scores[kept], kind="stable")[:count]]
    return order
