"""When a story was published, as feeds write it: many zones, many habits. Never guesses.

A day stays a day. What lies more than a day ahead, or before there was a web, is not believed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from index.ingestion.dates import publication_time
from index.model import PublicationTime

if TYPE_CHECKING:
    from time import struct_time

_EARLIEST_YEAR = 1990
_LEEWAY = timedelta(days=1)
_MAX_CHARACTERS = 64

# What the standard library does not know by name (it knows those of RFC 822), in minutes.
_ZONES = {
    "WET": 0,
    "WEST": 60,
    "BST": 60,
    "IST": 330,
    "CET": 60,
    "CEST": 120,
    "MET": 60,
    "MEST": 120,
    "MEZ": 60,
    "MESZ": 120,
    "EET": 120,
    "EEST": 180,
    "SAST": 120,
    "TRT": 180,
    "MSK": 180,
    "MSD": 240,
    "GST": 240,
    "PKT": 300,
    "WIB": 420,
    "ICT": 420,
    "HKT": 480,
    "SGT": 480,
    "AWST": 480,
    "PHT": 480,
    "JST": 540,
    "KST": 540,
    "ACST": 570,
    "ACDT": 630,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "BRT": -180,
    "ART": -180,
    "AST": -240,
    "ADT": -180,
    "NST": -210,
    "NDT": -150,
    "AKST": -540,
    "AKDT": -480,
    "HST": -600,
    "ET": -300,
    "CT": -360,
    "MT": -420,
    "PT": -480,
}
_ZONE_NAME = re.compile(r"(:\d\d(?:\.\d{1,9})?)\s?([A-Z]{2,4})$")
_NAMED_OFFSET = re.compile(r"(:\d\d)\s?(?:GMT|UTC)\s?([+-])(\d{1,2}):?(\d\d)?$", re.IGNORECASE)
_YEAR = re.compile(r"-?\d{4}")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST = re.compile(r"(?:[a-z]{3,9},?\s)?(\d{1,2})[\s-]([a-z]{3,9})[\s-](\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    r"(?:[a-z]{3,9},?\s)?([a-z]{3,9})\.?\s(\d{1,2}),?\s(\d{4})", re.IGNORECASE
)


def entry_time(
    value: object, *, now: datetime, parsed: struct_time | None = None
) -> PublicationTime | None:
    """Read a text or a number; `parsed` is what another made of it, in UTC, if nothing else is."""
    found = _read(value, now) or _from_parts(parsed, value)
    if found is None or found.at.year < _EARLIEST_YEAR or found.at > now + _LEEWAY:
        return None
    return found


def _read(value: object, now: datetime) -> PublicationTime | None:
    if isinstance(value, str):
        value = " ".join(value[: 4 * _MAX_CHARACTERS].split())
        if day := _day(value):
            return PublicationTime.of(day)
        value = _with_offset(_YEAR_FIRST.sub(r"\1-\3-\4", value, count=1))
    try:
        return publication_time(value, now=now)
    except ValueError:
        return None


def _with_offset(text: str) -> str:
    """Put the offset in the place of a zone's name; `10:00 CEST` is `10:00 +0200`."""
    if named := _NAMED_OFFSET.search(text):
        return f"{text[: named.end(1)]} {named[2]}{named[3]:0>2}{named[4] or '00'}"
    zone = _ZONE_NAME.search(text)
    if zone is None or zone[2] not in _ZONES:
        return text
    minutes = _ZONES[zone[2]]
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{text[: zone.end(1)]} {sign}{hours:02}{rest:02}"


def _day(text: str) -> date | None:
    """Read a day without a time that has its month in letters."""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    try:
        return date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:
        return None


def _is_period(text: str) -> bool:
    return _YEAR.match(text) is not None and _YEAR_FIRST.match(text) is None


def _from_parts(parsed: struct_time | None, value: object) -> PublicationTime | None:
    # Of what begins with a year and no day, feedparser makes a day, if need be of this month.
    if parsed is None or (isinstance(value, str) and _is_period(value.strip())):
        return None
    try:
        return PublicationTime.of(datetime(*parsed[:6], tzinfo=UTC))
    except (ValueError, OverflowError, TypeError):
        return None
