"""What Discord tells of servers while the file cannot be used, or before all is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.commands.leaving import Leaving
from bot.storage.memory import Memory
from index.errors import StorageError
from tests.integration.bot.live import FeedsAtHand

if TYPE_CHECKING:
    from pathlib import Path


class KeptFeeds(FeedsAtHand):
    """The feeds of server 1, in a file that cannot be used before `is_usable`."""

    is_usable = False
    is_there = True

    async def communities(self) -> set[str]:
        return {"1"} if self.is_there else set()

    async def forget_community(self, community: str) -> None:
        if not self.is_usable:
            raise StorageError("The disk is full.")
        if community == "1":
            self.is_there = False


NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
LATER = NOW + timedelta(days=8)


async def test_nothing_is_forgotten_before_it_is_known_where_the_bot_is(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        leaving = Leaving(memory.servers, 7, lambda: LATER, FeedsAtHand())
        await memory.servers.leave(1, NOW)
        await leaving.forget()
        assert await memory.servers.left() == {1: NOW}
        await leaving.reconcile({2: None})
        await leaving.forget()
        assert await memory.servers.left() == {}


async def test_a_file_that_cannot_be_used_stops_nobody(tmp_path: Path):
    async with await Memory.open(tmp_path, now=NOW) as memory:
        leaving = Leaving(memory.servers, 7, lambda: LATER, FeedsAtHand())
        await leaving.reconcile({})
        with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as connection, connection:
            connection.execute("DROP TABLE left_servers")
        with structlog.testing.capture_logs() as logs:
            await leaving.leave(1)
            await leaving.reconcile({1: NOW})
            await leaving.forget()
            await leaving.come_back(1)
    assert [each["event"] for each in logs] == [
        "removal from a server not noted",
        "servers not read",
        "servers not forgotten",
        "return to a server not noted",
    ]


async def test_feeds_that_could_not_be_forgotten_are_the_next_time(tmp_path: Path):
    feeds = KeptFeeds()
    async with await Memory.open(tmp_path, now=NOW) as memory:
        leaving = Leaving(memory.servers, 7, lambda: LATER, feeds)
        await memory.servers.leave(1, NOW)
        await leaving.reconcile({})
        await leaving.forget()
        assert feeds.is_there
        feeds.is_usable = True
        await leaving.forget()
        assert not feeds.is_there
        assert await memory.servers.left() == {}


async def test_who_comes_back_too_late_finds_no_feeds_though_forgetting_them_failed_at_first(
    tmp_path: Path,
):
    feeds = KeptFeeds()
    async with await Memory.open(tmp_path, now=NOW) as memory:
        await memory.servers.leave(1, NOW)
        await Leaving(memory.servers, 7, lambda: LATER, feeds).come_back(1)
        feeds.is_usable = True
        # as it is told of at the next start
        await Leaving(memory.servers, 7, lambda: LATER, feeds).reconcile({1: LATER})
        assert not feeds.is_there


async def test_a_return_that_could_not_be_noted_is_before_anything_is_forgotten(tmp_path: Path):
    feeds = KeptFeeds()
    async with await Memory.open(tmp_path, now=NOW) as memory:
        leaving = Leaving(memory.servers, 7, lambda: LATER, feeds)
        await memory.servers.leave(1, NOW)
        await leaving.reconcile({1: LATER})
        await memory.servers.change(1, lambda each: replace(each, zone="Europe/Berlin"))
        feeds.is_usable = True
        await leaving.forget()
        assert await memory.servers.left() == {}
        await memory.servers.change(1, lambda each: replace(each, zone="Europe/Rome"))
        await leaving.forget()
        assert memory.servers.of(1).zone == "Europe/Rome"
