"""Dates that a person types to narrow a search: `2026-03-04`, `yesterday`, `3 days ago`, `2w`.

A closed grammar; whatever it does not know is refused with the forms that it does. Days are those
of the asker's zone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from index.errors import InvalidQueryError
from index.model import PublicationTime
from index.query.model import DateRange
from index.query.period_names import named_period
from index.query.wording import shown

_MINUTE = timedelta(minutes=1)
_BEGINS_LIKE_A_TIME = re.compile(r"\d{4}-\d\d-\d\d[ t]", re.IGNORECASE)


def parse_range(text: str, now: datetime) -> DateRange:
    """Return the time that `text` names, from its first instant to its end; `now` is aware.

    Raises InvalidQueryError.
    """
    found = known_range(text, now)
    if found is None:
        raise InvalidQueryError(
            f"{shown(text)} is not a date that I understand; "
            "write it like 2026-03-04, 2026-03, yesterday, 3 days ago or 2w."
        )
    return found


def known_range(text: str, now: datetime) -> DateRange | None:
    """Return the same, None for what is no date."""
    try:
        if _BEGINS_LIKE_A_TIME.match(text.strip()):
            at = datetime.fromisoformat(text.strip().upper())
            at = at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
            # it is told in the asker's zone, where the first and the last days may not exist
            at = at.astimezone(now.tzinfo)
            return DateRange(at, at + _MINUTE, text)
        period = named_period(text, now.date())
        if period is None:
            return None
        return DateRange(first_instant(period.start, now), first_instant(period.end, now), text)
    except (ValueError, OverflowError):
        return None


def first_instant(day: date, now: datetime) -> datetime:
    """Return when a day begins where `now` is told."""
    return datetime.combine(day, time(), tzinfo=now.tzinfo)


def parse_now(text: str) -> datetime:
    """Return an aware moment: an ISO time (in UTC where it names no zone), or the end of a day.

    Raises InvalidQueryError.
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
            day = PublicationTime.of(date.fromisoformat(text.strip()))
            return day.until - timedelta(seconds=1)
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    except (ValueError, OverflowError) as error:
        raise InvalidQueryError(
            f"{shown(text)} is not a time; write it like 2026-03-04 or 2026-03-04T18:30."
        ) from error
