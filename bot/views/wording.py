"""Counts, times and dates as people read them on Discord. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from index.model import PublicationTime

_MINUTE_SECONDS = 60
_HOUR_SECONDS = 3600


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """`1 article`, `1,234 articles`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def duration(seconds: float) -> str:
    """`0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`."""
    if round(seconds) < _MINUTE_SECONDS:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"  # noqa: PLR2004 (digits)
    whole = round(seconds)
    if whole < _HOUR_SECONDS:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def moment(at: datetime, style: str = "f") -> str:
    """Return an instant that Discord shows in the reader's own time zone and language."""
    return f"<t:{int(at.timestamp())}:{style}>"


def published(time: PublicationTime | None) -> str:
    """Return the date of an article.

    A mere day is written out, since Discord would shift it by the reader's time zone.
    """
    if time is None:
        return "date unknown"
    if time.is_day:
        return f"{time.at.day} {time.at:%B} {time.at.year}"
    return moment(time.at, "D")
