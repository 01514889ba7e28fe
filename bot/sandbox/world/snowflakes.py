"""Ids as Discord makes them, and the times written beside them.

A snowflake is the milliseconds since 2015 in its upper bits and a counter in its lower 22.
"""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime

_FIRST_MILLISECOND = 1_420_070_400_000


class Snowflakes:
    """Makes ids that never repeat and that grow with time."""

    def __init__(self) -> None:
        self._counter = itertools.count()
        self._latest = 0

    def next(self) -> int:
        """Return a new id, greater than every one before."""
        milliseconds = int(time.time() * 1000) - _FIRST_MILLISECOND
        made = (milliseconds << 22) | (next(self._counter) & 0x3FFFFF)
        self._latest = max(made, self._latest + 1)
        return self._latest


def timestamp(at: datetime | None = None) -> str:
    """Write an aware time, or now, as Discord does."""
    return (at or datetime.now(UTC)).isoformat()
