"""What the dates in a sentence are good for: a limit on the articles, or a hint.

A month, a year or a day mostly dates what happened, and articles about it come before and after:
then it is a hint. Words that place something in the past ("last week", "since Tuesday") rule out
older articles, but none that came after. What dates the articles themselves ("published on 3
March", "articles from last week") rules out all others, but where there are several of them, or a
publisher is named, the question compares or joins articles, and each is about another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from index.query.dates import first_instant
from index.query.mentions import Mention, Relation, mentions
from index.query.model import DateRange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from index.query.model import Span


@dataclass(frozen=True, slots=True)
class Times:
    """`since` and `until` limit the articles, by the words at `spans`; `when` is a hint."""

    since: datetime | None
    until: datetime | None
    spans: tuple[Span, ...]
    when: DateRange | None

    @classmethod
    def of(
        cls, text: str, asked_at: datetime, quoted: Sequence[Span], publishers: Sequence[Span]
    ) -> Self:
        """Read the dates of a text, apart from what is quoted and from the names of publishers."""
        found = mentions(text, asked_at.date(), [*quoted, *publishers])
        limiting = _limiting(found, names_publisher=bool(publishers))
        hints = [each for each in found if each not in limiting]
        since, until = _bounds(limiting)
        return cls(
            since=first_instant(since, asked_at) if since else None,
            until=first_instant(until, asked_at) if until else None,
            spans=tuple((each.start, each.end) for each in limiting),
            when=_hint(text, hints, asked_at) if hints else None,
        )


def _limiting(found: Sequence[Mention], *, names_publisher: bool) -> list[Mention]:
    of_articles = [each for each in found if each.of_articles]
    if len(of_articles) == 1 and not names_publisher:
        return of_articles
    return [each for each in found if each.is_over and not each.of_articles]


def _bounds(limiting: Sequence[Mention]) -> tuple[date | None, date | None]:
    """Return the first day and the one after the last; the widest, where they differ."""
    ranges = [_range(each) for each in limiting]
    begins = [begin for begin, _ in ranges]
    ends = [
        end if each.of_articles else None for each, (_, end) in zip(limiting, ranges, strict=True)
    ]
    return (
        min((begin for begin in begins if begin), default=None) if None not in begins else None,
        max((end for end in ends if end), default=None) if None not in ends else None,
    )


def _range(mention: Mention) -> tuple[date | None, date | None]:
    period = mention.period
    return {
        Relation.IN: (period.start, period.end),
        Relation.SINCE: (period.start, None),
        Relation.AFTER: (period.end, None),
        Relation.UNTIL: (None, period.end),
        Relation.BEFORE: (None, period.start),
    }[mention.relation]


def _hint(text: str, hints: Sequence[Mention], asked_at: datetime) -> DateRange:
    """Return the time from the first to the last of what is spoken of."""
    ranges = [_range(each) for each in hints]
    begins, ends = [begin for begin, _ in ranges], [end for _, end in ranges]
    since = None if None in begins else min(each for each in begins if each)
    until = None if None in ends else max(each for each in ends if each)
    return DateRange(
        first_instant(since, asked_at) if since else None,
        first_instant(until, asked_at) if until else None,
        " … ".join(text[each.start : each.end] for each in hints),
    )
