"""What Discord tells of servers while the file cannot be used, or before all is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.commands.leaving import Leaving
from bot.storage.memory import Memory
from tests.integration.bot.live import FeedsAtHand

if TYPE_CHECKING:
    from pathlib import Path

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
            await leaving.come_back(1)
            await leaving.reconcile({1: NOW})
            await leaving.forget()
    assert [each["event"] for each in logs] == [
        "removal from a server not noted",
        "return to a server not noted",
        "servers not read",
        "servers not forgotten",
    ]
