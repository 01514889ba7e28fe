from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.search import publisher_choices, wanted_question
from bot.views import limits
from index import PullquoteError

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@given(st.lists(st.text(max_size=150), unique=True), st.text(max_size=5))
def test_what_is_offered_is_always_within_the_limits_of_discord(names: list[str], typed: str):
    offered = publisher_choices(names, typed)
    assert len(offered) <= limits.CHOICE_COUNT
    assert all(1 <= limits.length(name) <= limits.CHOICE_LENGTH for name in offered)
    assert all(name in names and typed.strip().casefold() in name.casefold() for name in offered)


def test_names_that_begin_with_what_was_typed_come_first():
    assert publisher_choices(["The Post", "Harbour Post", "Post & Sons"], "po") == [
        "Post & Sons",
        "The Post",
        "Harbour Post",
    ]


def test_nothing_typed_offers_the_largest_publishers():
    assert publisher_choices([str(number) for number in range(99)], " ")[:2] == ["0", "1"]


def test_a_day_named_as_the_end_is_part_of_the_range():
    wanted = wanted_question(" rain ", "BBC", "2026-03-01", "2026-03-02", NOW)
    assert wanted.text == "rain"
    assert wanted.publishers == {"BBC"}
    assert wanted.since == datetime(2026, 3, 1, tzinfo=UTC)
    assert wanted.until == datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        (" ", None, None),
        ("rain", "soon", None),
        ("rain", None, "2026-13-01"),
    ],
)
def test_what_makes_no_sense_is_refused(text: str, since: str | None, until: str | None):
    with pytest.raises(PullquoteError):
        wanted_question(text, None, since, until, NOW)
