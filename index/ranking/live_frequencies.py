"""In how many passages of a segment a term is, without those that are removed.

Counted when it is asked for, and remembered. When passages are removed, what was known before is
put right by looking at these alone, since they are few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.ranking.segment import MAX_REMEMBERED_TERM_COUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.ranking.arrays import Array
    from index.ranking.segment import Segment, TermEntries

# how many removals ago something may have been counted
_MOST_STEPS = 16
# of a term with fewer postings, all are looked at
_FEW = 200


class LiveFrequencies:
    """Document frequencies less the removed positions, which ascend."""

    def __init__(
        self,
        segment: Segment,
        removed: Array,
        earlier: tuple[tuple[Mapping[str, int], Array], ...] = (),
    ):
        """`earlier` are counts and what was removed after them, the last ones first."""
        self._segment = segment
        self._removed = removed
        self._earlier = earlier
        self._counts: dict[str, int] = {}

    def less(self, removed: Array, fresh: Array) -> LiveFrequencies:
        """Return those without `fresh`, too; `removed` are then all that are removed."""
        earlier = ((self._counts, fresh), *self._earlier)[:_MOST_STEPS]
        return LiveFrequencies(self._segment, removed, earlier)

    def of(self, term: str) -> int:
        """Count the passages that hold a term."""
        try:
            return self._counts[term]
        except KeyError:
            if len(self._counts) >= MAX_REMEMBERED_TERM_COUNT:
                self._counts.clear()
            entries = self._segment.find(term)
            count = self._counts[term] = self._counted(term, entries) if entries else 0
            return count

    def _counted(self, term: str, entries: TermEntries) -> int:
        gone: list[Array] = []
        for counts, fresh in self._earlier:
            gone.append(fresh)
            count = counts.get(term)
            if count is not None:
                return count - self._held(entries, np.sort(np.concatenate(gone)))
        return entries.frequency - self._held(entries, self._removed)

    def _held(self, entries: TermEntries, positions: Array) -> int:
        """Count at which of some positions, ascending, a term stands."""
        if not len(positions):
            return 0
        if entries.is_grouped and entries.frequency < _FEW:
            held = self._segment.postings(entries)[0].astype(np.uint32)
            at = np.minimum(positions.searchsorted(held), len(positions) - 1)
            return int(np.count_nonzero(positions[at] == held))
        found = self._segment.frequencies_at(entries, positions.astype(np.int64))
        return int(np.count_nonzero(found))
