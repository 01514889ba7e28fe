"""Whose articles are whose, and what of a segment one owner sees. Knows owners by numbers alone.

Made once for all who look: what is kept for one of them is a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.ranking.arrays import Array
    from index.ranking.segment import Segment

NOBODY = 0


class Owners:
    """The owners of articles, from 1; an article that is not named here is everybody's.

    `numbers` are those of articles, ascending, `owners` whose each is. Safe in any thread.
    """

    def __init__(self, numbers: Array, owners: Array):
        self._numbers = numbers
        self._owners = owners
        # by identity: segments never change, and are held here for as long as they are looked up
        self._of_segments: dict[int, tuple[Segment, Array]] = {}

    def of_runs(self, segment: Segment) -> Array:
        """Return the owner of each run of a segment, NOBODY for everybody's: int32[r]."""
        known = self._of_segments.get(id(segment))
        if known is None:
            known = self._of_segments[id(segment)] = (segment, self._looked_up(segment))
        return known[1]

    def _looked_up(self, segment: Segment) -> Array:
        articles = segment.arrays.run_articles
        if not len(self._numbers):
            return np.zeros(len(articles), np.int32)
        at = np.minimum(self._numbers.searchsorted(articles), len(self._numbers) - 1)
        return np.where(self._numbers[at] == articles, self._owners[at], NOBODY).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What one owner sees: everybody's articles and its own; for NOBODY, everybody's alone."""

    owners: Owners
    owner: int = NOBODY

    def of_runs(self, segment: Segment) -> Array:
        """Return which runs of a segment are seen: bool[r]."""
        owners = self.owners.of_runs(segment)
        seen: Array = owners == NOBODY
        return seen | (owners == self.owner) if self.owner != NOBODY else seen
