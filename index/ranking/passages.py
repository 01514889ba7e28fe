"""Passages side by side, on their way into a segment: what is known of each but its terms."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.arrays import Array
    from index.ranking.segment import Segment


@dataclass(frozen=True, slots=True)
class PassageColumns:
    """One value a passage: its id, its article's number, time, day flag and publisher, its length.

    Times are microseconds since 1970, UTC, or UNDATED. Publishers are numbers.
    """

    ids: Array
    articles: Array
    times: Array
    days: Array
    publishers: Array
    lengths: Array

    @classmethod
    def of_segment(cls, segment: Segment) -> PassageColumns:
        """Spread out the runs of a segment."""
        a = segment.arrays
        sizes = sizes_between(a.run_starts)
        starts = np.repeat(a.run_starts[:-1].astype(np.int64), sizes)
        first_ids, articles, times, days, publishers = (
            np.repeat(column, sizes)
            for column in (
                a.run_first_ids,
                a.run_articles,
                a.run_times,
                a.run_days,
                a.run_publishers,
            )
        )
        ids = first_ids + (np.arange(segment.passage_count) - starts)
        return cls(ids, articles, times, days, publishers, np.asarray(a.lengths))

    @classmethod
    def joined(cls, parts: Sequence[PassageColumns]) -> PassageColumns:
        """Put several one after another."""
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))

    def taken(self, places: Array) -> PassageColumns:
        """Return the passages at some places, in that order."""
        return PassageColumns(*(getattr(self, field.name)[places] for field in fields(self)))

    def publication_order(self) -> Array:
        """Return the places from the newest passage to the oldest; the undated come last."""
        # the complement, unlike the negative, of the least number is the greatest
        return np.lexsort((self.ids, ~self.times))

    def arrays(self) -> dict[str, Array]:
        """Return a segment's arrays about passages; they must be in the order of publication."""
        count = len(self.ids)
        is_first = np.ones(count, np.bool_)
        is_first[1:] = self.ids[1:] != self.ids[:-1] + 1
        for column in (self.articles, self.times, self.days, self.publishers):
            is_first[1:] |= column[1:] != column[:-1]
        firsts = np.flatnonzero(is_first)
        return {
            "lengths": self.lengths.astype(np.uint16),
            "run_starts": np.append(firsts, count).astype(np.uint32),
            "run_first_ids": self.ids[firsts].astype(np.int64),
            "run_articles": self.articles[firsts].astype(np.int64),
            "run_times": self.times[firsts].astype(np.int64),
            "run_days": self.days[firsts].astype(np.uint8),
            "run_publishers": self.publishers[firsts].astype(np.uint32),
            "runs_by_id": np.argsort(self.ids[firsts], kind="stable").astype(np.uint32),
        }


def sizes_between(starts: Array) -> Array:
    """Return how much lies between each place and the next: int64."""
    wide = starts.astype(np.int64)
    sizes: Array = wide[1:] - wide[:-1]
    return sizes
