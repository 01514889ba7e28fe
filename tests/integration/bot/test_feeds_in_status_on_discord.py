"""Who is told what of the feeds by `/status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.model import Feed, FeedKind
from tests.integration.bot.live import FeedsAtHand, live_bot
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User

WELL = Feed(1, "https://paper.example/rss", FeedKind.FEED, title="The Paper")
FAILING = Feed(
    2,
    "https://api.example/top?apiKey=s3cr3t",
    FeedKind.JSON,
    failure="@everyone it is **500**",
    failure_count=2,
)


@pytest.fixture
async def _bot(local: LoopbackDiscord, room: Newsroom, data_dir: Path) -> AsyncIterator[None]:
    del room
    async with live_bot(local, data_dir, feeds=FeedsAtHand((WELL, FAILING))):
        yield


def told_alone(local: LoopbackDiscord, channel: Channel, user: User) -> list[Message]:
    return [each for each in local.messages(channel, user) if each.is_ephemeral]


async def ask(local: LoopbackDiscord, user: User, channel: Channel) -> str:
    message = await local.slash(user, channel, "status").final()
    assert not message.is_ephemeral
    assert "**2 feeds** followed, 1 failing · not polled yet" in message.text
    assert "example" not in message.text.partition("feeds** followed")[2]
    return message.text


@pytest.mark.usefixtures("_bot")
async def test_who_manages_the_server_learns_alone_what_fails_and_why(
    local: LoopbackDiscord, room: Newsroom
):
    await ask(local, room.olive, room.general)
    await eventually(lambda: told_alone(local, room.general, room.olive))
    (told,) = told_alone(local, room.general, room.olive)
    assert "api.example/top: fails, @\u200beveryone it is \\*\\*500\\*\\*" in told.text
    assert "s3cr3t" not in told.text
    assert "The Paper" not in told.text
    assert told_alone(local, room.general, room.alice) == []


@pytest.mark.usefixtures("_bot")
async def test_everyone_else_learns_counts(local: LoopbackDiscord, room: Newsroom):
    await ask(local, room.alice, room.general)
    await ask(local, room.alice, local.world.dm(room.alice))
    assert not any("api.example" in each.text for each in local.messages(room.general))
    assert told_alone(local, room.general, room.alice) == []


@pytest.mark.usefixtures("_bot")
async def test_who_manages_a_server_that_only_they_brought_the_bot_to_learns_counts(
    local: LoopbackDiscord, room: Newsroom
):
    elsewhere = local.world.add_guild("Elsewhere", room.olive, has_bot=False)
    channel = local.world.add_channel(elsewhere, "general")
    await ask(local, room.olive, channel)
    # a second one is answered after whatever the first would have said
    await ask(local, room.olive, channel)
    assert told_alone(local, channel, room.olive) == []
