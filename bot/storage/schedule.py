"""When something comes again: every day, or once a week, at a time of day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Schedule:
    """At a time by the clocks of `zone` (`Europe/Berlin`).

    `weekday` counts from 0, a Monday; None is every day.
    """

    at: time
    zone: str
    weekday: int | None = None

    @property
    def period(self) -> timedelta:
        """How much time there is between two, save where clocks are changed."""
        return timedelta(days=1 if self.weekday is None else _WEEK)

    def next_after(self, now: datetime) -> datetime:
        """Return the first time after an aware one, in UTC.

        Once on every day that it comes, also where clocks are put forward over it, or back.
        """
        zone = ZoneInfo(self.zone)
        day = now.astimezone(zone).date()
        # one more than a week: the time of today may be over
        for ahead in range(-1, _WEEK + 2):
            each = day + timedelta(days=ahead)
            if self.weekday is not None and each.weekday() != self.weekday:
                continue
            found = datetime.combine(each, self.at, zone).astimezone(UTC)
            if found > now:
                return found
        raise AssertionError("every week has all of its days")
