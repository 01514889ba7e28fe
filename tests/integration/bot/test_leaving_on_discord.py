from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.client import PullquoteClient
from bot.sandbox import point_client
from bot.storage.servers import UNDECIDED
from tests.integration.bot.corpus import FED_QUESTION
from tests.integration.bot.live import NOW, live_bot, parts_over
from tests.integration.bot.test_settings_on_discord import told
from tests.integration.sandbox.running import eventually, until_ready

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    import pytest

    from bot.sandbox import LoopbackDiscord, Newsroom
    from bot.storage.servers import Servers
    from tests.integration.bot.live import LiveBot

# several rounds of forgetting, which go on every 0.05 s
A_WHILE = 0.3


class Calendar:
    """The day, which a test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def turn(self, days: int) -> None:
        self.now += timedelta(days=days)


async def decide(local: LoopbackDiscord, room: Newsroom) -> None:
    """Let there be something of everything that belongs to a server."""
    await told(local, room.olive, room.general, "settings set", language="de")
    await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
    await told(local, room.olive, room.general, "alerts add", query="rain", channel=room.general)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(5):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.01)


async def until_noted(servers: Servers, server_id: int, *, is_left: bool) -> None:
    async def is_noted() -> bool:
        return (server_id in await servers.left()) is is_left

    await until(is_noted)


async def removed(local: LoopbackDiscord, room: Newsroom, bot: LiveBot) -> None:
    local.world.remove_bot(room.guild)
    await until_noted(bot.memory.servers, room.guild.id, is_left=True)


async def added(local: LoopbackDiscord, room: Newsroom, bot: LiveBot) -> None:
    local.world.invite_bot(room.guild)
    await until_noted(bot.memory.servers, room.guild.id, is_left=False)


async def test_a_server_that_adds_the_bot_again_in_time_finds_all_as_it_was(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    calendar = Calendar()
    async with live_bot(local, data_dir, clock=calendar) as bot:
        await decide(local, room)
        await removed(local, room, bot)
        calendar.turn(days=7)
        await asyncio.sleep(A_WHILE)
        await added(local, room, bot)
        assert bot.memory.servers.of(room.guild.id).language == "de"
        answer = await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
        assert "Antwort auf: " in answer.text
        listed = await told(local, room.olive, room.general, "alerts list")
        assert "“rain” · in" in listed.text


async def test_a_server_that_does_not_is_forgotten_and_nothing_comes_back(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    calendar = Calendar()
    async with live_bot(local, data_dir, clock=calendar) as bot:
        await decide(local, room)
        await removed(local, room, bot)
        calendar.turn(days=8)

        async def is_forgotten() -> bool:
            return not await bot.memory.servers.known()

        await until(is_forgotten)
        await added(local, room, bot)
        assert bot.memory.servers.of(room.guild.id) == UNDECIDED
        answer = await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
        assert "In answer to: " in answer.text
        listed = await told(local, room.olive, room.general, "alerts list")
        assert listed.text.startswith("There are no alerts")


async def test_a_server_that_is_out_of_reach_is_not_left(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    calendar, guild = Calendar(), room.guild
    async with live_bot(local, data_dir, clock=calendar) as bot:
        await decide(local, room)
        local.world.begin_outage(guild)
        known = bot.client.get_guild(guild.id)
        assert known is not None
        await eventually(lambda: known.unavailable)
        calendar.turn(days=100)
        await asyncio.sleep(A_WHILE)
    async with live_bot(local, data_dir, clock=calendar) as bot:
        await asyncio.sleep(A_WHILE)
        assert await bot.memory.servers.left() == {}
        local.world.end_outage(guild)
        answer = await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
        assert "Antwort auf: " in answer.text


async def test_what_happened_while_the_bot_was_away_is_noted_when_it_is_back(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    calendar = Calendar()
    async with live_bot(local, data_dir, clock=calendar):
        await decide(local, room)
    local.world.remove_bot(room.guild)
    async with live_bot(local, data_dir, clock=calendar) as bot:
        await until_noted(bot.memory.servers, room.guild.id, is_left=True)
    # it comes back in time, but the bot learns of it only much later
    local.world.invite_bot(room.guild, at=calendar.now + timedelta(days=3))
    calendar.turn(days=100)
    async with live_bot(local, data_dir, clock=calendar) as bot:
        await until_noted(bot.memory.servers, room.guild.id, is_left=False)
        assert bot.memory.servers.of(room.guild.id).language == "de"
        await removed(local, room, bot)
    local.world.invite_bot(room.guild, at=calendar.now + timedelta(days=8))
    async with live_bot(local, data_dir, clock=calendar) as bot:
        await until_noted(bot.memory.servers, room.guild.id, is_left=False)
        assert bot.memory.servers.of(room.guild.id) == UNDECIDED


async def test_the_end_waits_for_what_is_being_noted(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, caplog: pytest.LogCaptureFixture
):
    async with live_bot(local, data_dir):
        pass  # the commands are registered, so the next start writes nothing
    async with parts_over(data_dir) as (parts, _news):
        servers = parts.memory.servers
        await servers.leave(room.guild.id, NOW)
        client = PullquoteClient(parts, guild_ready_timeout=0.0)
        with (
            point_client(local.api, local.gateway),
            closing(sqlite3.connect(data_dir / "bot.sqlite3", timeout=60)) as other,
        ):
            other.execute("BEGIN IMMEDIATE")  # as another program may
            async with client:
                task = asyncio.create_task(client.start(local.token))
                await until_ready(client, task)
                ending = asyncio.create_task(client.close())
                await asyncio.wait({ending}, timeout=A_WHILE)
                is_waiting = not ending.done()
                other.rollback()
                await ending
                await task
        assert is_waiting
        assert await servers.left() == {}
    assert "Ignoring exception" not in caplog.text
