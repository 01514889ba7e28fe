from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.message_content import MessageContent
from bot.sandbox import Permission
from tests.integration.bot.live import live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Newsroom


async def test_whatever_keeps_the_bot_from_answering_is_named_with_what_to_do(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    log, gone = (local.world.add_channel(room.guild, name) for name in ("log", "gone"))
    thread = local.world.add_thread(room.general, "on rates", room.alice)
    bot = local.world.bot

    async def diagnosis(channel: Channel) -> str:
        message = await local.slash(room.olive, channel, "diagnose").final()
        assert message.is_ephemeral
        return message.text

    async with live_bot(local, data_dir, content=MessageContent("never")) as live:
        servers = live.memory.servers
        assert await diagnosis(room.general) == "Nothing keeps me from answering in this channel."
        local.world.deny(room.general, bot, Permission.SEND_MESSAGES)
        local.world.deny(room.general, bot, Permission.SEND_MESSAGES_IN_THREADS)
        local.world.deny(log, bot, Permission.READ_MESSAGE_HISTORY | Permission.VIEW_CHANNEL)
        found = await diagnosis(room.general)
        assert "- I lack the permission Send Messages here: allow it to me under" in found
        assert "in Threads" not in found
        assert "- I lack the permission Send Messages in Threads here: " in await diagnosis(thread)

        await servers.change(
            room.guild.id,
            lambda known: replace(
                known,
                question_channel_id=room.general.id,
                log_channel_id=gone.id,
                allowed_channel_ids=frozenset({log.id}),
                blocked_user_ids=frozenset({1, 2}),
            ),
        )
        local.world.delete_channel(gone)
        found = await diagnosis(room.general)
        assert "switches on the Message Content Intent" in found
        assert "a question: I lack Send Messages there." in found
        assert "Channel of the log: it is gone, or I do not see it." in found
        assert "-# 2 people are blocked in this server" in found
        assert "I may not be asked" not in found  # every message there is a question
        other = local.world.add_channel(room.guild, "other")
        assert "- I may not be asked in this channel: add it with" in await diagnosis(other)

        for command in local.commands():
            command["default_member_permissions"] = None  # as a server may decide
        refused = await local.slash(room.alice, room.general, "diagnose").final()
        assert refused.content == "Only members with the permission Manage Server may."
