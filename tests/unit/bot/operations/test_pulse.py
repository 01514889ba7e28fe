import asyncio
import time

from bot.operations.pulse import Pulse


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_longest_lag_of_the_last_minute_counts():
    clock = Clock()
    pulse = Pulse(clock)
    assert pulse.lag_seconds == 0
    for second, lag in enumerate([0.1, 5.0, 0.2, 1.0, 0.3]):
        clock.now = float(second)
        pulse.note(lag)
    assert pulse.lag_seconds == 5.0
    clock.now = 61.5
    assert pulse.lag_seconds == 1.0
    clock.now = 100.0
    assert pulse.lag_seconds == 0


def test_a_clock_that_is_early_is_no_lag():
    pulse = Pulse(Clock())
    pulse.note(-1.0)
    assert pulse.lag_seconds == 0


async def test_who_holds_up_the_event_loop_is_noticed():
    pulse = Pulse()
    beating = asyncio.create_task(pulse.beat())
    await asyncio.sleep(0.05)
    time.sleep(0.6)  # noqa: ASYNC251 (that is what is to be noticed)
    await asyncio.sleep(0.05)
    beating.cancel()
    assert 0.2 < pulse.lag_seconds < 2
