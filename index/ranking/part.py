"""A segment as it stands in a collection: with the passages that were removed since it was made."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.ranking.layout import postings_of

if TYPE_CHECKING:
    from index.ranking.arrays import Array
    from index.ranking.segment import Segment, TermEntries

_TERMS_AT_ONCE = 50_000


class Part:
    """An immutable pair of a segment and the removed positions in it, ascending, as uint32."""

    def __init__(self, segment: Segment, removed: Array | None = None):
        self.segment = segment
        self.removed = np.zeros(0, np.uint32) if removed is None else removed.astype(np.uint32)
        self.removed.setflags(write=False)
        lengths = segment.arrays.lengths[self.removed]
        self.passage_count = segment.passage_count - len(self.removed)
        self.total_length = segment.total_length - int(lengths.sum(dtype=np.int64))

    def without(self, ids: Array) -> Part:
        """Return the part with these passages removed, itself where it holds none of them."""
        positions = self.segment.positions_of(ids)
        positions = np.unique(positions[positions >= 0]).astype(np.uint32)
        fresh = np.setdiff1d(positions, self.removed, assume_unique=True)
        if not len(fresh):
            return self
        at = self.removed.searchsorted(fresh)
        return Part(self.segment, np.insert(self.removed, at, fresh))

    def frequency(self, term: TermEntries) -> int:
        """Count the passages that hold a term and are not removed."""
        if not len(self.removed):
            return term.frequency
        if term.is_grouped:
            positions = self.removed.astype(np.int64)
            gone = self.segment.frequencies_at(term, positions) > 0
        else:
            # the fewer are looked for among the more
            held = self.segment.arrays.entries[term.start : term.end] >> np.uint32(8)
            at = np.minimum(self.removed.searchsorted(held), len(self.removed) - 1)
            gone = self.removed[at] == held
        return term.frequency - int(np.count_nonzero(gone))

    @cached_property
    def live_frequencies(self) -> Array:
        """In how many passages that are not removed each term is: int64[t]. Seconds, once."""
        counts = self.segment.document_frequencies()
        if not len(self.removed):
            return counts
        is_removed = np.zeros(self.segment.passage_count, np.bool_)
        is_removed[self.removed] = True
        for first in range(0, self.segment.term_count, _TERMS_AT_ONCE):
            last = min(first + _TERMS_AT_ONCE, self.segment.term_count)
            postings = postings_of(self.segment, first, last)
            gone = postings.terms[is_removed[postings.positions]]
            counts[first:last] -= np.bincount(gone, minlength=last - first)
        return counts

    @cached_property
    def live_ids(self) -> Array:
        """The ids of the passages that are not removed, ascending: int64."""
        positions = np.arange(self.segment.passage_count)
        ids = self.segment.ids_at(positions)
        is_live = np.ones(len(ids), np.bool_)
        is_live[self.removed] = False
        return np.sort(ids[is_live])

    def articles_by_publisher(self) -> dict[str, int]:
        """Count the articles with passages that are not removed, by publisher."""
        a = self.segment.arrays
        is_live = np.ones(self.segment.passage_count, np.int64)
        is_live[self.removed] = 0
        if not len(is_live):
            return {}
        runs = np.flatnonzero(np.add.reduceat(is_live, a.run_starts[:-1].astype(np.int64)))
        _, firsts = np.unique(a.run_articles[runs], return_index=True)
        counts = np.bincount(a.run_publishers[runs][firsts], minlength=len(self.segment.publishers))
        return dict(zip(self.segment.publishers, counts.tolist(), strict=True))
