"""A segment: some passages and an inverted index over them, which never change.

Looks up terms, postings and passages in the arrays; knows no files, no text and no scores.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.ranking.arrays import (
    FREQUENCY_BITS,
    GROUPED,
    MAX_FREQUENCY,
    PAGE_BITS,
    PAGE_SIZE,
    SPARSE_MAX_FREQUENCY,
    Arrays,
)
from index.ranking.groups import groups_of, stored_sizes, unpacked
from index.ranking.runs import ids_at, positions_of, times_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from index.ranking.arrays import Array
    from index.ranking.groups import Group

MAX_REMEMBERED_TERM_COUNT = 20_000
PREFIX_BYTES = 8
NOT_HELD = -1


class TermEntries(NamedTuple):
    """A term's entries `start` to `end`, exclusive, without the one that says where members begin.

    `place` is what that one says, 0 for a sparse term; `frequency` counts the passages that hold
    the term, removed ones too.
    """

    start: int
    end: int
    is_grouped: bool
    place: int
    frequency: int


class TermNumbers(dict[str, int]):
    """The numbers of terms in a segment, NOT_HELD for one that no passage holds; looked up once."""

    def __init__(self, look_up: Callable[[bytes], int]):
        super().__init__()
        self._look_up = look_up

    def __missing__(self, term: str) -> int:
        if len(self) >= MAX_REMEMBERED_TERM_COUNT:
            self.clear()
        number = self[term] = self._look_up(encoded_term(term))
        return number


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
        self.numbers = TermNumbers(self._look_up)

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
    def least_id(self) -> int:
        """The least id of a passage; 0 where there are none."""
        a = self.arrays
        return int(a.run_first_ids[a.runs_by_id[0]]) if self.passage_count else 0

    @cached_property
    def highest_id(self) -> int:
        """The greatest id of a passage; -1 where there are none."""
        if not self.passage_count:
            return -1
        last = self.arrays.runs_by_id[-1]
        start, end = self.arrays.run_starts[last : last + 2].tolist()
        return int(self.arrays.run_first_ids[last]) + int(end - start) - 1

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

    def long_terms(self) -> list[bytes]:
        """Return the UTF-8 of the terms of more than eight bytes, in order."""
        starts = self.arrays.tail_starts.astype(np.int64)
        numbers = np.flatnonzero(starts[1:] > starts[:-1])
        heads = self.arrays.prefixes[numbers].astype(">u8").tobytes()
        tails = self.arrays.tails.tobytes()
        bounds = zip(starts[numbers].tolist(), starts[numbers + 1].tolist(), strict=True)
        return [heads[8 * n : 8 * n + 8] + tails[a:b] for n, (a, b) in enumerate(bounds)]

    def find(self, term: str) -> TermEntries | None:
        """Return where a term's postings are, or None where no passage holds it."""
        number = self.numbers[term]
        return None if number == NOT_HELD else self.entries_of(number)

    def _look_up(self, encoded: bytes) -> int:
        prefixes = self.arrays.prefixes
        prefix = np.uint64(prefix_of(encoded))
        number = int(prefixes.searchsorted(prefix))
        while number < self.term_count and prefixes[number] == prefix:
            if self.term(number) == encoded:
                return number
            number += 1
        return NOT_HELD

    def entries_of(self, number: int) -> TermEntries:
        """Return where the postings of a term are, given its number."""
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
        end = term.place + int(stored_sizes(sizes).sum())
        offsets = unpacked(self.arrays.members[term.place : end], sizes)
        frequencies = np.repeat((entries >> PAGE_BITS) & MAX_FREQUENCY, sizes)
        return (pages << PAGE_BITS) + offsets, frequencies

    def frequencies_at(self, term: TermEntries, positions: Array) -> Array:
        """Return how often a term stands in the passages at ascending positions (int64)."""
        entries = self.arrays.entries[term.start : term.end]
        if not term.is_grouped:
            return _frequencies_in(entries >> np.uint32(8), entries & np.uint32(255), positions)
        found = np.zeros(len(positions), np.int64)
        pages = positions >> PAGE_BITS
        for page in sorted(set(pages.tolist())):
            first, last = pages.searchsorted([page, page + 1]).tolist()
            wanted = (positions[first:last] & (PAGE_SIZE - 1)).astype(np.uint16)
            for group in self._groups_of_page(term, entries, page):
                found[first:last][group.holds(wanted)] = group.frequency
        return found

    def _groups_of_page(self, term: TermEntries, entries: Array, page: int) -> Iterator[Group]:
        least = page << (PAGE_BITS + FREQUENCY_BITS)
        bounds = np.array([least, least + (MAX_FREQUENCY << PAGE_BITS) + PAGE_SIZE - 1], np.uint32)
        first, last = (
            int(entries.searchsorted(bounds[0])),
            int(entries.searchsorted(bounds[1], "right")),
        )
        sizes = (entries[:first] & np.uint32(PAGE_SIZE - 1)).astype(np.int64) + 1
        place = term.place + int(stored_sizes(sizes).sum())
        return groups_of(entries[first:last], self.arrays.members, place)

    def groups(self, term: TermEntries) -> Iterator[Group]:
        """Yield the groups of a term that has some."""
        return groups_of(
            self.arrays.entries[term.start : term.end], self.arrays.members, term.place
        )

    def ids_at(self, positions: Array) -> Array:
        """Return the ids of the passages at positions (int64)."""
        return ids_at(self.arrays, positions)

    def times_at(self, positions: Array) -> Array:
        """Return when the passages at positions were published (int64, as `run_times`)."""
        return times_at(self.arrays, positions)

    def positions_of(self, ids: Array) -> Array:
        """Return where passages stand (int64), -1 for one that is not here."""
        return positions_of(self.arrays, ids)


def _frequencies_in(held: Array, frequencies: Array, positions: Array) -> Array:
    if not len(held):
        return np.zeros(len(positions), np.int64)
    wanted = positions.astype(np.uint32)
    at = np.minimum(held.searchsorted(wanted), len(held) - 1)
    return np.where(held[at] == wanted, frequencies[at], 0).astype(np.int64)


def encoded_term(term: str) -> bytes:
    """Return a term as it is stored; half of a surrogate pair can be in one, too."""
    return term.encode("utf-8", "surrogatepass")


def encoded_terms(terms: Iterable[str]) -> list[bytes]:
    """Return many terms as they are stored. Raises ValueError for one that holds a NUL character.

    Encoded together, which takes a fraction of the time.
    """
    given = list(terms)
    encoded = encoded_term("\0".join(given)).split(b"\0") if given else []
    if len(encoded) != len(given):
        raise ValueError("a term holds a NUL character")
    return encoded


def prefix_of(encoded: bytes) -> int:
    """Return the first eight bytes as a number that sorts as they do."""
    return int.from_bytes(encoded[:PREFIX_BYTES].ljust(PREFIX_BYTES, b"\0"), "big")
