"""What was said lately, so that nobody is told the same again and again. Knows no Discord."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

PAUSE_SECONDS = 3600.0
_REMEMBERED_COUNT = 10_000


class SaidLately:
    """Remembers what was said in the last hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._said_at: OrderedDict[Hashable, float] = OrderedDict()

    def is_new(self, what: Hashable) -> bool:
        """Whether it was not said in the last hour; from now on, it was."""
        now = self._clock()
        said_at = self._said_at.get(what)
        if said_at is not None and now - said_at < PAUSE_SECONDS:
            return False
        self._said_at[what] = now
        self._said_at.move_to_end(what)
        while len(self._said_at) > _REMEMBERED_COUNT:
            self._said_at.popitem(last=False)
        return True
