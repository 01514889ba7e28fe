"""`/diagnose`: which permission, intent or setting keeps the bot from answering in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord
from discord import app_commands

from bot.commands.askers import reader_of
from bot.commands.managing import ADDED_TO_SERVERS, IN_SERVERS, managed_server
from bot.storage.servers import UNDECIDED
from bot.views.diagnosis import Findings, diagnosis_text
from bot.views.layout import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.message_content import ReadsMessages
    from bot.commands.ports import News
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory
    from bot.storage.servers import ServerSettings
    from bot.texts import Texts
    from bot.views.message import MessageText


def diagnose(
    news: News, memory: Memory, speaking: Speaking
) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="Find out what keeps me from answering in this channel")
    @app_commands.default_permissions(manage_guild=True)
    async def diagnose(interaction: discord.Interaction[Any]) -> None:
        managed_server(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts = speaking.privately(interaction)
        text = await diagnosed(interaction, news, memory, texts)
        await interaction.edit_original_response(view=layout(text))

    diagnose.allowed_contexts = IN_SERVERS
    diagnose.allowed_installs = ADDED_TO_SERVERS
    return diagnose


async def diagnosed(
    interaction: discord.Interaction[Any], news: News, memory: Memory, texts: Texts
) -> MessageText:
    """Return what keeps the bot from answering where somebody acts."""
    settings = memory.servers.of(interaction.guild_id)
    channel = interaction.channel
    parent_id = getattr(channel, "parent_id", None)
    found = Findings(
        # what Discord itself says, of threads and of servers that are not known yet, too
        lacking=_lacking(interaction.app_permissions, channel, texts, settings),
        is_allowed=settings.allows(interaction.channel_id, parent_id),
        is_every_message_a_question=settings.question_channel_id == interaction.channel_id
        or settings.opens_threads,
        reads_messages=cast("ReadsMessages", interaction.client).reads_messages,
        question=lacking_in(interaction.guild, settings.question_channel_id, texts, settings),
        log=lacking_in(interaction.guild, settings.log_channel_id, texts),
        blocked_count=len(settings.blocked_user_ids),
        article_count=(await news.seen_by(reader_of(interaction)).statistics()).article_count,
    )
    return diagnosis_text(found, texts)


def _lacking(
    held: discord.Permissions, channel: Any, texts: Texts, settings: ServerSettings = UNDECIDED
) -> list[str]:
    in_thread = isinstance(channel, discord.Thread)
    sending = (
        (texts.say("Send Messages in Threads"), held.send_messages_in_threads)
        if in_thread
        else (texts.say("Send Messages"), held.send_messages)
    )
    needed = (
        (texts.say("View Channel"), held.view_channel),
        sending,
        (texts.say("Read Message History"), held.read_message_history),
        *(_opening(held, texts) if settings.opens_threads and _holds_threads(channel) else ()),
    )
    return [] if held.administrator else [title for title, is_held in needed if not is_held]


def _holds_threads(channel: Any) -> bool:
    return isinstance(channel, discord.TextChannel)


def _opening(held: discord.Permissions, texts: Texts) -> tuple[tuple[str, bool], ...]:
    return (
        (texts.say("Create Public Threads"), held.create_public_threads),
        (texts.say("Send Messages in Threads"), held.send_messages_in_threads),
    )


def lacking_in(
    guild: discord.Guild | None,
    channel_id: int | None,
    texts: Texts,
    settings: ServerSettings = UNDECIDED,
) -> Sequence[str] | None:
    """Return what the bot lacks in a chosen channel; nothing where none is chosen.

    With `settings` that open threads, it lacks what that takes, too.
    """
    if channel_id is None or guild is None:
        return ()
    channel = guild.get_channel(channel_id)
    if channel is None:
        return None
    return _lacking(channel.permissions_for(guild.me), channel, texts, settings)
