"""Places for work that communities share, so that none takes all, nor all of them everybody's.

Whoever may add feeds may add some whose servers never come to an end; these hold up their own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Coroutine


class Shares:
    """Counts what is at work: up to `each` for one community, up to `most` for all of them."""

    def __init__(self, each: int, most: int):
        self._each = each
        self._most = most
        self._taken: Counter[str] = Counter()

    @property
    def room(self) -> int:
        """How many places are left to communities."""
        return self._most - self._taken.total()

    @property
    def full(self) -> frozenset[str]:
        """The communities that have all that one may have."""
        return frozenset(name for name, count in self._taken.items() if count >= self._each)

    def has_room(self, community: str | None) -> bool:
        """Whether there is a place; what is everybody's needs none."""
        if community is None:
            return True
        return self.room > 0 and self._taken[community] < self._each

    def taken_by(self, community: str | None, work: Coroutine[Any, Any, None]) -> Task[None]:
        """Begin some work, which has a place until it ends, also where it never gets to begin."""
        task = asyncio.create_task(work)
        if community is not None:
            self._taken[community] += 1
            task.add_done_callback(lambda _: self._leave(community))
        return task

    def _leave(self, community: str) -> None:
        self._taken[community] -= 1
        if not self._taken[community]:
            del self._taken[community]
