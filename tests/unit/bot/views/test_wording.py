from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import english
from bot.views.reading import reading_line
from bot.views.terminal_counts import counted
from bot.views.wording import duration, published, told_reading
from index.model import PublicationTime, Query
from index.query.model import Correction, Reading

ENGLISH = english()


def test_one_is_singular_and_thousands_are_separated():
    assert counted(0, "article") == "0 articles"
    assert counted(1, "article") == "1 article"
    assert counted(1234, "article") == "1,234 articles"
    assert counted(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (42.4, "42 s"),
        (59.6, "1 min 0 s"),
        (185, "3 min 5 s"),
        (3599.7, "1 h 0 min"),
        (7800, "2 h 10 min"),
    ],
)
def test_a_duration_is_shown_in_two_units_at_most(seconds: float, shown: str):
    assert duration(seconds, ENGLISH) == shown


def test_a_day_is_written_out_so_that_no_time_zone_shifts_it():
    assert published(PublicationTime.of(date(2023, 10, 1)), ENGLISH) == "1 October 2023"


def test_a_time_is_left_to_discord_to_show_in_the_readers_zone():
    at = datetime(2023, 10, 1, 12, tzinfo=UTC)
    assert published(PublicationTime.of(at), ENGLISH) == f"<t:{int(at.timestamp())}:D>"


def test_an_unknown_date_is_said_to_be_unknown():
    assert published(None, ENGLISH) == "date unknown"


def test_a_reading_is_told_only_where_there_is_something_to_tell():
    assert told_reading(Reading(Query("rain")), ENGLISH) is None
    reading = Reading(Query("rain"), corrections=(Correction("rian", "rain"),), notes=("by <Ann>",))
    assert told_reading(reading, ENGLISH, str.upper, emphasis="*") == (
        "Understood as: BY <ANN> · showing results for *RAIN* instead of *RIAN*"
    )


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_that_was_typed_acts_in_the_line_about_it(typed: str, note: str):
    line = reading_line(
        Reading(Query(""), corrections=(Correction(typed, typed),), notes=(note,)), ENGLISH
    )
    assert line is not None
    assert line.startswith("-# Understood as: ")
    assert "\n" not in line
    assert "@everyone" not in line.replace("@\u200b", "")
