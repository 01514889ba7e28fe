"""Publishers are asked as seldom as they want, and those who fail ever more seldom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.gathering.schedule import (
    ATTEMPTS_AT_A_STORY,
    FAILURES_BEFORE_PAUSE,
    JITTER,
    LONGEST,
    Wishes,
    is_to_be_paused,
    next_attempt_at,
    next_check_at,
    next_poll_at,
    next_try_at,
)

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
CHANCES = st.floats(0, 1)


def after(**wait: float):
    return NOW + timedelta(**wait)


@pytest.mark.parametrize(
    ("wishes", "minutes"),
    [
        (Wishes(), 15),
        (Wishes(ttl_seconds=3600), 60),
        (Wishes(ttl_seconds=60), 15),
        (Wishes(fresh_until=after(minutes=40)), 40),
        (Wishes(fresh_until=after(minutes=-40)), 15),
        (Wishes(retry_at=after(hours=2), ttl_seconds=3600), 120),
        (Wishes(ttl_seconds=10**9), 24 * 60),
        (Wishes(fresh_until=datetime(9000, 1, 1, tzinfo=UTC)), 24 * 60),
    ],
)
def test_the_longest_wish_counts_up_to_a_day(wishes, minutes):
    assert next_poll_at(NOW, 900, wishes, 0) == after(minutes=minutes)


@given(st.floats(60, 86_400), st.integers(0, 10**9), CHANCES)
def test_a_feed_is_never_polled_too_soon_nor_forgotten(every, ttl, chance):
    at = next_poll_at(NOW, every, Wishes(ttl_seconds=ttl), chance)
    assert after(seconds=every) <= at <= NOW + LONGEST * (1 + JITTER)


@pytest.mark.parametrize(
    ("count", "minutes"), [(1, 5), (2, 10), (3, 20), (9, 1280), (10, 1440), (5000, 1440)]
)
def test_a_failing_feed_is_asked_ever_more_seldom(count, minutes):
    assert next_try_at(NOW, count, None, 0) == after(minutes=minutes)


def test_a_failing_feed_is_asked_no_sooner_than_its_server_says():
    assert next_try_at(NOW, 1, after(hours=3), 0) == after(hours=3)
    assert next_try_at(NOW, 1, after(days=300), 0) == NOW + LONGEST


def test_a_feed_is_paused_after_about_two_days_of_failing():
    assert [is_to_be_paused(n) for n in (1, FAILURES_BEFORE_PAUSE - 1, FAILURES_BEFORE_PAUSE)] == [
        False,
        False,
        True,
    ]
    waits = [next_try_at(NOW, n, None, 0) - NOW for n in range(1, FAILURES_BEFORE_PAUSE)]
    assert timedelta(days=1) < sum(waits, timedelta()) < timedelta(days=3)


def test_a_story_is_tried_a_few_times_over_some_hours():
    waits = [next_attempt_at(NOW, n, None, 0) for n in range(1, ATTEMPTS_AT_A_STORY + 1)]
    assert waits == [after(minutes=2), after(minutes=8), after(minutes=32), None]


def test_a_page_is_looked_at_again_ever_more_seldom_and_then_no_more():
    looks = [next_check_at(NOW, n, 0) for n in range(5)]
    assert looks == [after(hours=6), after(days=1), after(days=3), after(days=7), None]
