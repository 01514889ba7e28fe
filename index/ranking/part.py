"""A segment as it stands in a collection: with the passages that were removed since it was made."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.ranking.layout import postings_of
from index.ranking.live_frequencies import LiveFrequencies

if TYPE_CHECKING:
    from index.ranking.arrays import Array
    from index.ranking.owners import Sight
    from index.ranking.segment import Segment

_TERMS_AT_ONCE = 50_000


def _total(segment: Segment, positions: Array) -> int:
    """Return the terms of some passages."""
    return int(segment.arrays.lengths[positions].sum(dtype=np.int64)) if len(positions) else 0


class Part:
    """An immutable pair of a segment and the removed positions in it, ascending, as uint32."""

    def __init__(
        self,
        segment: Segment,
        removed: Array | None = None,
        frequencies: LiveFrequencies | None = None,
        total_length: int | None = None,
    ):
        """`frequencies` and `total_length` can be given where they are known."""
        self.segment = segment
        self.removed = np.zeros(0, np.uint32) if removed is None else removed.astype(np.uint32)
        self.removed.setflags(write=False)
        self.passage_count = segment.passage_count - len(self.removed)
        self.total_length = (
            segment.total_length - _total(segment, self.removed)
            if total_length is None
            else total_length
        )
        self._frequencies = frequencies or LiveFrequencies(segment, self.removed)

    def without(self, ids: Array) -> Part:
        """Return the part with these passages removed, itself where it holds none of them."""
        segment, wanted = self.segment, ids.tolist()
        if not wanted or min(wanted) > segment.highest_id or max(wanted) < segment.least_id:
            return self
        positions = set(segment.positions_of(ids).tolist())
        fresh = np.array(sorted(position for position in positions if position >= 0), np.uint32)
        if len(self.removed) and len(fresh):
            at = np.minimum(self.removed.searchsorted(fresh), len(self.removed) - 1)
            fresh = fresh[self.removed[at] != fresh]
        if not len(fresh):
            return self
        removed = np.sort(np.concatenate((self.removed, fresh)))
        total_length = self.total_length - _total(segment, fresh)
        return Part(segment, removed, self._frequencies.less(removed, fresh), total_length)

    def frequency(self, term: str) -> int:
        """Count the passages that hold a term and are not removed."""
        return self._frequencies.of(term)

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

    def articles_by_publisher(self, sight: Sight | None = None) -> dict[str, int]:
        """Count the articles with passages that are not removed, by publisher.

        Those alone that are in a sight, where one is given.
        """
        a = self.segment.arrays
        is_live = np.ones(self.segment.passage_count, np.int64)
        is_live[self.removed] = 0
        if not len(is_live):
            return {}
        runs = np.flatnonzero(np.add.reduceat(is_live, a.run_starts[:-1].astype(np.int64)))
        if sight is not None:
            runs = runs[sight.of_runs(self.segment)[runs]]
        _, firsts = np.unique(a.run_articles[runs], return_index=True)
        counts = np.bincount(a.run_publishers[runs][firsts], minlength=len(self.segment.publishers))
        return dict(zip(self.segment.publishers, counts.tolist(), strict=True))
