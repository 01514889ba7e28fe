from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InvalidQueryError
from index.query.dates import parse_day, parse_now

NOW = datetime(2026, 3, 31, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04", "2026-03-04"),
        (" Today ", "2026-03-31"),
        ("yesterday", "2026-03-30"),
        ("3 days ago", "2026-03-28"),
        ("1 day", "2026-03-30"),
        ("2w", "2026-03-17"),
        ("2026-03-04T18:30", "2026-03-04T18:30:00+00:00"),
        ("2026-03-04 18:30:00+02:00", "2026-03-04T16:30:00+00:00"),
    ],
)
def test_a_day_is_understood(text, day):
    assert parse_day(text, NOW).isoformat() == day


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-02-30", "2026-3-4", "04.03.2026", "9999 years ago", "last", "0x1", "-3d"],
)
def test_what_is_no_day_is_refused_with_the_forms_that_are(text):
    with pytest.raises(InvalidQueryError, match="write it like 2026-03-04"):
        parse_day(text, NOW)


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_refused_in_one_line(text):
    for parse in (lambda: parse_day(text, NOW).at, lambda: parse_now(text)):
        try:
            said = str(parse().tzinfo)
        except InvalidQueryError as error:
            said = str(error)
        assert "\n" not in said


def test_a_day_named_as_the_end_is_part_of_the_range():
    assert parse_day("2026-03-04", NOW).until == datetime(2026, 3, 5, tzinfo=UTC)


def test_asking_on_a_day_is_asking_at_its_end():
    assert parse_now("2026-03-04") == datetime(2026, 3, 4, 23, 59, 59, tzinfo=UTC)
    assert parse_now("2026-03-04T08:00") == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_a_word_names_the_day_of_the_askers_zone():
    evening = parse_now("2026-03-04T23:00:00-05:00")
    assert parse_day("today", evening).isoformat() == "2026-03-04"


def test_the_last_day_there_is_can_be_an_end():
    assert parse_day("9999-12-31", NOW).until.year == 9999
