"""Periods that a sentence speaks of: "since Tuesday", "between May and July 2023", "last week".

Finds them and says how they stand there; whether one narrows a search is not decided here. A month
or a year counts only behind a word that makes it a time, so "May I", "Mr. March", "1984 (the book)"
and "March Madness" are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from index.query.periods import PERIODS, Period, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

Span = tuple[int, int]


class Relation(Enum):
    """How something stands to a period."""

    IN = "in"
    SINCE = "since"  # the period's first day is part of it
    AFTER = "after"  # only what follows the period is
    UNTIL = "until"  # the period's last day is part of it
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Mention:
    """A period at `text[start:end]`, the words before it that belong to it included.

    `of_articles`: it says when something was published, not when it happened.
    """

    start: int
    end: int
    relation: Relation
    period: Period
    of_articles: bool = False


_RELATIONS = {
    "since": Relation.SINCE,
    "after": Relation.AFTER,
    "until": Relation.UNTIL,
    "till": Relation.UNTIL,
    "through": Relation.UNTIL,
    "before": Relation.BEFORE,
    "prior to": Relation.BEFORE,
    "by": Relation.UNTIL,
    "from": Relation.SINCE,
}
_INSIDE = r"in|during|on|over|within|throughout|for|at|of"
_LEADING = re.compile(
    rf"(?<![\w-])(?P<word>{'|'.join(_RELATIONS)}|{_INSIDE}|between)"
    r"(?: (?:early|mid|late|the (?:start|beginning|middle|end) of))?[ -]$",
    re.IGNORECASE,
)
_JOINING = re.compile(r"\s*(?P<word>and|to|until|till|through|–|-)\s*", re.IGNORECASE)
# "May's cabinet", "March Madness", "in 1984 (the book)", "2023-24"
_NOT_FOLLOWED = re.compile(r"['’]s?\w|\s+(?:Madness|\()|[-/–]\d", re.IGNORECASE)
_OF_ARTICLES = re.compile(
    r"\b(?:(?:published|posted|reported|released|written)(?: \w+){0,6}"
    r"|(?:articles?|stor(?:y|ies)|news|reports?|reporting|headlines?|coverage)(?: \w+){0,6})\s*$",
    re.IGNORECASE,
)
_CAN_HOLD_ONE = re.compile(r"\d|day\b|night|morning|evening|afternoon|week|month|year|hours|ago\b"
                           r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)  # fmt: skip


def mentions(text: str, today: date, passed_over: Sequence[Span] = ()) -> list[Mention]:
    """Return the periods spoken of, in order; none that touches a span to be passed over."""
    if not _CAN_HOLD_ONE.search(text):
        return []
    found = [
        each
        for each in _longest(_periods(text, today))
        if not any(each.start < end and start < each.end for start, end in passed_over)
    ]
    return list(_joined(text, [led for each in found if (led := _led(text, each))]))


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    period: Period


def _periods(text: str, today: date) -> Iterator[_Named]:
    for pattern, named in PERIODS:
        for found in pattern.finditer(text):
            try:
                period = named(found, today)
            except (ValueError, OverflowError):  # 30 February, or a year that no date has
                continue
            if period:
                yield _Named(found.start(), found.end(), period)


def _longest(found: Iterator[_Named]) -> Iterator[_Named]:
    """Yield what does not overlap: the earliest, and of these the longest."""
    end = 0
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.start >= end:
            end = each.end
            yield each


def _led(text: str, named: _Named) -> Mention | None:
    """Return a period with the word before it, None where it is none without one."""
    leading = _LEADING.search(text, max(0, named.start - 40), named.start)
    needs_one = _is_bare(text[named.start : named.end], named.period)
    joined = needs_one and _JOINING.search(text[max(0, named.start - 9) : named.start])
    if needs_one and (_NOT_FOLLOWED.match(text, named.end) or not (leading or joined)):
        return None
    word = leading["word"].lower() if leading else ""
    start = leading.start() if leading else named.start
    return Mention(
        start,
        named.end,
        _RELATIONS.get(word, Relation.IN),
        named.period,
        of_articles=_OF_ARTICLES.search(text, max(0, start - 80), start) is not None,
    )


def _is_bare(words: str, period: Period) -> bool:
    """Whether it is a month or a year without anything that makes it a time by itself."""
    return (period.scale is Scale.MONTH or period.scale is Scale.YEAR) and " " not in words
