from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage.alerts import NewAlert, Target
from bot.storage.keeping import Asker
from bot.storage.memory import Memory
from bot.storage.questions import KeptQuestion
from bot.storage.servers import UNDECIDED, ServerLanguages, ServerSettings
from index.errors import StorageError
from index.model import Query
from index.query.model import Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
GRACE = timedelta(days=7)
DAY = timedelta(days=1)
HERE, THERE = 2**62 + 1, 12
ALL = ServerSettings("de", "Europe/Berlin", True, 1, 2, frozenset({3, 4}), frozenset({5, 6}), 7, 8)


def alert(target: Target) -> NewAlert:
    return NewAlert(target, "rain", Query("rain"), locale="de", quiet=None, after=0)


def german(settings: ServerSettings) -> ServerSettings:
    return replace(settings, language="de")


async def test_what_a_server_decided_outlives_a_restart_and_is_no_other_servers(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert await memory.servers.change(HERE, lambda _: ALL) == (UNDECIDED, ALL)
        assert memory.servers.of(HERE) == ALL
        assert memory.servers.of(THERE) == memory.servers.of(None) == UNDECIDED
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert memory.servers.decided() == {HERE: ALL}
        await memory.servers.change(HERE, lambda _: ServerSettings(zone="UTC"))
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert memory.servers.of(HERE) == ServerSettings(zone="UTC")
        assert await ServerLanguages(memory.servers).of(HERE) is None


async def test_changes_made_at_once_are_all_kept(tmp_path: Path):
    def block(user_id: int) -> Callable[[ServerSettings], ServerSettings]:
        return lambda known: replace(known, blocked_user_ids=known.blocked_user_ids | {user_id})

    async with await Memory.open(tmp_path, now=NOW) as memory:
        await asyncio.gather(*(memory.servers.change(HERE, block(each)) for each in range(20)))
        assert memory.servers.of(HERE).blocked_user_ids == frozenset(range(20))


async def test_what_cannot_be_written_is_not_decided(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as connection, connection:
            connection.execute("DROP TABLE blocked_users")
        with pytest.raises(StorageError):
            await memory.servers.change(HERE, lambda _: ALL)
        assert memory.servers.of(HERE) == UNDECIDED


def test_a_list_of_channels_allows_those_and_their_threads():
    some = ServerSettings(allowed_channel_ids=frozenset({3}))
    assert UNDECIDED.allows(9, None)
    assert some.allows(3, None)
    assert some.allows(9, 3)
    assert not some.allows(9, None)


async def test_a_server_is_forgotten_with_what_was_asked_there_once_the_grace_is_over(
    tmp_path: Path,
):
    question = KeptQuestion("Did it rain?", NOW, None, None, frozenset(), "digest")
    async with await Memory.open(tmp_path, now=NOW) as memory:
        servers, ids = memory.servers, {}
        own = await memory.alerts.add(alert(Target(7)), NOW)
        for server_id in (HERE, THERE):
            await servers.change(server_id, lambda _: ALL)
            asker = Asker(7, server_id)
            await memory.alerts.add(alert(Target(7, server_id, server_id + 1)), NOW)
            ids[server_id] = (
                await memory.questions.remember(question, asker),
                await memory.searches.remember(Reading(Query("rain")), NOW, asker),
            )
        await servers.leave(HERE, NOW)
        await servers.leave(HERE, NOW + 5 * DAY)  # it is told again at every start
        assert await servers.left() == {HERE: NOW}
        assert await servers.known() == {HERE, THERE}
        assert await servers.purge(NOW + GRACE, GRACE) == []
        assert servers.of(HERE) == ALL
        assert await servers.purge(NOW + GRACE + DAY, GRACE) == [HERE]
        assert servers.of(HERE) == UNDECIDED
        assert await servers.come_back(HERE, NOW + 9 * DAY, GRACE)  # there is nothing any more
        for server_id, is_kept in ((HERE, False), (THERE, True)):
            question_id, search_id = ids[server_id]
            assert (await memory.questions.find(question_id, NOW) is not None) is is_kept
            assert (await memory.searches.find(search_id, NOW) is not None) is is_kept
            assert bool(await memory.alerts.of_server(server_id)) is is_kept
        assert await memory.alerts.of_person(7) == [own]
        assert await servers.known() == {THERE}
    async with await Memory.open(tmp_path, now=NOW) as memory:
        assert memory.servers.decided() == {THERE: ALL}
        assert await memory.servers.left() == {}


async def test_a_server_that_comes_back_in_time_keeps_what_it_decided(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        await memory.servers.change(HERE, german)
        await memory.servers.leave(HERE, NOW)
        assert await memory.servers.come_back(HERE, NOW + GRACE, GRACE)
        assert await memory.servers.purge(NOW + 100 * DAY, GRACE) == []
        assert memory.servers.of(HERE).language == "de"


async def test_alerts_of_a_server_rest_while_the_bot_is_not_in_it(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        own, there = [
            await memory.alerts.add(alert(target), NOW)
            for target in (Target(7), Target(7, THERE, 1))
        ]
        await memory.alerts.add(alert(Target(7, HERE, 2)), NOW)
        await memory.servers.leave(HERE, NOW)
        assert await memory.alerts.at_work() == [own, there]
        assert await memory.servers.come_back(HERE, NOW, GRACE)
        assert len(await memory.alerts.at_work()) == 3


async def test_a_server_that_comes_back_too_late_finds_nothing(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        await memory.servers.change(HERE, german)
        await memory.alerts.add(alert(Target(7, HERE, 2)), NOW)
        await memory.servers.leave(HERE, NOW)
        assert not await memory.servers.come_back(HERE, NOW + GRACE + DAY, GRACE)
        assert memory.servers.of(HERE) == UNDECIDED
        assert await memory.servers.known() == set()
        assert await memory.servers.left() == {}
