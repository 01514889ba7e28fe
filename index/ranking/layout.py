"""Postings in any order to the arrays of a segment, some neighbouring terms at a time.

Knows no terms, only their numbers, and no passages, only positions. One sort does the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.ranking.arrays import (
    FREQUENCY_BITS,
    GROUPED,
    MAX_FREQUENCY,
    PAGE_BITS,
    PAGE_SIZE,
    SPARSE_LIMIT,
    SPARSE_MAX_FREQUENCY,
)
from index.ranking.groups import packed, stored_sizes, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.arrays import Array
    from index.ranking.segment import Segment

_NO_KEYS = np.zeros(0, np.uint64)


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings side by side: the term's number, the position and the frequency of each."""

    terms: Array
    positions: Array
    frequencies: Array


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The entries and members of some neighbouring terms; counts and flags are per term.

    The places of first members count from the first one here.
    """

    entries: Array
    entry_counts: Array
    is_grouped: Array
    members: Array
    highest_frequency: int

    def first_places(self) -> Array:
        """Return where in `entries` the places of the grouped terms' first members stand."""
        starts = np.cumsum(self.entry_counts) - self.entry_counts
        places: Array = starts[self.is_grouped]
        return places


def lay_out(pieces: Sequence[Postings], term_count: int) -> LaidOut:
    """Lay out the postings of terms 0 to `term_count`, at most 2**24 of them, from some pieces.

    Raises ValueError for a frequency over 2,047.
    """
    highest = max((int(piece.frequencies.max(initial=0)) for piece in pieces), default=0)
    if highest > MAX_FREQUENCY:
        raise ValueError(f"a passage holds a term {highest} times, more than {MAX_FREQUENCY}")
    in_groups = _in_groups(pieces, term_count)
    sparse, grouped = _keys(pieces, in_groups)
    groups, group_counts, sizes = _groups(grouped, term_count)
    counts = np.bincount((sparse >> np.uint64(32)).astype(np.int64), minlength=term_count)
    counts += group_counts + in_groups
    entries = np.empty(int(counts.sum()), np.uint32)
    in_place = np.repeat(in_groups, counts)
    entries[~in_place] = sparse
    entries[in_place] = groups
    members = packed(grouped.astype(np.uint16), sizes)
    return LaidOut(entries, counts, in_groups, members, highest)


def _in_groups(pieces: Sequence[Postings], term_count: int) -> Array:
    """Mark the terms that are not sparse."""
    counts = np.zeros(term_count, np.int64)
    is_high = np.zeros(term_count, np.bool_)
    for piece in pieces:
        counts += np.bincount(piece.terms, minlength=term_count)
        is_high[piece.terms[piece.frequencies > SPARSE_MAX_FREQUENCY]] = True
    marks: Array = (counts > SPARSE_LIMIT) | is_high
    return marks


def _keys(pieces: Sequence[Postings], in_groups: Array) -> tuple[Array, Array]:
    """Return the keys of sparse terms' postings, and those of the others; each in order."""
    sparse, grouped = [], []
    for piece in pieces:
        is_grouped = in_groups[piece.terms]
        at = np.flatnonzero(~is_grouped)
        sparse.append(_sparse_keys(piece.terms[at], piece.positions[at], piece.frequencies[at]))
        if len(at) < len(piece.terms):
            grouped.append(_group_keys(piece)[is_grouped])
    keys = np.concatenate(sparse), np.concatenate((*grouped, _NO_KEYS))
    for each in keys:
        each.sort()
    return keys


def _sparse_keys(terms: Array, positions: Array, frequencies: Array) -> Array:
    """Return keys of 32 bits of term, 24 of position and 8 of frequency."""
    keys = terms.astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= positions.astype(np.uint64) << np.uint64(8)
    keys |= frequencies.astype(np.uint64)
    return keys


def _group_keys(postings: Postings) -> Array:
    """Return keys of 24 bits of term, 8 of page, 16 of frequency and 16 of offset."""
    keys = postings.terms.astype(np.uint64)
    keys <<= np.uint64(40)
    # in place, since fresh memory takes longer than what is done in it
    column = postings.positions & np.uint32(PAGE_SIZE - 1)
    keys |= column
    np.right_shift(postings.positions, np.uint32(PAGE_BITS), out=column)
    wide = column.astype(np.uint64)
    wide <<= np.uint64(32)
    keys |= wide
    wide[:] = postings.frequencies
    wide <<= np.uint64(16)
    keys |= wide
    return keys


def _groups(keys: Array, term_count: int) -> tuple[Array, Array, Array]:
    """Return the entries of all grouped terms, counts of them, and the sizes of the groups.

    Before a term's entries stands the place of its first member.
    """
    if not len(keys):
        # as in every segment of one article
        return keys, np.zeros(term_count, np.int64), np.zeros(0, np.int64)
    groups = keys >> np.uint64(16)
    is_first = np.empty(len(groups), np.bool_)
    is_first[:1] = True
    np.not_equal(groups[1:], groups[:-1], out=is_first[1:])
    firsts = np.flatnonzero(is_first)
    heads = groups[firsts]
    entries = ((heads >> np.uint64(16)) & np.uint64(255)) << np.uint64(PAGE_BITS + FREQUENCY_BITS)
    entries |= (heads & np.uint64(MAX_FREQUENCY)) << np.uint64(PAGE_BITS)
    sizes = np.diff(firsts, append=len(groups))
    entries |= (sizes - 1).astype(np.uint64)
    terms = (heads >> np.uint64(24)).astype(np.int64)
    openers = np.flatnonzero(np.diff(terms, prepend=-1))
    counts = np.bincount(terms, minlength=term_count)
    stored = stored_sizes(sizes)
    places = (np.cumsum(stored) - stored)[openers]
    return np.insert(entries, openers, places.astype(np.uint64)), counts, sizes


def postings_of(segment: Segment, first: int, last: int) -> Postings:
    """Return the postings of a segment's terms `first` to `last`, exclusive, in no order.

    Numbers of terms count from `first`.
    """
    a = segment.arrays
    flagged = a.entry_starts[first : last + 1]
    starts = (flagged & np.uint32(GROUPED - 1)).astype(np.int64)
    counts = np.diff(starts)
    in_groups = flagged[:-1] >= np.uint32(GROUPED)
    entries = a.entries[starts[0] : starts[-1]]
    terms = np.repeat(np.arange(last - first, dtype=np.uint32), counts)
    is_grouped = np.repeat(in_groups, counts)
    openers = (starts[:-1] - starts[0])[in_groups]
    packed = entries[~is_grouped]
    # what is left of the grouped terms are their groups
    sparse_terms = terms[~is_grouped]
    first_member = int(entries[openers[0]]) if len(openers) else 0
    is_grouped[openers] = False
    heads = entries[is_grouped]
    sizes = (heads & np.uint32(PAGE_SIZE - 1)).astype(np.int64) + 1
    pages = np.repeat((heads >> np.uint32(PAGE_BITS + FREQUENCY_BITS)) << np.uint32(16), sizes)
    last_member = first_member + int(stored_sizes(sizes).sum())
    offsets = unpacked(a.members[first_member:last_member], sizes)
    frequencies = ((heads >> np.uint32(PAGE_BITS)) & np.uint32(MAX_FREQUENCY)).astype(np.uint16)
    return Postings(
        np.concatenate((sparse_terms, np.repeat(terms[is_grouped], sizes))),
        np.concatenate((packed >> np.uint32(8), pages + offsets)),
        np.concatenate(
            ((packed & np.uint32(255)).astype(np.uint16), np.repeat(frequencies, sizes))
        ),
    )
