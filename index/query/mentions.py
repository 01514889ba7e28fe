"""Periods that a sentence speaks of: "since Tuesday", "between May and July 2023", "last week".

Finds them and says how they stand there; whether one narrows a search is not decided here. A month
or a year counts only behind a word that makes it a time, so "May I", "Mr. March", "1984 (the book)"
and "March Madness" are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from index.query.period_names import MONTH, PERIODS
from index.query.periods import Period, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.query.model import Span

_FEBRUARY = 2


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

    `of_articles`: it says when something was published, not when it happened. `is_over`: its words
    place something at or after its beginning, and in the past.
    """

    start: int
    end: int
    relation: Relation
    period: Period
    of_articles: bool = False
    is_over: bool = False


_RELATIONS = {
    "since": Relation.SINCE,
    "after": Relation.AFTER,
    "until": Relation.UNTIL,
    "till": Relation.UNTIL,
    "through": Relation.UNTIL,
    "before": Relation.BEFORE,
    "prior to": Relation.BEFORE,
    "by": Relation.UNTIL,
    "as of": Relation.UNTIL,
}
# what is said of an anniversary or a season goes far beyond the news of now
_OVER = re.compile(
    r"\b(?:yesterday|last (?:night|evening|weekend|week|month)|the weekend|past weekend"
    r"|(?:last|past|previous) (?:[\w ]+ )?(?:hours|days?|weeks?|months?)"
    r"|(?:days?|weeks?|months?) ago)\b",
    re.IGNORECASE,
)
_PAIRING = {"between", "from"}
_INSIDE = r"in|from|during|on|over|within|throughout|for|at|of"
_LEADING = re.compile(
    rf"(?<![\w-])(?<!\w['’])(?P<word>{'|'.join(_RELATIONS)}|{_INSIDE}|between)"
    r"(?: (?:early|mid|late|the (?:start|beginning|middle|end) of))?[ -]$",
    re.IGNORECASE,
)
_JOINING = re.compile(r"\s*(?P<word>and|to|until|till|through|–|-)\s*", re.IGNORECASE)
_LEADING_ALONE = re.compile(rf"(?:{'|'.join(_RELATIONS)}|{_INSIDE}|between)\b", re.IGNORECASE)
# as in "2023-24"
_GOES_ON = re.compile(r"[-/–]\d")
# as in "March Madness", "in 1984 (the book)", "May's cabinet"
_IS_A_NAME_BEFORE = re.compile(r"\s+(?:Madness|\()|['’]s\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
# as in "Last Week Tonight", "Last Night in Soho", "Monday Night Football"
_NEVER_CAPITAL = re.compile(
    r"\b(?:Weeks?|Weekend|Months?|Years?|Days?|Hours|Ago|Morning|Afternoon|Evening|Night)\b"
)
# as in "USA Today", "the film Yesterday"
_CAPITAL_FIRST_ALONE = re.compile(r"(?:Today|TODAY|Tonight|Yesterday)\b")
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_NAMED = re.compile(rf"(?:{MONTH}|\w+day)\b(?<!today)(?<!yesterday)", re.IGNORECASE)
# what is to come is on none of the days that have been
_AHEAD = re.compile(r"\b(?:will|shall|going to|upcoming)\b|^\W*Will (?:the|it|s?he|they|there)\b")
_CAPITAL_BEFORE = re.compile(r"(?:^|\s)[A-Z][\w.&]*$")
_CAPITAL_AFTER = re.compile(r"\s+[A-Z]")
_ARTICLES = r"\b(?:articles?|stories|news|reports?|headlines?|coverage)"
_WORDS = r"(?: [\w'’-]+)"
# not "the novel published in 1949", "cases reported in March", "reports of the attack on Monday"
_OF_ARTICLES = re.compile(
    rf"{_ARTICLES}{_WORDS}{{0,6}} published{_WORDS}{{0,5}}\s*$"
    rf"|\bas (?:published|reported){_WORDS}{{0,5}}\s*$"
    rf"|{_ARTICLES} (?:from|since|after|before|until|between)\s*$"
    r"|\b(?:news|headlines) of\s*$"
    rf"|{_ARTICLES}{_WORDS}{{1,6}} from\s*$",
    re.IGNORECASE,
)
# "its highest since 2008", "the ninth manager since May 2013"
_COMPARED = re.compile(
    r"\b(?:first|second|third|\w+th|last|only|most|\w+est)\b[^.?!]{0,40}$", re.IGNORECASE
)
# most questions have no such word, and are told so by one look
_CAN_HOLD_ONE = re.compile(
    rf"(?<!\w)(?:{MONTH}|(?:19|20)\d\d|to(?:day|night)|yesterday|\w+day|this|weekend|ago|last|past"
    r"|previous|the current)(?!\w)",
    re.IGNORECASE,
)


def mentions(text: str, today: date, passed_over: Sequence[Span] = ()) -> list[Mention]:
    """Return the periods spoken of, in order; none that touches a span to be passed over."""
    if not _CAN_HOLD_ONE.search(text):
        return []
    named = [
        each
        for each in _longest(_periods(text, today))
        if not any(each.start < end and start < each.end for start, end in passed_over)
    ]
    return list(_told(text, named))


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


def _told(text: str, named: Sequence[_Named]) -> Iterator[Mention]:
    """Yield each period as it stands in the text; two that are joined are one."""
    at = 0
    while at < len(named):
        first = named[at]
        leading = _LEADING.search(text, max(0, first.start - 40), first.start)
        word = leading["word"].lower() if leading else ""
        start = leading.start() if leading else first.start
        at += 1
        second = named[at] if at < len(named) else None
        if second and word in _PAIRING and _JOINING.fullmatch(text, first.end, second.start):
            at += 1
            yield _mention(text, start, second.end, Relation.IN, _spanning(first, second))
        elif _counts(text, first, word):
            yield _mention(text, start, first.end, _RELATIONS.get(word, Relation.IN), first.period)


def _mention(text: str, start: int, end: int, relation: Relation, period: Period) -> Mention:
    before, words = text[max(0, start - 80) : start], text[start:end]
    if _POSSESSIVE.match(text, end):
        # "last week's game" names a game
        return Mention(start, end, relation, period)
    leading = _LEADING_ALONE.match(words)
    is_of_articles = _OF_ARTICLES.search(f"{before}{leading[0] if leading else ''}") is not None
    is_compared = relation is Relation.SINCE and _COMPARED.search(before)
    is_over = relation is Relation.SINCE or (relation is Relation.IN and _OVER.search(words))
    return Mention(start, end, relation, period, is_of_articles, bool(is_over and not is_compared))


def _spanning(first: _Named, second: _Named) -> Period:
    """Return the period from one to the other; the first takes its year from the second."""
    start, end = first.period.start, second.period
    if first.period.scale is Scale.WEEKDAY:
        start -= timedelta(days=7) if start > end.start else timedelta()
    elif not first.period.says_year:
        year = end.start.year if end.says_year else start.year
        start = _in_year(start, year)
        start = start if start <= end.start else _in_year(start, year - 1)
    return Period(min(start, end.start), end.end, Scale.STRETCH, end.says_year)


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == _FEBRUARY else day.day)


def _counts(text: str, named: _Named, word: str) -> bool:
    """Whether it is a time: most are by themselves, a bare month or year behind a word alone."""
    words, before = text[named.start : named.end], text[: named.start].rstrip()
    if _GOES_ON.match(text, named.end):
        return False
    if named.period.scale in {Scale.MONTH, Scale.YEAR} and " " not in words:
        is_ahead = not named.period.says_year and _AHEAD.search(text)
        is_name = _IS_A_NAME_BEFORE.match(text, named.end)
        return word not in {"", "at"} and not is_ahead and not is_name
    if _NEVER_CAPITAL.search(words) and not words.isupper():
        return False
    if _CAPITAL_FIRST_ALONE.match(words) and before and before[-1] not in ".?!:":
        return False
    if _NAMED.search(words) and not named.period.says_year and _AHEAD.search(text):
        return False
    # "Sunday Times", "Black Friday"
    return bool(word) or not (
        _WEEKDAY.match(words)
        and (_CAPITAL_BEFORE.search(before) or _CAPITAL_AFTER.match(text, named.end))
    )
