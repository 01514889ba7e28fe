"""The guided set-up, as whoever manages a server uses it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.sandbox import Permission
from bot.sandbox.wire import ComponentType
from bot.storage.servers import UNDECIDED, ServerSettings
from bot.views import limits
from tests.integration.bot.live import LiveBot, live_bot
from tests.integration.bot.test_settings_on_discord import told

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom

SELECTS = {ComponentType.STRING_SELECT, ComponentType.CHANNEL_SELECT}


async def opened(local: LoopbackDiscord, room: Newsroom) -> Message:
    message = await told(local, room.olive, room.general, "setup")
    assert message.is_ephemeral
    return message


async def choose(
    local: LoopbackDiscord, room: Newsroom, message: Message, part: str, *values: Channel | str
) -> str:
    with local.watch(room.general) as watch:
        local.select(room.olive, message, values, custom_id=f"setup:{part}")
        return (await watch.edited()).text


def shown_as_chosen(message: Message) -> dict[str, list[str]]:
    """What each select shows before anybody opens it."""
    found = {}
    for each in message.components:
        if each["type"] in SELECTS:
            options = [every["value"] for every in each.get("options", ()) if every.get("default")]
            channels = [every["id"] for every in each.get("default_values", ())]
            found[each["custom_id"].removeprefix("setup:")] = [*options, *channels]
    return found


async def test_a_server_is_set_up_by_choosing_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    news, log = (local.world.add_channel(room.guild, name) for name in ("news", "log"))
    async with live_bot(local, data_dir):
        message = await opened(local, room)
        assert shown_as_chosen(message) == {
            "channels": [],
            "publishers": [],
            "language": ["discord"],
            "zone": ["UTC"],
            "log": [],
        }
        text = await choose(local, room, message, "channels", room.general, news)
        assert "Channels to ask in: all → <#" in text
    async with live_bot(local, data_dir) as bot:
        assert "→ Deutsch" in await choose(local, room, message, "language", "de")
        assert "→ Asia/Tokyo" in await choose(local, room, message, "zone", "Asia/Tokyo")
        await choose(local, room, message, "log", log)
        with local.watch(room.general) as watch:
            local.click(room.olive, message, "Show answers to who asked alone")
            assert "Answers to commands: for all" in (await watch.edited()).text
        expected = ServerSettings(
            language="de",
            zone="Asia/Tokyo",
            is_private=True,
            log_channel_id=log.id,
            allowed_channel_ids=frozenset({room.general.id, news.id}),
        )
        assert bot.memory.servers.of(room.guild.id) == expected
        assert shown_as_chosen(message) == {
            "channels": sorted([str(room.general.id), str(news.id)]),
            "publishers": [],
            "language": ["de"],
            "zone": ["Asia/Tokyo"],
            "log": [str(log.id)],
        }
        await choose(local, room, message, "channels")
        await choose(local, room, message, "log")
        await choose(local, room, message, "language", "discord")
        with local.watch(room.general) as watch:
            local.click(room.olive, message, "Show answers to all")
            await watch.edited()
        assert bot.memory.servers.of(room.guild.id) == replace(UNDECIDED, zone="Asia/Tokyo")


async def test_a_channel_is_checked_on_the_way(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot
    message = await opened(local, room)
    checked = await local.click(room.olive, message, "Check this channel").final()
    assert checked.text == "Nothing keeps me from answering in this channel."
    local.world.deny(room.general, local.world.bot, Permission.SEND_MESSAGES)
    checked = await local.click(room.olive, message, "Check this channel").final()
    assert checked.is_ephemeral
    assert "I lack the permission Send Messages here" in checked.text


async def test_whoever_does_not_manage_the_server_any_more_decides_nothing(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    room.guild.grant(room.alice, Permission.MANAGE_GUILD)
    message = await told(local, room.alice, room.general, "setup")
    room.guild.granted.clear()
    for asked in (
        local.select(room.alice, message, ("de",), custom_id="setup:language"),
        local.click(room.alice, message, "Check this channel"),
    ):
        refused = await asked.final()
        assert refused.is_ephemeral
        assert refused.content == "Only members with the permission Manage Server may."
    for command in local.commands():
        command["default_member_permissions"] = None  # as a server may decide
    refused = await told(local, room.alice, room.general, "setup")
    assert refused.content == "Only members with the permission Manage Server may."
    assert bot.memory.servers.decided() == {}


@pytest.mark.parametrize("language", ["en-US", "de"])
async def test_the_most_that_may_be_decided_still_fits(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, language: str
):
    room.olive.locale = language
    await bot.memory.servers.change(
        room.guild.id,
        lambda known: replace(
            known, zone="Europe/Rome", allowed_channel_ids=frozenset(range(2**62, 2**62 + 100))
        ),
    )
    message = await opened(local, room)
    assert shown_as_chosen(message)["channels"] == []
    assert shown_as_chosen(message)["zone"] == ["Europe/Rome"]
    text = await choose(local, room, message, "zone", "UTC")
    assert limits.length(text) <= limits.LAYOUT_TEXT_LENGTH
