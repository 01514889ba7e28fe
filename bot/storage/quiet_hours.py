"""The hours of a day in which somebody wants to hear nothing. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Every day from `begin` until `end`, exclusive, by the clocks of `zone` (`Europe/Berlin`).

    Over midnight where the end is the earlier of the two; all day long where they are the same.
    """

    begin: time
    end: time
    zone: str

    def covers(self, now: datetime) -> bool:
        """Whether it is quiet at an aware time."""
        at = now.astimezone(ZoneInfo(self.zone)).time()
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end

    def written(self) -> tuple[str, str, str]:
        """Return begin, end and zone as they are stored."""
        return f"{self.begin:%H:%M}", f"{self.end:%H:%M}", self.zone

    @classmethod
    def read(cls, begin: str, end: str, zone: str) -> QuietHours:
        """Undo `written`."""
        return cls(time.fromisoformat(begin), time.fromisoformat(end), zone)
