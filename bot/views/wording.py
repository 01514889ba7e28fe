"""Counts, times, dates and how a question was understood, as people read them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from index.model import PublicationTime
    from index.query.model import Reading

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


def told_reading(
    reading: Reading, safe: Callable[[str], str] = str, emphasis: str = ""
) -> str | None:
    """Say how a question was understood, None where there is nothing to say beyond its words.

    What was typed goes through `safe`, and `emphasis` stands around single words.
    """
    told = list(map(safe, reading.notes))
    for each in reading.corrections:
        read, typed = (f"{emphasis}{safe(word)}{emphasis}" for word in (each.read, each.typed))
        told.append(f"showing results for {read} instead of {typed}")
    return f"Understood as: {' · '.join(told)}" if told else None
