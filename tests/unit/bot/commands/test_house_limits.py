from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.commands.cooldown import CooldownError
from bot.commands.house_limits import HOUR_SECONDS, HouseLimits
from bot.storage.keeping import Asker
from bot.storage.memory import Memory
from bot.texts import english

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.servers import Servers

HERE, THERE = 21, 22
ANNA, BEN, CARL = (Asker(number, HERE) for number in (1, 2, 3))


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def servers(tmp_path: Path) -> AsyncIterator[Servers]:
    async with await Memory.open(tmp_path) as memory:
        yield memory.servers


async def decide(servers: Servers, **decided: int | None) -> None:
    await servers.change(HERE, lambda known: replace(known, **decided))  # type: ignore[arg-type]


def refused(limits: HouseLimits, asker: Asker) -> tuple[str, bool]:
    with pytest.raises(CooldownError) as error:
        limits.take(asker)
    return english().tell(error.value.saying), error.value.is_first


async def test_a_person_may_ask_so_often_an_hour_and_is_told_when_to_come_back(servers: Servers):
    await decide(servers, person_limit=2)
    clock = Clock()
    limits = HouseLimits(servers, clock)
    for moment in (0.0, 600.0):
        clock.now = moment
        limits.take(ANNA)
    text, is_first = refused(limits, ANNA)
    assert text.startswith("You have asked 2 times in the last hour, ")
    assert "ask again in 50 minutes, or" in text
    assert is_first
    assert not refused(limits, ANNA)[1]
    limits.take(BEN)
    clock.now = HOUR_SECONDS
    limits.take(ANNA)
    assert "in 10 minutes" in refused(limits, ANNA)[0]


async def test_all_of_a_server_may_ask_so_often_together(servers: Servers):
    await decide(servers, person_limit=2, server_limit=3)
    limits = HouseLimits(servers, Clock())
    for asker in (ANNA, BEN, ANNA):
        limits.take(asker)
    text, is_first = refused(limits, CARL)
    assert text.startswith("I was asked 3 times in the last hour, as often as all of this server")
    assert is_first
    for elsewhere in (Asker(3, THERE), Asker(3)):
        for _ in range(10):
            limits.take(elsewhere)


async def test_a_limit_that_changes_holds_at_once(servers: Servers):
    clock = Clock()
    limits = HouseLimits(servers, clock)
    await decide(servers, person_limit=4)
    for moment in (0.0, 60.0, 120.0, 180.0):
        clock.now = moment
        limits.take(ANNA)
    await decide(servers, person_limit=1)
    # not before the last of them is an hour old
    assert "in 60 minutes" in refused(limits, ANNA)[0]
    await decide(servers, person_limit=None)
    limits.take(ANNA)


async def test_nobody_is_remembered_for_longer_than_it_counts(servers: Servers):
    await decide(servers, person_limit=1)
    clock = Clock()
    limits = HouseLimits(servers, clock)
    for number in range(50):
        limits.take(Asker(number, HERE))
    clock.now = HOUR_SECONDS
    limits.take(ANNA)
    assert len(limits) == 1
