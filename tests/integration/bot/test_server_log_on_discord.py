"""What those who run a server read in the channel of its log."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from bot.commands.alerting import SPACING
from bot.sandbox import Permission
from bot.storage.alert_queue import Match
from tests.integration.bot.corpus import FED_QUESTION
from tests.integration.bot.live import NOW, LiveBot, live_bot
from tests.integration.bot.test_settings_on_discord import told
from tests.integration.sandbox.running import eventually
from tests.unit.bot.views.followed import FAILING, GOOD, PAUSED

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Newsroom
    from index.model import Feed

# several rounds of looking at the feeds, which go on every 0.05 s
A_WHILE = 0.3


@dataclass
class FeedsThatChange:
    feeds: tuple[Feed, ...]

    async def all(self) -> tuple[Feed, ...]:
        return self.feeds


@pytest.fixture
def log(local: LoopbackDiscord, room: Newsroom) -> Channel:
    return local.world.add_channel(room.guild, "log")


async def decide(local: LoopbackDiscord, room: Newsroom, **options: object) -> None:
    await told(local, room.olive, room.general, "settings set", **options)


async def test_who_changed_what_is_told_in_the_log_and_where_it_was_before(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, log: Channel
):
    del bot
    await decide(local, room, language="de")  # nobody is told
    await decide(local, room, log=log, private=True)
    await eventually(lambda: len(log.messages) == 1)
    (first,) = local.messages(log)
    assert first.content.startswith(
        f"{room.olive.mention} hat die Einstellungen dieses Servers geändert:\n- "
    )
    assert first.mentioned_ids == frozenset()
    await decide(local, room, private=True)  # it was so already
    await told(local, room.olive, room.general, "settings people", block=room.alice)
    await eventually(lambda: len(log.messages) == 2)
    assert room.alice.mention in local.messages(log)[-1].content
    other = local.world.add_channel(room.guild, "other")
    await decide(local, room, log=other)
    await eventually(lambda: len(log.messages) == 3 and len(other.messages) == 1)


async def test_a_channel_of_the_log_that_is_closed_to_the_bot_keeps_nobody_from_deciding(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, log: Channel
):
    local.world.deny(log, local.world.bot, Permission.SEND_MESSAGES)
    changed = await told(local, room.olive, room.general, "settings set", log=log)
    assert "Channel of the log: I lack Send Messages there." in changed.text
    await decide(local, room, language="de")
    assert bot.memory.servers.of(room.guild.id).language == "de"
    assert log.messages == {}


async def test_a_missing_permission_is_told_once(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, log: Channel
):
    del bot
    await decide(local, room, log=log)
    local.world.deny(room.general, local.world.bot, Permission.SEND_MESSAGES)
    for _ in range(2):
        local.say(room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}")
    await eventually(lambda: len(log.messages) == 2)
    assert local.messages(log)[-1].content == (
        f"I was asked in {room.general.mention} and may not answer there: allow me Send Messages "
        "under Edit Channel, Permissions."
    )
    await asyncio.sleep(A_WHILE)
    assert len(log.messages) == 2


async def test_an_alert_that_cannot_be_told_is_told_of(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, log: Channel
):
    news = local.world.add_channel(room.guild, "news")
    await decide(local, room, log=log)
    await told(local, room.olive, room.general, "alerts add", query="storm", channel=news)
    local.world.deny(news, local.world.bot, Permission.SEND_MESSAGES)
    (alert,) = await bot.memory.alerts.of_server(room.guild.id)
    await bot.memory.alert_queue.take([Match(alert.id, "fed", None)], 0, NOW - SPACING)
    await eventually(lambda: len(log.messages) == 2)
    assert local.messages(log)[-1].content == (
        "An alert of this server cannot be told any more:\n"
        f"“storm” · in {news.mention}\n-# Paused: I may not write there; give me View Channel and "
        "Send Messages, then add it again with /alerts add."
    )


async def test_feeds_that_break_are_told_of_and_those_that_were_broken_are_not(
    local: LoopbackDiscord, room: Newsroom, log: Channel, data_dir: Path
):
    feeds = FeedsThatChange((GOOD, PAUSED))
    async with live_bot(local, data_dir, feeds=feeds) as bot:
        await bot.memory.servers.change(
            room.guild.id, lambda known: replace(known, log_channel_id=log.id)
        )
        await asyncio.sleep(A_WHILE)
        assert log.messages == {}
        feeds.feeds = (replace(GOOD, failure_count=1, failure="a hiccup"), PAUSED)
        await asyncio.sleep(A_WHILE)
        assert log.messages == {}
        feeds.feeds = (FAILING, PAUSED)
        await eventually(lambda: bool(log.messages))
        await asyncio.sleep(A_WHILE)
        (message,) = local.messages(log)
        assert message.content.startswith("**Feeds in trouble**\n- api.paper.example")
        assert "s3cr3t" not in message.content
        assert "drafts" not in message.content
