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


def assembled(
    chunks: Sequence[LaidOut],
    terms: Sequence[bytes],
    columns: PassageColumns,
    publishers: Sequence[str],
) -> Segment:
    """Put a segment together; `terms` are ascending, and those of the chunks one after another.

    Terms without an entry are left out. Raises ValueError for a term that holds a NUL character,
    and for more than 2,097,152 passages.
    """
    if len(columns.ids) > MAX_PASSAGE_COUNT:
        raise ValueError(f"{len(columns.ids)} passages are too many for a segment")
    if b"\0" in b"".join(terms):
        raise ValueError("a term holds a NUL character")
    counts = np.concatenate([chunk.entry_counts for chunk in chunks])
    is_grouped = np.concatenate([chunk.is_grouped for chunk in chunks])
    is_used = counts > 0
    used = [term for term, keep in zip(terms, is_used.tolist(), strict=True) if keep]
    entry_starts = _starts(counts[is_used])
    entry_starts[:-1] |= is_grouped[is_used].astype(np.uint32) * np.uint32(GROUPED)
    arrays = Arrays(
        **_vocabulary(used),
        entry_starts=entry_starts,
        entries=_entries(chunks),
        offsets=np.concatenate([chunk.offsets for chunk in chunks]),
        **columns.arrays(),
    )
    return Segment(arrays, publishers, max(chunk.highest_frequency for chunk in chunks))


def _entries(chunks: Sequence[LaidOut]) -> Array:
    """Join the entries; the places of first offsets are moved by the offsets before the chunk."""
    base = 0
    moved = []
    for chunk in chunks:
        entries = chunk.entries.copy()
        entries[chunk.first_places()] += np.uint32(base)
        base += len(chunk.offsets)
        moved.append(entries)
    return np.concatenate(moved)


def _vocabulary(terms: Sequence[bytes]) -> dict[str, Array]:
    heads = np.array([term[:8] for term in terms], "S8")
    tails = [term[8:] for term in terms]
    return {
        # as `prefix_of` does one by one: padded with zeros, and read as a big-endian number
        "prefixes": heads.view(">u8").astype(np.uint64),
        "tails": np.frombuffer(b"".join(tails), np.uint8),
        "tail_starts": _starts(np.fromiter(map(len, tails), np.int64, len(tails))),
    }


def _starts(counts: Array) -> Array:
    starts = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(counts, out=starts[1:])
    return starts
