"""Tells whether the machine's clock was put forward or back. Knows not what that is to change."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

# what a clock is corrected by in passing changes no plan
_NOTICEABLE = timedelta(minutes=1)


class ClockWatch:
    """Holds a clock to one that only ever runs, in seconds.

    That one stands still while a machine sleeps, so a sleep looks like a clock put forward.
    """

    def __init__(self, clock: Callable[[], datetime], steady: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._steady = steady
        self._last = clock(), steady()

    def step(self) -> timedelta:
        """Return by how much the clock was put forward since the last look, negative for back.

        Zero where it went with the time, or was corrected by less than a minute.
        """
        (then, steady_then), self._last = self._last, (self._clock(), self._steady())
        now, steady_now = self._last
        step = now - then - timedelta(seconds=steady_now - steady_then)
        return step if abs(step) >= _NOTICEABLE else timedelta()
