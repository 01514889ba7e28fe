"""How people name a period of whole days: `yesterday`, `last week`, `3 March 2024`, `2023`.

A closed grammar of English, seen from the day of asking. Where no year is said, the last such day
or month that has begun is meant. Knows no hours, no time zones and no sentences around a period.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from index.query.periods import DAY, Period, Scale, of_day, of_month, of_year

if TYPE_CHECKING:
    from collections.abc import Callable

    Named = Callable[[re.Match[str], date], "Period | None"]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = {"couple": 2, "few": 3} | {
    word: number
    for number, words in enumerate(
        ["", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
    for word in words.split()
}
_DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}
# how far from the day that "N weeks ago" counts to the thing may have been
_SLACK = {"day": 0, "week": 3, "month": 15, "year": 182}

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_DAY_NUMBER = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_FIRST_DAY = r"(?P<first>[0-9]{1,2})(?:st|nd|rd|th)?(?: (?:and|to|until)| ?[-–])"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9]|-[0-9])"
_COUNT = (
    r"(?P<count>[0-9]{1,4}|(?:a )?few|(?:a )?couple(?: of)?|an?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)"
)
_TIME_OF_DAY = "(?:morning|afternoon|evening|night)"
_WEEKDAY = "|".join(_WEEKDAYS)
# not in the middle of a word or a number, such as "Mar-a-Lago" or the "5 May" of "1.5 May"
_BEFORE = r"(?<![\w-])(?<!\w[.,:'’])"
_BEHIND = r"(?!\w|-\w|[.,:]\d|['’](?!s\b)\w)"
_UNIT = r"(?P<unit>day|week|month|year)s?"


def named_period(text: str, today: date) -> Period | None:
    """Return the period that a text names and nothing else. Raises no error: None is unknown."""
    words = " ".join(text.lower().split())
    for pattern, named in (*_SHORT_FORMS, *PERIODS):
        if found := pattern.fullmatch(words):
            try:
                return named(found, today)
            except (ValueError, OverflowError):  # 30 February, or a year that no date has
                return None
    return None


def month_number(name: str) -> int:
    """Return the number of a month, also of a short form."""
    return next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(name[:3].lower()))


def _iso_day(found: re.Match[str], _today: date) -> Period:
    return of_day(date.fromisoformat(found["iso"]), says_year=True)


def _iso_month(found: re.Match[str], _today: date) -> Period:
    return of_month(int(found["year"]), int(found["month"]), says_year=True)


def _day_of_month(found: re.Match[str], today: date) -> Period | None:
    month, day = month_number(found["month"]), int(found["day"])
    if found["year"]:
        return of_day(date(int(found["year"]), month, day), says_year=True)
    # eight years hold a 29 February
    for year in range(today.year, max(today.year - 9, 1), -1):
        try:
            named = date(year, month, day)
        except ValueError:
            continue
        if named <= today:
            return of_day(named)
    return None


def _days_of_month(found: re.Match[str], today: date) -> Period | None:
    last = _day_of_month(found, today)
    if last is None:
        return None
    first = last.start.replace(day=int(found["first"]))
    if first > last.start:
        return None
    return Period(first, last.end, Scale.STRETCH, last.says_year)


def _month(found: re.Match[str], today: date) -> Period:
    month = month_number(found["month"])
    if found["year"]:
        return of_month(int(found["year"]), month, says_year=True)
    is_past = month <= today.month - (found["last"] is not None)
    return of_month(today.year if is_past else today.year - 1, month)


def _year(found: re.Match[str], _today: date) -> Period:
    return of_year(int(found["year"]), says_year=True)


def _today(_found: re.Match[str], today: date) -> Period:
    return of_day(today)


def _yesterday(_found: re.Match[str], today: date) -> Period:
    return of_day(today - DAY)


def _weekday(found: re.Match[str], today: date) -> Period:
    back = (today.weekday() - _WEEKDAYS.index(found["weekday"].lower())) % 7
    day = today - timedelta(days=back or (7 if found["last"] else 0))
    return Period(day, day + DAY, Scale.WEEKDAY)


def _weekend(found: re.Match[str], today: date) -> Period:
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    if found["last"] and today.weekday() >= _WEEKDAYS.index("saturday"):
        saturday -= timedelta(days=7)
    return Period(saturday, saturday + 2 * DAY, Scale.WEEKEND)


def _this(found: re.Match[str], today: date) -> Period:
    return _calendar(found["unit"].lower(), today)


def _last(found: re.Match[str], today: date) -> Period:
    unit = found["unit"].lower()
    return _calendar(unit, _calendar(unit, today).start - DAY)


def _calendar(unit: str, day: date) -> Period:
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=7), Scale.WEEK)
    if unit == "month":
        return of_month(day.year, day.month)
    return of_year(day.year) if unit == "year" else of_day(day)


def _past(found: re.Match[str], today: date) -> Period:
    count = _number(found["count"] or "one")
    start = today - timedelta(days=count * _DAYS_IN[found["unit"].lower()])
    return Period(start, today + DAY, Scale.STRETCH)


def _past_hours(found: re.Match[str], today: date) -> Period:
    return Period(today - timedelta(days=int(found["hours"]) // 24), today + DAY, Scale.STRETCH)


def _ago(found: re.Match[str], today: date) -> Period:
    unit = found["unit"].lower()
    day = today - timedelta(days=_number(found["count"]) * _DAYS_IN[unit])
    slack = timedelta(days=_SLACK[unit])
    scale = Scale.DAY if unit == "day" else Scale(unit)
    return Period(day - slack, min(day + slack, today) + DAY, scale)


def _exactly_ago(found: re.Match[str], today: date) -> Period:
    unit = next(full for full in _DAYS_IN if full[0] == found["unit"][0])
    return of_day(today - timedelta(days=int(found["count"]) * _DAYS_IN[unit]))


def _number(text: str) -> int:
    words = text.lower().split()
    # "a couple of", "a few"
    word = next((each for each in words if each in {"couple", "few"}), words[0])
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _patterns(*forms: tuple[str, Named]) -> tuple[tuple[re.Pattern[str], Named], ...]:
    return tuple(
        (re.compile(rf"{_BEFORE}(?:{form}){_BEHIND}", re.IGNORECASE), named)
        for form, named in forms
    )


PERIODS = _patterns(
    (r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?!-|:)", _iso_day),
    (rf"{_FIRST_DAY} ?{_DAY_NUMBER} (?:of )?(?P<month>{MONTH})(?:,? {_YEAR})?", _days_of_month),
    (rf"(?P<month>{MONTH}) {_FIRST_DAY} ?{_DAY_NUMBER}(?![0-9:])(?:,? {_YEAR})?", _days_of_month),
    (rf"{_DAY_NUMBER} (?:of )?(?P<month>{MONTH})(?:,? {_YEAR})?", _day_of_month),
    (rf"(?P<month>{MONTH}) {_DAY_NUMBER}(?![0-9:])(?:,? {_YEAR})?", _day_of_month),
    (rf"(?P<last>last )?(?P<month>{MONTH})(?:,? {_YEAR})?", _month),
    (_YEAR, _year),
    (r"today|tonight|this (?:morning|afternoon|evening)", _today),
    (rf"yesterday(?: {_TIME_OF_DAY})?|last (?:night|evening)", _yesterday),
    (rf"(?:the )?(?:last|past|previous) {_COUNT} {_UNIT}", _past),
    (rf"(?:the |this )?past (?P<count>one )?{_UNIT}", _past),
    (r"(?:the )?(?:last|past) (?P<hours>24|48|72) hours", _past_hours),
    (r"(?:the )?(?P<last>last|previous) (?P<unit>week|month|year)", _last),
    (r"(?:earlier )?(?:this|the current) (?P<unit>week|month|year)", _this),
    (r"(?:the|this(?: past)?|(?P<last>last|the past)) weekend", _weekend),
    (rf"{_COUNT} {_UNIT} ago", _ago),
    (rf"(?P<last>last )?(?:this )?(?P<weekday>{_WEEKDAY})(?: {_TIME_OF_DAY})?", _weekday),
)
# for a filter only; in prose "2024-05" may be a season and "2w" a size
_SHORT_FORMS = _patterns(
    (r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})", _iso_month),
    (r"(?P<year>[0-9]{4})", _year),
    (
        r"(?P<count>[0-9]{1,4}) ?(?P<unit>d|days?|w|weeks?|m|months?|y|years?)(?: ago)?",
        _exactly_ago,
    ),
)
