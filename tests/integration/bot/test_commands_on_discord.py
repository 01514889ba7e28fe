from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.sandbox import Permission
from tests.integration.bot.live import LiveBot, live_bot, parts_over

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom

MESSAGE = 3
EVERYWHERE = [0, 1, 2]
FOR_ALL = [
    "alerts",
    "article",
    "ask",
    "digest",
    "latest",
    "privacy",
    "search",
    "sources",
    "status",
]
FOR_MANAGERS = ["diagnose", "feeds", "index", "reindex", "settings", "setup"]


def registrations(local: LoopbackDiscord) -> list[str]:
    paths = re.compile(r"/applications/\d+/commands$")
    return [each.method for each in local.requests if paths.search(each.path)]


@pytest.mark.usefixtures("bot")
async def test_every_command_says_what_it_is_and_where_it_may_be_used(local: LoopbackDiscord):
    everything = {command["name"]: command for command in local.commands()}
    menus = {name for name, command in everything.items() if command["type"] == MESSAGE}
    assert menus == {"Search the news for this", "Is this quoted correctly?"}
    commands = {name: each for name, each in everything.items() if name not in menus}
    assert sorted(commands) == sorted([*FOR_ALL, *FOR_MANAGERS])
    for name, command in commands.items():
        assert re.fullmatch(r"[a-z]{1,32}", name)
        assert 10 <= len(command["description"]) <= 100
        for option in command.get("options") or ():
            assert re.fullmatch(r"[a-z]{1,32}", option["name"])
            assert 10 <= len(option["description"]) <= 100
            if option["type"] == 3:
                assert option["max_length"] <= 300
    for name in (*FOR_ALL, *menus):
        assert sorted(everything[name]["contexts"]) == EVERYWHERE
        assert sorted(everything[name]["integration_types"]) == [0, 1]
        assert everything[name]["default_member_permissions"] is None
    for name in FOR_MANAGERS:
        assert commands[name]["contexts"] == [0]
        assert commands[name]["integration_types"] == [0]
        assert int(commands[name]["default_member_permissions"]) == Permission.MANAGE_GUILD


async def test_commands_are_registered_only_when_they_changed(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    del room
    for _ in range(2):
        async with live_bot(local, data_dir):
            pass
    assert registrations(local).count("PUT") == 1
    async with parts_over(data_dir) as (parts, _news):
        await parts.memory.command_hashes.remember(local.world.bot.id, "of other commands")
    async with live_bot(local, data_dir):
        pass
    assert registrations(local).count("PUT") == 2


async def test_commands_that_discord_lost_are_registered_again(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        pass
    local.world.commands.clear()
    async with live_bot(local, data_dir):
        assert "ask" in [command["name"] for command in local.commands(room.guild)]


async def test_the_status_says_what_there_is(bot: LiveBot, local: LoopbackDiscord, room: Newsroom):
    del bot
    message = await local.slash(room.alice, room.general, "status").final()
    assert "**15 articles** in " in message.text
    assert "Harbour Post (12), The Example (2)" in message.text
    assert "Newest: **Gargoyles** · The Example · 6 March 2026" in message.text
    assert "15 added in " in message.text
    assert "Pullquote 0.0.0" in message.text
