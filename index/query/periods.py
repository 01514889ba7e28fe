"""Periods of whole days as values, and those of the calendar. Knows no words and no time zones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

DAY = timedelta(days=1)


class Scale(Enum):
    """What kind of period it is."""

    DAY = "day"
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    STRETCH = "stretch"  # some days in a row


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, exclusive. `says_year`: it means no other, whenever asked."""

    start: date
    end: date
    scale: Scale
    says_year: bool = False


def told_day(day: date) -> str:
    """Return a day as people write it: `Tuesday, 17 November 2026`."""
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def of_day(day: date, *, says_year: bool = False) -> Period:
    """Return the period of one day."""
    # the last day there is has no end
    return Period(day, day + DAY if day < date.max else day, Scale.DAY, says_year)


def of_month(year: int, month: int, *, says_year: bool = False) -> Period:
    """Return the period of a month of the calendar."""
    end = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), end, Scale.MONTH, says_year)


def of_year(year: int, *, says_year: bool = False) -> Period:
    """Return the period of a year of the calendar."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1), Scale.YEAR, says_year)
