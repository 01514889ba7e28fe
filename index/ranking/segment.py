"""A segment: some passages and an inverted index over them, as arrays that never change.

Knows no files, no text and no scores. The arrays may lie in memory or be mapped from a file.

Passages stand at positions from 0, the newest first (the undated last, equal times by id), so that
a range of dates is a slice. Positions are cut into pages of 65,536.

Terms stand in the order of their UTF-8 bytes. A term in few passages is sparse: an entry a posting,
`position << 8 | frequency`. Any other is grouped: its postings of one page and one frequency are a
group, an entry a group, `page << 27 | frequency << 16 | size - 1`, and a posting is only an offset
into its page, two bytes. Most postings have the frequency 1, and are scored without looking it up.

Neighbours in one article, with ids that follow one another, are a run: what they share (article,
publication, publisher) is kept once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[Any]

PAGE_BITS = 16
PAGE_SIZE = 1 << PAGE_BITS
FREQUENCY_BITS = 11
# a group's entry has 5 bits for its page
MAX_PASSAGE_COUNT = PAGE_SIZE << 5
MAX_FREQUENCY = (1 << FREQUENCY_BITS) - 1
MAX_LENGTH = (1 << 16) - 1
BLOCK_SIZE = 256
# above this, groups take less room than an entry a posting
SPARSE_LIMIT = 64
SPARSE_MAX_FREQUENCY = 255
GROUPED = 1 << 31
MAX_REMEMBERED_TERM_COUNT = 20_000
UNDATED = -(1 << 63)


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a segment is made of: `n` passages, `t` terms, `r` runs, `b` blocks.

    prefixes        uint64[t]    the first eight bytes of each term, big-endian
    tails           uint8[…]     what the terms have beyond eight bytes, one after another
    tail_starts     uint32[t+1]  where each begins
    entry_starts    uint32[t+1]  where each term's entries begin; the highest bit says "grouped"
    entries         uint32[…]    ascending within a term; a grouped term has the place of its
                                 first offset before the entries of its groups
    offsets         uint16[…]    position minus page, ascending within a group
    lengths         uint16[n]    terms in each passage, repetitions counted
    shortest        uint16[b]    the least length in each block of 256 passages
    run_starts      uint32[r+1]  the first position of each run
    run_first_ids   int64[r]     the id of the passage there; the others follow one by one
    run_articles    int64[r]     the number of the article
    run_times       int64[r]     microseconds since 1970, UTC; the least number for an unknown time
    run_days        uint8[r]     1 where only the day is known
    run_publishers  uint32[r]    the number of the publisher, among the segment's
    runs_by_id      uint32[r]    the runs in the order of their first ids
    """

    prefixes: Array
    tails: Array
    tail_starts: Array
    entry_starts: Array
    entries: Array
    offsets: Array
    lengths: Array
    shortest: Array
    run_starts: Array
    run_first_ids: Array
    run_articles: Array
    run_times: Array
    run_days: Array
    run_publishers: Array
    runs_by_id: Array

    def named(self) -> dict[str, Array]:
        """Return the arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class TermEntries(NamedTuple):
    """A term's entries `start` to `end`, exclusive, without the one that says where offsets begin.

    `place` is what that one says, 0 for a sparse term; `frequency` counts the passages that hold
    the term, removed ones too.
    """

    start: int
    end: int
    is_grouped: bool
    place: int
    frequency: int


class Segment:
    """The arrays with what is looked up in them. `publishers` are names; "" is an unknown one."""

    def __init__(self, arrays: Arrays, publishers: Sequence[str], highest_frequency: int):
        # read-only, so that a segment in memory and one in a file are of one type to numba
        for values in arrays.named().values():
            values.setflags(write=False)
        self.arrays = arrays
        self.publishers = tuple(publishers)
        self.highest_frequency = highest_frequency
        self.passage_count = len(arrays.lengths)
        self.term_count = len(arrays.prefixes)
        self._found: dict[str, TermEntries | None] = {}

    @classmethod
    def of(cls, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Segment:
        """Undo `named` and `meta`. Raises KeyError and TypeError for what is no segment."""
        return cls(Arrays(**arrays), meta["publishers"], int(meta["highest_frequency"]))

    @property
    def meta(self) -> dict[str, Any]:
        """What belongs to the segment beside its arrays, as JSON has it."""
        return {"publishers": list(self.publishers), "highest_frequency": self.highest_frequency}

    @cached_property
    def total_length(self) -> int:
        """The terms of all passages."""
        return int(self.arrays.lengths.sum(dtype=np.int64))

    @cached_property
    def longest(self) -> int:
        """The greatest length of a passage."""
        return int(self.arrays.lengths.max(initial=0))

    @cached_property
    def posting_count(self) -> int:
        """How many postings there are."""
        return int(self.document_frequencies().sum())

    def term(self, number: int) -> bytes:
        """Return a term's UTF-8."""
        start, end = self.arrays.tail_starts[number : number + 2].tolist()
        head = int(self.arrays.prefixes[number]).to_bytes(8, "big").rstrip(b"\0")
        return head + self.arrays.tails[start:end].tobytes()

    def terms(self) -> list[bytes]:
        """Return all terms' UTF-8, in order."""
        heads = self.arrays.prefixes.astype(">u8").tobytes()
        tails = self.arrays.tails.tobytes()
        starts = self.arrays.tail_starts.tolist()
        return [
            heads[8 * n : 8 * n + 8].rstrip(b"\0") + tails[a:b]
            for n, (a, b) in enumerate(pairwise(starts))
        ]

    def find(self, term: str) -> TermEntries | None:
        """Return where a term's postings are, or None where no passage holds it."""
        try:
            return self._found[term]
        except KeyError:
            if len(self._found) >= MAX_REMEMBERED_TERM_COUNT:
                self._found.clear()
            found = self._found[term] = self._look_up(encoded_term(term))
            return found

    def _look_up(self, encoded: bytes) -> TermEntries | None:
        prefixes = self.arrays.prefixes
        prefix = np.uint64(prefix_of(encoded))
        number = int(prefixes.searchsorted(prefix))
        while number < self.term_count and prefixes[number] == prefix:
            if self.term(number) == encoded:
                return self._entries_of(number)
            number += 1
        return None

    def _entries_of(self, number: int) -> TermEntries:
        start, end = self.arrays.entry_starts[number : number + 2].tolist()
        end &= ~GROUPED
        if start < GROUPED:
            return TermEntries(start, end, is_grouped=False, place=0, frequency=end - start)
        start = (start & ~GROUPED) + 1
        sizes = self.arrays.entries[start:end] & np.uint32(PAGE_SIZE - 1)
        frequency = int(sizes.sum(dtype=np.int64)) + end - start
        place = int(self.arrays.entries[start - 1])
        return TermEntries(start, end, is_grouped=True, place=place, frequency=frequency)

    def document_frequencies(self) -> Array:
        """Count the passages that hold each term: int64[t]."""
        starts = (self.arrays.entry_starts & np.uint32(GROUPED - 1)).astype(np.int64)
        counts = np.diff(starts)
        is_grouped = self.arrays.entry_starts[:-1] >= np.uint32(GROUPED)
        # only the first entry of a grouped term is no posting or group
        sizes = np.where(
            np.repeat(is_grouped, counts),
            (self.arrays.entries & np.uint32(PAGE_SIZE - 1)).astype(np.int64) + 1,
            1,
        )
        sizes[starts[:-1][is_grouped]] = 0
        sums = np.zeros(len(sizes) + 1, np.int64)
        np.cumsum(sizes, out=sums[1:])
        return np.diff(sums[starts])

    def postings(self, term: TermEntries) -> tuple[Array, Array]:
        """Return the positions that hold a term and its frequencies there (int64).

        Positions ascend within a frequency and a page.
        """
        entries = self.arrays.entries[term.start : term.end].astype(np.int64)
        if not term.is_grouped:
            return entries >> 8, entries & SPARSE_MAX_FREQUENCY
        sizes = (entries & (PAGE_SIZE - 1)) + 1
        pages = np.repeat(entries >> (PAGE_BITS + FREQUENCY_BITS), sizes)
        offsets = self.arrays.offsets[term.place : term.place + term.frequency]
        frequencies = np.repeat((entries >> PAGE_BITS) & MAX_FREQUENCY, sizes)
        return (pages << PAGE_BITS) + offsets, frequencies

    def frequencies_at(self, term: TermEntries, positions: Array) -> Array:
        """Return how often a term stands in the passages at ascending positions (int64)."""
        found = np.zeros(len(positions), np.int64)
        entries = self.arrays.entries[term.start : term.end]
        if not term.is_grouped:
            return _frequencies_in(entries >> np.uint32(8), entries & np.uint32(255), positions)
        place = term.place
        for entry in entries.tolist():
            page = entry >> (PAGE_BITS + FREQUENCY_BITS)
            size = (entry & (PAGE_SIZE - 1)) + 1
            bounds = np.array([page << PAGE_BITS, (page + 1) << PAGE_BITS])
            first, last = positions.searchsorted(bounds).tolist()
            if first < last:
                wanted = (positions[first:last] & (PAGE_SIZE - 1)).astype(np.uint16)
                offsets = self.arrays.offsets[place : place + size]
                at = np.minimum(offsets.searchsorted(wanted), size - 1)
                frequency = (entry >> PAGE_BITS) & MAX_FREQUENCY
                found[first:last][offsets[at] == wanted] = frequency
            place += size
        return found

    def runs_at(self, positions: Array) -> Array:
        """Return the run of each position."""
        return self.arrays.run_starts.searchsorted(positions.astype(np.uint32), side="right") - 1

    def ids_at(self, positions: Array) -> Array:
        """Return the ids of the passages at positions (int64)."""
        runs = self.runs_at(positions)
        a = self.arrays
        ids: Array = a.run_first_ids[runs] + (positions - a.run_starts[runs])
        return ids

    def times_at(self, positions: Array) -> Array:
        """Return when the passages at positions were published (int64, as `run_times`)."""
        times: Array = self.arrays.run_times[self.runs_at(positions)]
        return times

    def positions_of(self, ids: Array) -> Array:
        """Return where passages stand (int64), -1 for one that is not here."""
        a = self.arrays
        wanted = np.asarray(ids, np.int64)
        if not self.passage_count or not len(wanted):
            return np.full(len(wanted), -1, np.int64)
        ordered = a.runs_by_id
        at = _last_at_most(a.run_first_ids, ordered, wanted)
        runs = ordered[np.maximum(at, 0)]
        within = wanted - a.run_first_ids[runs]
        sizes = a.run_starts[runs + 1].astype(np.int64) - a.run_starts[runs]
        found = a.run_starts[runs] + within
        return np.where((at >= 0) & (within < sizes), found, -1)


