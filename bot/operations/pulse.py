"""How long the event loop was held up, which is how long everybody waited."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_BEAT_SECONDS = 0.25
_REMEMBERED_SECONDS = 60.0


class Pulse:
    """Measures while `beat` runs."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lags: deque[tuple[float, float]] = deque()

    @property
    def lag_seconds(self) -> float:
        """The longest of the last minute."""
        self._forget()
        return max((lag for _, lag in self._lags), default=0.0)

    async def beat(self) -> None:
        """Measure, for ever."""
        while True:
            due = self._clock() + _BEAT_SECONDS
            await asyncio.sleep(_BEAT_SECONDS)
            self.note(self._clock() - due)

    def note(self, lag_seconds: float) -> None:
        """Take in how much too late a beat was."""
        self._forget()
        # what is neither longer nor later than another is never the longest again
        while self._lags and self._lags[-1][1] <= lag_seconds:
            self._lags.pop()
        self._lags.append((self._clock(), max(0.0, lag_seconds)))

    def _forget(self) -> None:
        while self._lags and self._lags[0][0] < self._clock() - _REMEMBERED_SECONDS:
            self._lags.popleft()
