"""Which passages of a segment may be found: dates, publishers, articles, words held or not held."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.ranking.arrays import UNDATED
from index.ranking.passages import sizes_between

if TYPE_CHECKING:
    from index.ranking.arrays import Array
    from index.ranking.owners import Sight
    from index.ranking.segment import Segment

DAY = 86_400_000_000


class Admitted(NamedTuple):
    """The positions `begin` to `end`, exclusive; of those the ones marked, or all where none is.

    `marks` is uint8 by position, or empty.
    """

    begin: int
    end: int
    marks: Array


@dataclass(frozen=True, slots=True)
class Admission:
    """What a passage must be to be found.

    `since` is inclusive, `until` exclusive, in microseconds since 1970, UTC; a day lasts until the
    next, and what is undated is outside of every range. `publishers` are case-folded, `articles`
    numbers; either empty or None admits all. `sight` is what who searches sees, None for all. Of
    `required` terms all must be held, of `excluded` ones none.
    """

    since: int | None = None
    until: int | None = None
    publishers: frozenset[str] = frozenset()
    articles: frozenset[int] | None = None
    sight: Sight | None = None
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def admitted(self, segment: Segment) -> Admitted:
        """Return the positions of a segment that pass."""
        if self == EVERYTHING:
            return Admitted(0, segment.passage_count, _NO_MARKS)
        a = segment.arrays
        first, last = self._runs_in_time(a.run_times)
        begin, end = int(a.run_starts[first]), int(a.run_starts[last])
        marks = self._marks(segment, first, last) if begin < end else None
        return Admitted(begin, end, _NO_MARKS if marks is None else marks)

    def _runs_in_time(self, times: Array) -> tuple[int, int]:
        """Return the runs, exclusive of the last, that can be in the range. The newest come first.

        At the older end a day may still reach into the range.
        """
        first, last = 0, len(times)
        if self.until is not None:
            first = bisect_right(times, -self.until, key=_negative)
        if self.since is not None:
            last = bisect_left(times, DAY - self.since, key=_negative)
        if self.since is not None or self.until is not None:
            last = min(last, bisect_left(times, -UNDATED, key=_negative))
        return first, max(first, last)

    def _marks(self, segment: Segment, first: int, last: int) -> Array | None:
        """Return marks for all positions, or None where the range says it all."""
        runs = self._marked_runs(segment, first, last)
        if runs is None and not self.required and not self.excluded:
            return None
        starts = segment.arrays.run_starts
        marks = np.zeros(segment.passage_count, np.uint8)
        inside = slice(int(starts[first]), int(starts[last]))
        sizes = sizes_between(starts[first : last + 1])
        marks[inside] = 1 if runs is None else np.repeat(runs, sizes)
        for term in self.required:
            marks &= _held(segment, term)
        for term in self.excluded:
            marks &= 1 - _held(segment, term)
        return marks

    def _marked_runs(self, segment: Segment, first: int, last: int) -> Array | None:
        a = segment.arrays
        runs = np.ones(last - first, np.bool_)
        if self.since is not None:
            runs &= (a.run_times[first:last] >= self.since) | (a.run_days[first:last] != 0)
        if self.publishers:
            admitted = [name.casefold() in self.publishers for name in segment.publishers]
            runs &= np.array(admitted, np.bool_)[a.run_publishers[first:last]]
        if self.articles is not None:
            wanted = np.fromiter(self.articles, np.int64, len(self.articles))
            runs &= np.isin(a.run_articles[first:last], wanted)
        if self.sight is not None:
            runs &= self.sight.of_runs(segment)[first:last]
        return None if runs.all() else runs


EVERYTHING = Admission()
_NO_MARKS: Array = np.zeros(0, np.uint8)


def _negative(time: np.int64) -> int:
    # Python's numbers, since the least one has no negative in 64 bits
    return -int(time)


def _held(segment: Segment, term: str) -> Array:
    held = np.zeros(segment.passage_count, np.uint8)
    entry = segment.find(term)
    if entry is not None:
        held[segment.postings(entry)[0]] = 1
    return held
