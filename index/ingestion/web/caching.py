"""What the headers of HTTP say about time: when to ask again, and with which validators. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.ingestion.web.model import WebRequest

# what goes beyond is a mistake, or means to stop us for good
_LONGEST = timedelta(days=366)
_MAX_DIGITS = 12
_MAX_DATE_CHARACTERS = 64


def validators(request: WebRequest) -> dict[str, str]:
    """Give the headers that ask for an answer only if something changed."""
    given = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    # a line break in a stored value would begin a header of its own
    return {name: value for name, value in given.items() if value and value.isprintable()}


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Read Retry-After, in seconds or as a date; never before `now`."""
    value = headers.get("retry-after", "").strip()
    seconds = _whole_number(value)
    if seconds is not None:
        return now + min(timedelta(seconds=seconds), _LONGEST)
    date = _http_date(value)
    return None if date is None else min(max(date, now), now + _LONGEST)


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Say until when the answer stays as it is; None where that is not promised.

    Cache-Control goes before Expires, and Expires counts from the server's own Date: its clock
    need not be right.
    """
    directives = _directives(headers.get("cache-control", ""))
    if "no-store" in directives or "no-cache" in directives:
        return None
    age = _whole_number(headers.get("age", "").strip()) or 0
    if "max-age" in directives:
        seconds = (_whole_number(directives["max-age"]) or 0) - age
        lifetime = min(timedelta(seconds=seconds), _LONGEST)
    else:
        expires = _http_date(headers.get("expires", ""))
        if expires is None:
            return None
        lifetime = min(expires - (_http_date(headers.get("date", "")) or now), _LONGEST)
    return now + lifetime if lifetime > timedelta() else None


def _directives(value: str) -> dict[str, str]:
    """Read `a, b=1, c="2"`. Of a name that is given twice, the first counts."""
    found: dict[str, str] = {}
    for part in value.split(","):
        name, _, argument = part.partition("=")
        found.setdefault(name.strip().lower(), argument.strip().strip('"'))
    return found


def _whole_number(text: str) -> int | None:
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text[:_MAX_DIGITS])


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text.strip()[:_MAX_DATE_CHARACTERS])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except OverflowError:  # the first or the last day of all, in another zone
        return None
