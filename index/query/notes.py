"""How a question was understood, in short phrases for the person who asked it.

Words of the question are in them as they were typed; whoever shows a note makes them safe.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from index.query.model import note_on_phrase
from index.query.periods import told_day

if TYPE_CHECKING:
    from datetime import datetime

    from index.model import Query

_MOST_NAMES = 3


def notes_on(query: Query, asked_at: datetime) -> tuple[str, ...]:
    """Return whole phrases: what narrows the search, and what must or must not be said."""
    notes = [note_on_phrase(phrase) for phrase in query.phrases]
    if query.excluded:
        notes.append("without " + " or ".join(_quoted_if_long(each) for each in query.excluded))
    if query.since or query.until:
        notes.append("articles " + told_time(query, asked_at))
    if query.publishers:
        notes.append("from " + _listed(query.publishers))
    if query.authors:
        notes.append("by " + _listed(query.authors))
    return tuple(notes)


def told_time(query: Query, asked_at: datetime) -> str:
    """Return the time, a since or an until at least, that articles must be of."""
    since, until = query.since, query.until
    first = told_moment(since, asked_at) if since else None
    last = told_moment(until, asked_at, is_end=True) if until else None
    if first is None:
        return f"until {last}"
    if last is None:
        return f"since {first}"
    return f"of {first}" if first == last else f"from {first} to {last}"


def told_moment(at: datetime, asked_at: datetime, *, is_end: bool = False) -> str:
    """Return the day, or the minute, in the asker's zone; the day before for a day's end."""
    local = at.astimezone(asked_at.tzinfo)
    if (local.hour, local.minute) != (0, 0):
        return f"{told_day(local.date())}, {local:%H:%M}"
    return told_day(local.date() - timedelta(days=is_end))


def _listed(names: frozenset[str]) -> str:
    ordered = sorted(names)
    rest = len(ordered) - _MOST_NAMES
    shown = ordered[:_MOST_NAMES] + ([f"{rest} more"] if rest > 0 else [])
    return " or ".join(shown)


def _quoted_if_long(text: str) -> str:
    return f'"{text}"' if " " in text else text
