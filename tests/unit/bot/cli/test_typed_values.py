from __future__ import annotations

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.typed_values import field_map_of, seconds_of
from bot.views.terminal_counts import interval


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("15m", 900), (" 2H ", 7200), ("1h30m", 5400), ("90s", 90), ("1d", 86400), (None, None)],
)
def test_intervals_are_understood(typed, seconds):
    assert seconds_of(typed) == seconds


@pytest.mark.parametrize(
    "typed", ["", "15", "m", "0m", "30s", "2d", "1h 30m", "soon", "-5m", "9" * 9]
)
def test_anything_else_is_wrong_usage(typed):
    with pytest.raises(typer.BadParameter, match=r"15m, 2h|between a minute"):
        seconds_of(typed)


@given(st.integers(60, 86400))
def test_an_interval_is_shown_as_it_is_typed(seconds):
    assert seconds_of(interval(seconds)) == seconds


def test_fields_and_the_place_of_the_list_are_told_apart():
    found = field_map_of(["items=response.docs", "title = headline.main", "url=link?a=b"])
    assert found is not None
    assert found.items == "response.docs"
    assert found.fields == {"title": "headline.main", "url": "link?a=b"}


def test_without_pairs_there_is_no_map():
    assert field_map_of([]) is None


@pytest.mark.parametrize("pairs", [["title"], ["title="], ["nope=x"], ["=x"], ["url=a", "url=b"]])
def test_pairs_that_name_nothing_or_twice_the_same_are_wrong_usage(pairs):
    with pytest.raises(typer.BadParameter):
        field_map_of(pairs)
