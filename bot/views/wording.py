"""Counts, times, dates and how a question was understood, as people read them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views.notes import told_notes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.texts import Texts
    from index.model import PublicationTime
    from index.query.model import Reading

_MINUTE_SECONDS = 60
_HOUR_SECONDS = 3600
_FEW_SECONDS = 10


def duration(seconds: float, texts: Texts) -> str:
    """`0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`."""
    if round(seconds) < _MINUTE_SECONDS:
        digits = 1 if seconds < _FEW_SECONDS else 0
        return texts.say("{seconds} s", seconds=texts.formats.decimal(seconds, digits))
    whole = round(seconds)
    if whole < _HOUR_SECONDS:
        return texts.say("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)
    hours, minutes = whole // 3600, whole % 3600 // 60
    return texts.say("{hours} h {minutes} min", hours=hours, minutes=minutes)


def moment(at: datetime, style: str = "f") -> str:
    """Return an instant that Discord shows in the reader's own time zone and language."""
    return f"<t:{int(at.timestamp())}:{style}>"


def published(time: PublicationTime | None, texts: Texts) -> str:
    """Return the date of an article.

    A mere day is written out, since Discord would shift it by the reader's time zone.
    """
    if time is None:
        return texts.say("date unknown")
    return texts.formats.day(time.at.date()) if time.is_day else moment(time.at, "D")


def told_reading(
    reading: Reading, texts: Texts, safe: Callable[[str], str] = str, emphasis: str = ""
) -> str | None:
    """Say how a question was understood, None where there is nothing to say beyond its words.

    What was typed goes through `safe`, and `emphasis` stands around single words.
    """
    told = list(map(safe, told_notes(reading, texts)))
    for each in reading.corrections:
        read, typed = (f"{emphasis}{safe(word)}{emphasis}" for word in (each.read, each.typed))
        told.append(
            texts.say("showing results for {read} instead of {typed}", read=read, typed=typed)
        )
    return texts.say("Understood as: {notes}", notes=" · ".join(told)) if told else None
