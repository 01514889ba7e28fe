"""How a question was understood, in short phrases: what narrows it, what must be said or not. Pure.

In English these are the notes that `index.query` gives a terminal; here they are made from the
query itself, so that they can be said in any language.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.texts import Texts
    from index.model import Query
    from index.query.model import Reading

_MOST_NAMES = 3


def told_notes(reading: Reading, texts: Texts) -> tuple[str, ...]:
    """Return whole phrases, none where the reading has none.

    Words of the question are in them as they were typed.
    """
    if not reading.notes:
        return ()
    limits = _limits(reading.query, texts)
    # those about phrases come first, and are not all in the query
    on_phrases = reading.notes[: max(0, len(reading.notes) - len(limits))]
    return (*map(texts.retold, on_phrases), *limits)


def told_time(query: Query, texts: Texts) -> str:
    """Return the time, a since or an until at least, that articles must be of, and articles."""
    first = _moment(query.since, texts) if query.since else None
    last = _moment(query.until, texts, is_end=True) if query.until else None
    if first is None:
        return texts.say("articles until {last}", last=last or "")
    if last is None:
        return texts.say("articles since {first}", first=first)
    if first == last:
        return texts.say("articles of {day}", day=first)
    return texts.say("articles from {first} to {last}", first=first, last=last)


def _limits(query: Query, texts: Texts) -> list[str]:
    told = []
    if query.excluded:
        words = texts.either(map(_quoted_if_long, query.excluded))
        told.append(texts.say("without {words}", words=words))
    if query.since or query.until:
        told.append(told_time(query, texts))
    if query.publishers:
        told.append(texts.say("from {publishers}", publishers=_some(query.publishers, texts)))
    if query.authors:
        told.append(texts.say("by {authors}", authors=_some(query.authors, texts)))
    return told


def _moment(at: datetime, texts: Texts, *, is_end: bool = False) -> str:
    """Return the day, or the minute, in the zone it was asked in; the day before for its end."""
    if (at.hour, at.minute) != (0, 0):
        day = texts.formats.weekday(at.date())
        return texts.say("{day}, {time}", day=day, time=f"{at:%H:%M}")
    return texts.formats.weekday(at.date() - timedelta(days=is_end))


def _some(names: Iterable[str], texts: Texts) -> str:
    ordered = sorted(names)
    rest = len(ordered) - _MOST_NAMES
    more = [texts.say("{count} more", count=rest)] if rest > 0 else []
    return texts.either([*ordered[:_MOST_NAMES], *more])


def _quoted_if_long(text: str) -> str:
    return f'"{text}"' if " " in text else text
