"""Several segments to one, without the passages that are removed.

Works through the terms some at a time: beside the result, memory is needed for the postings of a
few million passages' terms, however large the segments are.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from index.ranking.assembling import assembled
from index.ranking.layout import Postings, lay_out, postings_of
from index.ranking.passages import PassageColumns
from index.ranking.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.ranking.arrays import Array
    from index.ranking.layout import LaidOut
    from index.ranking.segment import Segment

POSTINGS_AT_ONCE = 1 << 20
_GONE = np.uint32(0xFFFFFFFF)


def merge(
    parts: Sequence[tuple[Segment, Array]],
    on_chunk: Callable[[], None] = lambda: None,
    *,
    postings_at_once: int = POSTINGS_AT_ONCE,
) -> Segment:
    """Return one segment of the passages of several; each comes with its removed positions.

    `on_chunk` is called after about every `postings_at_once`; what it raises ends the merge.
    """
    segments = [segment for segment, _ in parts]
    columns, publishers, places = _merged_passages(parts)
    vocabulary, ranks = Vocabulary.merged(segments)
    frequencies = np.zeros(len(vocabulary.prefixes), np.int64)
    for segment, ranked in zip(segments, ranks, strict=True):
        frequencies[ranked] += segment.document_frequencies()
    chunks: list[LaidOut] = []
    for first, last in _chunks(frequencies, postings_at_once):
        chunks.append(_merged_chunk(segments, ranks, places, first, last))
        on_chunk()
    return assembled(chunks, vocabulary, columns, publishers)


def _merged_passages(
    parts: Sequence[tuple[Segment, Array]],
) -> tuple[PassageColumns, list[str], list[Array]]:
    """Return the columns of the result, its publishers, and where each old position goes."""
    names = {name: None for segment, _ in parts for name in segment.publishers}
    numbers = {name: number for number, name in enumerate(names)}
    spread = []
    for segment, _ in parts:
        own = np.array([numbers[name] for name in segment.publishers], np.uint32)
        c = PassageColumns.of_segment(segment)
        spread.append(
            PassageColumns(c.ids, c.articles, c.times, c.days, own[c.publishers], c.lengths)
        )
    joined = PassageColumns.joined(spread)
    starts = np.cumsum([0, *(segment.passage_count for segment, _ in parts)])
    is_live = np.ones(int(starts[-1]), np.bool_)
    for (_, dead), start in zip(parts, starts.tolist(), strict=False):
        is_live[dead.astype(np.int64) + start] = False
    order = joined.publication_order()
    order = order[is_live[order]]
    target = np.full(len(is_live), _GONE, np.uint32)
    target[order] = np.arange(len(order), dtype=np.uint32)
    return joined.taken(order), list(names), np.split(target, starts[1:-1])


def _chunks(frequencies: Array, size: int) -> list[tuple[int, int]]:
    """Cut the terms into ranges of about `size` postings."""
    ends = np.cumsum(frequencies)
    total = int(ends[-1]) if len(ends) else 0
    cuts = np.searchsorted(ends, np.arange(size, total, size)) + 1
    bounds = sorted({0, *cuts.tolist(), len(frequencies)})
    return list(pairwise(bounds)) or [(0, 0)]


def _merged_chunk(
    segments: Sequence[Segment],
    ranks: Sequence[Array],
    places: Sequence[Array],
    first: int,
    last: int,
) -> LaidOut:
    found = []
    for segment, ranked, target in zip(segments, ranks, places, strict=True):
        own_first, own_last = np.searchsorted(ranked, [first, last]).tolist()
        own = postings_of(segment, own_first, own_last)
        positions = target[own.positions]
        terms = ranked[own_first:own_last][own.terms] - np.uint32(first)
        is_live = positions != _GONE
        if not is_live.all():
            terms, positions = terms[is_live], positions[is_live]
            found.append(Postings(terms, positions, own.frequencies[is_live]))
        else:
            found.append(Postings(terms, positions, own.frequencies))
    return lay_out(found, last - first)
