from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from index.ingestion.web.politeness import Turns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Day:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.time += seconds


class Visits:
    """Takes turns and writes down when, and how many at once."""

    def __init__(self, count: int = 10, host_count: int = 2):
        self.day = Day()
        self.turns = Turns(count, host_count, now=self.day.now, sleep=self.day.sleep)
        self.starts: list[tuple[str, float]] = []
        self.under_way = 0
        self.most_under_way = 0

    async def visit(self, host: str, name: str = "", spacing: float = 1.0, steps: int = 3) -> None:
        async with self._visiting(host, name, spacing):
            for _ in range(steps):
                await asyncio.sleep(0)

    @asynccontextmanager
    async def _visiting(self, host: str, name: str, spacing: float) -> AsyncIterator[None]:
        async with self.turns.turn(host, spacing):
            self.starts.append((name or host, self.day.time))
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            try:
                yield
            finally:
                self.under_way -= 1


async def test_requests_to_one_host_start_apart_and_in_the_order_they_came():
    visits = Visits()
    await asyncio.gather(*(visits.visit("a.example", str(number)) for number in range(5)))
    assert visits.starts == [(str(number), 100.0 + number) for number in range(5)]


async def test_the_first_request_does_not_wait_and_another_host_does_not_either():
    visits = Visits()
    await asyncio.gather(*(visits.visit(host) for host in ("a.example", "b.example", "c.example")))
    assert {time for _, time in visits.starts} == {100.0}


async def test_a_host_may_want_more_time_than_others():
    visits = Visits()
    await visits.visit("a.example", spacing=30.0)
    await visits.visit("a.example", spacing=1.0)
    await visits.visit("a.example", spacing=1.0)
    assert [time for _, time in visits.starts] == [100.0, 130.0, 131.0]


async def test_time_that_has_passed_already_is_not_waited_for_again():
    visits = Visits()
    await visits.visit("a.example")
    visits.day.time += 0.75
    await visits.visit("a.example")
    assert [time for _, time in visits.starts] == [100.0, 101.0]


async def test_no_more_than_a_few_are_under_way_at_one_host():
    visits = Visits(host_count=2)
    long = [visits.visit("a.example", spacing=0.0, steps=50) for _ in range(6)]
    await asyncio.gather(*long)
    assert visits.most_under_way == 2


async def test_no_more_than_some_are_under_way_in_all():
    visits = Visits(count=3)
    hosts = [f"{number}.example" for number in range(9)]
    await asyncio.gather(*(visits.visit(host, steps=50) for host in hosts))
    assert visits.most_under_way == 3
    assert [host for host, _ in visits.starts] == hosts


async def test_spacing_counts_from_the_start_and_not_from_when_a_place_was_waited_for():
    visits = Visits(count=1)
    busy = asyncio.create_task(visits.visit("busy.example", steps=20))
    await asyncio.sleep(0)
    both = [asyncio.create_task(visits.visit("a.example")) for _ in range(2)]
    await asyncio.sleep(0)
    visits.day.time += 60.0
    await asyncio.gather(busy, *both)
    assert [time for host, time in visits.starts if host == "a.example"] == [160.0, 161.0]


@pytest.mark.parametrize("cancelled", [0, 1, 2, 3])
async def test_whoever_gives_up_leaves_nothing_behind(cancelled):
    visits = Visits(count=2, host_count=1)
    tasks = [asyncio.create_task(visits.visit("a.example", str(i), steps=5)) for i in range(4)]
    for _ in range(cancelled * 3):
        await asyncio.sleep(0)
    tasks[cancelled].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    others = [str(i) for i in range(4) if i != cancelled]
    assert [name for name, _ in visits.starts if name != str(cancelled)] == others
    # every place is free again
    await asyncio.gather(*(visits.visit(f"{i}.example", steps=50) for i in range(2)))
    assert visits.under_way == 0
    assert visits.most_under_way == 2


async def test_an_error_within_a_turn_gives_the_place_back():
    visits = Visits(count=1, host_count=1)
    with pytest.raises(ValueError, match="broken"):
        async with visits.turns.turn("a.example", 0.0):
            raise ValueError("broken")
    await visits.visit("a.example")
    assert len(visits.starts) == 1


async def test_hosts_that_nobody_asks_any_more_are_forgotten():
    visits = Visits()
    for number in range(1000):
        await visits.visit(f"{number}.example")
        visits.day.time += 2.0
    assert visits.turns.host_count <= 64


async def test_a_host_is_not_forgotten_while_it_wants_to_be_left_alone():
    visits = Visits()
    await visits.visit("slow.example", spacing=1e6)
    for number in range(200):
        await visits.visit(f"{number}.example", spacing=0.0)
    await visits.visit("slow.example")
    assert visits.starts[-1] == ("slow.example", 100.0 + 1e6)
