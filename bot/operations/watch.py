"""What is known of a running bot, as its parts come up one after the other."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.operations.metrics import Metrics
from bot.operations.pulse import Pulse
from bot.operations.vitals import OLDEST_INDEX_SECONDS, IndexState, Vitals

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.operations.vitals import Standing


class Watch:
    """Asks the parts that are there how they are, whenever somebody wants to know."""

    def __init__(self, refresh_seconds: float = 0.5, clock: Callable[[], float] = time.monotonic):
        self.metrics = Metrics()
        self.pulse = Pulse(clock)
        self._clock = clock
        self._longest_age_seconds = max(OLDEST_INDEX_SECONDS, 3 * refresh_seconds)
        self._passage_count: Callable[[], int] | None = None
        self._standing: Callable[[], Standing] | None = None
        self._refreshed_at = 0.0

    def index_is_open(self, passage_count: Callable[[], int]) -> None:
        """Note that there is an index, and how to count its passages."""
        self._passage_count = passage_count
        self.refreshed()

    def refreshed(self) -> None:
        """Note that the index holds what is stored."""
        self._refreshed_at = self._clock()

    def connects(self, standing: Callable[[], Standing]) -> None:
        """Note who is connected to Discord, or tries to be, from now on."""
        self._standing = standing

    def vitals(self) -> Vitals:
        """Return how it all is now."""
        index = self._passage_count and IndexState(
            self._passage_count(), self._clock() - self._refreshed_at
        )
        standing = self._standing and self._standing()
        lag = self.pulse.lag_seconds
        return Vitals(standing, index, lag, self._longest_age_seconds)
