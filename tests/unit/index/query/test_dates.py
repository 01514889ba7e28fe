from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InvalidQueryError
from index.query.dates import parse_now, parse_range

NOW = datetime(2026, 3, 31, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03-04", "2026-03-04", "2026-03-04"),
        (" Today ", "2026-03-31", "2026-03-31"),
        ("yesterday", "2026-03-30", "2026-03-30"),
        ("3 days ago", "2026-03-28", "2026-03-28"),
        ("1 day", "2026-03-30", "2026-03-30"),
        ("2w", "2026-03-17", "2026-03-17"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("march", "2026-03-01", "2026-03-31"),
        ("April", "2025-04-01", "2025-04-30"),
        ("Dec. 2023", "2023-12-01", "2023-12-31"),
        ("3 March 2024", "2024-03-03", "2024-03-03"),
        ("March 3rd, 2024", "2024-03-03", "2024-03-03"),
        ("29 February", "2024-02-29", "2024-02-29"),
        ("last week", "2026-03-23", "2026-03-29"),
        ("last weekend", "2026-03-28", "2026-03-29"),
        ("Sunday", "2026-03-29", "2026-03-29"),
        ("last Tuesday", "2026-03-24", "2026-03-24"),
        ("the past 3 days", "2026-03-28", "2026-03-31"),
        ("last year", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_date_is_understood_from_its_first_day_to_its_last(text, first, last):
    found = parse_range(text, NOW)
    assert found.since == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert found.until == datetime.fromisoformat(last).replace(tzinfo=UTC) + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-04T18:30", "2026-03-04T18:30:00+00:00"),
        ("2026-03-04 18:30:00+02:00", "2026-03-04T16:30:00+00:00"),
    ],
)
def test_a_time_lasts_a_minute(text, at):
    found = parse_range(text, NOW)
    assert (found.since, found.until) == (
        datetime.fromisoformat(at),
        datetime.fromisoformat(at) + timedelta(minutes=1),
    )


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-02-30", "2026-3-4", "04.03.2026", "9999 years ago", "last", "0x1", "-3d",
     "30 February", "2026-13", "0000", "a", "of March"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_forms_that_are(text):
    with pytest.raises(InvalidQueryError, match="write it like 2026-03-04"):
        parse_range(text, NOW)


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_refused_in_one_line(text):
    for parse in (lambda: parse_range(text, NOW).since, lambda: parse_now(text)):
        try:
            said = str(parse().tzinfo)
        except InvalidQueryError as error:
            said = str(error)
        assert "\n" not in said


def test_asking_on_a_day_is_asking_at_its_end():
    assert parse_now("2026-03-04") == datetime(2026, 3, 4, 23, 59, 59, tzinfo=UTC)
    assert parse_now("2026-03-04T08:00") == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_days_are_those_of_the_askers_zone():
    evening = parse_now("2026-03-04T23:00:00-05:00")
    for text in ("today", "2026-03-04"):
        assert parse_range(text, evening).since == datetime(2026, 3, 4, 5, tzinfo=UTC)
        assert parse_range(text, evening).until == datetime(2026, 3, 5, 5, tzinfo=UTC)


def test_a_day_is_as_long_as_the_clocks_make_it():
    evening = datetime(2026, 3, 29, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    day = parse_range("today", evening)
    assert day.until.astimezone(UTC) - day.since.astimezone(UTC) == timedelta(hours=23)


def test_the_last_day_there_is_can_be_an_end():
    assert parse_range("9999-12-31", NOW).until.year == 9999


@pytest.mark.parametrize("text", ["0001-01-01 00:00+14:00", "9999-12-31 23:58-14:00"])
def test_a_time_that_the_askers_calendar_does_not_have_is_no_date(text):
    with pytest.raises(InvalidQueryError, match="is not a date that I understand"):
        parse_range(text, NOW)
