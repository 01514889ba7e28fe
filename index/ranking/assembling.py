"""A segment from its parts: laid-out postings, the terms they are of, and columns of passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.ranking.arrays import GROUPED, MAX_PASSAGE_COUNT, Arrays
from index.ranking.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.arrays import Array
    from index.ranking.layout import LaidOut
    from index.ranking.passages import PassageColumns
    from index.ranking.vocabulary import Vocabulary


def assembled(
    chunks: Sequence[LaidOut],
    vocabulary: Vocabulary,
    columns: PassageColumns,
    publishers: Sequence[str],
) -> Segment:
    """Put a segment together; the terms are those of the chunks one after another.

    Terms without an entry are left out. Raises ValueError for more than 2,097,152 passages.
    """
    if len(columns.ids) > MAX_PASSAGE_COUNT:
        raise ValueError(f"{len(columns.ids)} passages are too many for a segment")
    counts = np.concatenate([chunk.entry_counts for chunk in chunks])
    is_grouped = np.concatenate([chunk.is_grouped for chunk in chunks])
    is_used = counts > 0
    used = vocabulary.kept(is_used)
    entry_starts = _starts(counts[is_used])
    entry_starts[:-1] |= is_grouped[is_used].astype(np.uint32) * np.uint32(GROUPED)
    arrays = Arrays(
        prefixes=used.prefixes,
        tails=used.tails,
        tail_starts=_starts(used.tail_lengths),
        entry_starts=entry_starts,
        entries=_entries(chunks),
        members=np.concatenate([chunk.members for chunk in chunks]),
        **columns.arrays(),
    )
    return Segment(arrays, publishers, max(chunk.highest_frequency for chunk in chunks))


def _entries(chunks: Sequence[LaidOut]) -> Array:
    """Join the entries; the places of first members are moved by the members before the chunk."""
    base = 0
    moved = []
    for chunk in chunks:
        entries = chunk.entries.copy()
        entries[chunk.first_places()] += np.uint32(base)
        base += len(chunk.members)
        moved.append(entries)
    return np.concatenate(moved)


def _starts(counts: Array) -> Array:
    starts = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(counts, out=starts[1:])
    return starts
