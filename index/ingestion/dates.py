"""When an article was published, read from what its source wrote. Never guesses.

Understood: ISO 8601 days and times (`2024-01-05`, `20240105`, `2024-01-05T12:00:00+01:00`,
`2024-01-05 12:00:00`, also with ` UTC` or ` +0100`), RFC 2822 (`Fri, 05 Jan 2024 12:00:00 GMT`),
and Unix time in seconds or milliseconds. A time without a zone is taken as UTC.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from index.model import PublicationTime

EARLIEST_YEAR = 1900
LEEWAY = timedelta(
    days=2
)  # a publisher's clock and zone may run ahead of ours, a scheduled day too

_MAX_CHARACTERS = 64
_DAY = re.compile(r"\d{4}[-/]?\d\d[-/]?\d\d")
_SPACE_BEFORE_ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_ZERO_ZONE = re.compile(r"\s+(?:UTC|GMT|Z)$", re.IGNORECASE)
_UNIX_SECONDS = range(10**8, 10**11)  # 1973 to 5138; smaller numbers are years, counters or zero
_UNIX_MILLISECONDS = range(10**11, 10**14)
_COMPACT_DAYS = range(EARLIEST_YEAR * 10**4, 10**8)


def publication_time(value: object, *, now: datetime) -> PublicationTime:
    """Read the time that a text or a number stands for.

    Raises ValueError, whose text is what is wrong ("cannot be read", "lies in the future", …).
    """
    try:
        found = _read(value)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        found = None
    if found is None:
        raise ValueError("cannot be read")
    if found.at.year < EARLIEST_YEAR:
        raise ValueError(f"is before {EARLIEST_YEAR}")
    if found.at > now + LEEWAY:
        raise ValueError("lies in the future")
    return found


def _read(value: object) -> PublicationTime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return _from_text(value.strip())
    if isinstance(value, float) and math.isfinite(value):
        return _from_number(int(value))
    return _from_number(value) if isinstance(value, int) else None


def _from_text(text: str) -> PublicationTime | None:
    if len(text) > _MAX_CHARACTERS or not text.isascii():
        return None
    if _DAY.fullmatch(text):
        return PublicationTime.of(date.fromisoformat(text.replace("/", "-")))
    if text.isdecimal():
        return _from_number(int(text))
    plain = _ZERO_ZONE.sub("+00:00", _SPACE_BEFORE_ZONE.sub("", text))
    try:
        return PublicationTime.of(datetime.fromisoformat(plain))
    except ValueError:
        return PublicationTime.of(parsedate_to_datetime(text))


def _from_number(number: int) -> PublicationTime | None:
    if number in _COMPACT_DAYS:
        return PublicationTime.of(date.fromisoformat(str(number)))
    if number in _UNIX_SECONDS:
        return PublicationTime.of(datetime.fromtimestamp(number, UTC))
    if number in _UNIX_MILLISECONDS:
        return PublicationTime.of(datetime.fromtimestamp(number / 1000, UTC))
    return None
