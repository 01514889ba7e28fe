from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from index.gathering.clock_watch import ClockWatch

START = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Machine:
    """A machine with a clock that can be moved, and one that only runs."""

    def __init__(self) -> None:
        self.now, self.ran_seconds = START, 0.0
        self.watch = ClockWatch(lambda: self.now, lambda: self.ran_seconds)

    def run(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.ran_seconds += seconds


@pytest.fixture
def machine():
    return Machine()


def test_a_clock_that_goes_with_the_time_was_not_moved(machine):
    for seconds in (0.5, 3600, 86400):
        machine.run(seconds)
        assert machine.watch.step() == timedelta()


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_was_moved_is_told_of_once(machine, hours):
    machine.run(10)
    machine.now += timedelta(hours=hours)
    assert machine.watch.step() == timedelta(hours=hours)
    machine.run(10)
    assert machine.watch.step() == timedelta()


@pytest.mark.parametrize("seconds", [-59, 59])
def test_a_clock_that_is_corrected_in_passing_was_not_moved(machine, seconds):
    machine.now += timedelta(seconds=seconds)
    assert machine.watch.step() == timedelta()
