"""Groups: a term's postings of one page and one frequency, as a list of offsets or as a bitmap.

Knows no terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.ranking.arrays import (
    BITMAP_WORDS,
    FREQUENCY_BITS,
    LIST_LIMIT,
    MAX_FREQUENCY,
    PAGE_BITS,
    PAGE_SIZE,
    WORD_BITS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.ranking.arrays import Array


class Group(NamedTuple):
    """Postings of one page, which begins at position `start`, and one frequency."""

    start: int
    frequency: int
    size: int
    members: Array

    def offsets(self) -> Array:
        """Return where its passages are in the page, ascending."""
        return _offsets(self.members) if self.size > LIST_LIMIT else self.members

    def holds(self, offsets: Array) -> Array:
        """Tell of each of some offsets (uint16) whether it is among its own."""
        if self.size > LIST_LIMIT:
            words = self.members[offsets // np.uint16(WORD_BITS)]
            found: Array = (words >> (offsets % np.uint16(WORD_BITS))) & np.uint16(1) != 0
        else:
            at = np.minimum(self.members.searchsorted(offsets), self.size - 1)
            found = self.members[at] == offsets
        return found


def groups_of(entries: Array, members: Array, place: int) -> Iterator[Group]:
    """Yield the groups of some entries; the members of the first one begin at `place`."""
    for entry in entries.tolist():
        size = (entry & (PAGE_SIZE - 1)) + 1
        end = place + (BITMAP_WORDS if size > LIST_LIMIT else size)
        start = (entry >> (PAGE_BITS + FREQUENCY_BITS)) << PAGE_BITS
        yield Group(start, (entry >> PAGE_BITS) & MAX_FREQUENCY, size, members[place:end])
        place = end


def stored_sizes(sizes: Array) -> Array:
    """Return how many elements of `members` groups of some sizes take."""
    return np.where(sizes > LIST_LIMIT, BITMAP_WORDS, sizes)


def packed(offsets: Array, sizes: Array) -> Array:
    """Return the members of groups of some sizes, given the offsets of one after another."""
    pieces = []
    done = 0
    for start, end in _large(sizes, sizes):
        pieces += [offsets[done:start], _bitmap(offsets[start:end])]
        done = end
    return np.concatenate((*pieces, offsets[done:])) if pieces else offsets


def unpacked(members: Array, sizes: Array) -> Array:
    """Undo `packed`."""
    pieces = []
    done = 0
    for start, end in _large(sizes, stored_sizes(sizes)):
        pieces += [members[done:start], _offsets(members[start:end]).astype(np.uint16)]
        done = end
    return np.concatenate((*pieces, members[done:])) if pieces else members


def _large(sizes: Array, rooms: Array) -> list[tuple[int, int]]:
    """Return where the large ones of some groups begin and end that take so much room."""
    large = np.flatnonzero(sizes > LIST_LIMIT)
    if not len(large):
        return []
    ends = np.cumsum(rooms)[large]
    return list(zip((ends - rooms[large]).tolist(), ends.tolist(), strict=True))


def _bitmap(offsets: Array) -> Array:
    bits = np.zeros(BITMAP_WORDS * WORD_BITS, np.bool_)
    bits[offsets] = True
    # the same numbers on every machine
    return np.packbits(bits, bitorder="little").view("<u2").astype(np.uint16)


def _offsets(bitmap: Array) -> Array:
    bits = np.unpackbits(bitmap.astype("<u2").view(np.uint8), bitorder="little")
    return np.flatnonzero(bits.view(np.bool_))
