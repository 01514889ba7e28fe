"""Dates that a person types to narrow a search: `2026-03-04`, `yesterday`, `3 days ago`, `2w`.

A closed grammar; whatever it does not know is refused with the forms that it does.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from index.errors import InvalidQueryError
from index.model import PublicationTime

_AGO = re.compile(r"(\d{1,4})\s*(d|days?|w|weeks?|m|months?|y|years?)(?:\s+ago)?")
_DAYS_IN = {"d": 1, "w": 7, "m": 30, "y": 365}


def parse_day(text: str, now: datetime) -> PublicationTime:
    """Return the day, or the minute, that `text` names. `now` is aware.

    As the start of a range take `.at`, as its (exclusive) end `.until`, so that a day named as the
    end is part of the range. Days are those of `now`'s zone for words and of UTC for dates.
    Raises InvalidQueryError.
    """
    words = " ".join(text.lower().split())
    if words in {"today", "yesterday"}:
        return PublicationTime.of(now.date() - timedelta(days=words == "yesterday"))
    try:
        if ago := _AGO.fullmatch(words):
            days = int(ago[1]) * _DAYS_IN[ago[2][0]]
            return PublicationTime.of(now.date() - timedelta(days=days))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            return PublicationTime.of(date.fromisoformat(words))
        if re.match(r"\d{4}-\d\d-\d\d[ t]", words):
            return PublicationTime.of(datetime.fromisoformat(words.upper()))
    except (ValueError, OverflowError) as error:
        raise InvalidQueryError(_refusal(text)) from error
    raise InvalidQueryError(_refusal(text))


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
            f"{_shown(text)} is not a time; write it like 2026-03-04 or 2026-03-04T18:30."
        ) from error


def _refusal(text: str) -> str:
    return (
        f"{_shown(text)} is not a date that I understand; "
        "write it like 2026-03-04, yesterday, 3 days ago or 2w."
    )


def _shown(text: str) -> str:
    return repr(text[:40])
