from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.schedule import Schedule

ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kabul"])
SCHEDULES = st.builds(
    Schedule,
    st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    ZONES,
    st.one_of(st.none(), st.integers(0, 6)),
)
MOMENTS = st.integers(0, 40 * 365 * 24 * 60).map(
    lambda minutes: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("schedule", "now", "then"),
    [
        (Schedule(time(7, 30), "Europe/Berlin"), "2026-03-04T06:29", "2026-03-04T06:30"),
        (Schedule(time(7, 30), "Europe/Berlin"), "2026-03-04T06:30", "2026-03-05T06:30"),
        # a Wednesday; the next Monday, and this day next week
        (Schedule(time(7), "UTC", 0), "2026-03-04T12:00", "2026-03-09T07:00"),
        (Schedule(time(7), "UTC", 2), "2026-03-04T12:00", "2026-03-11T07:00"),
        (Schedule(time(7), "UTC", 2), "2026-03-04T06:00", "2026-03-04T07:00"),
        # here it is tomorrow already
        (Schedule(time(1), "Asia/Tokyo"), "2026-03-04T15:30", "2026-03-04T16:00"),
        # clocks are put forward over it on 29 March, and back over it on 25 October
        (Schedule(time(2, 30), "Europe/Berlin"), "2026-03-28T12:00", "2026-03-29T01:30"),
        (Schedule(time(2, 30), "Europe/Berlin"), "2026-10-24T12:00", "2026-10-25T00:30"),
        (Schedule(time(2, 30), "Europe/Berlin"), "2026-10-25T00:30", "2026-10-26T01:30"),
    ],
)
def test_the_next_time_is_that_of_the_clocks_there(schedule: Schedule, now: str, then: str):
    found = schedule.next_after(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(then).replace(tzinfo=UTC)


@given(SCHEDULES, MOMENTS)
def test_it_comes_after_now_and_within_its_period(schedule: Schedule, now: datetime):
    found = schedule.next_after(now)
    # clocks are changed by an hour, and Samoa left out a whole day
    assert (
        now
        < found
        <= now + schedule.period + timedelta(hours=25 if schedule.weekday is None else 24 * 7 + 1)
    )
    assert found.utcoffset() == timedelta()


@given(
    st.times(),
    ZONES.filter(lambda zone: zone != "Pacific/Apia"),
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
)
def test_a_daily_one_comes_once_on_every_day(at: time, zone: str, day: date):
    schedule = Schedule(at.replace(second=0, microsecond=0, fold=0), zone)
    now = datetime.combine(day, time(12), UTC)
    days = []
    for _ in range(5):
        now = schedule.next_after(now)
        days.append((now.astimezone(ZoneInfo(zone)) - timedelta(hours=1)).date())
    assert len(set(days)) == 5
    assert days[-1] - days[0] == timedelta(days=4)