def _frequencies_in(held: Array, frequencies: Array, positions: Array) -> Array:
    if not len(held):
        return np.zeros(len(positions), np.int64)
    wanted = positions.astype(np.uint32)
    at = np.minimum(held.searchsorted(wanted), len(held) - 1)
    return np.where(held[at] == wanted, frequencies[at], 0).astype(np.int64)


def _last_at_most(values: Array, order: Array, wanted: Array) -> Array:
    """Return the last place in `order` whose value is at most each wanted one; -1 for none.

    A binary search through the order, so that no sorted copy of the values is made.
    """
    low = np.zeros(len(wanted), np.int64)
    high = np.full(len(wanted), len(order), np.int64)
    while (low < high).any():
        middle = (low + high) >> 1
        below = values[order[np.minimum(middle, len(order) - 1)]] <= wanted
        going = low < high
        low = np.where(going & below, middle + 1, low)
        high = np.where(going & ~below, middle, high)
    return low - 1


def encoded_term(term: str) -> bytes:
    """Return a term as it is stored; half of a surrogate pair can be in one, too."""
    return term.encode("utf-8", "surrogatepass")


def prefix_of(encoded: bytes) -> int:
    """Return the first eight bytes as a number that sorts as they do."""
    return int.from_bytes(encoded[:8].ljust(8, b"\0"), "big")
