"""`/status`: what there is to quote from, and how the program is.

Who manages a server that the bot was added to also learns, alone, which feeds are in trouble, and
how answers were rated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import asker_of, reader_of
from bot.views.feeds_status import trouble_text
from bot.views.layout import layout
from bot.views.message import MessageText
from bot.views.rating import ratings_line
from bot.views.status import Health, status_text

if TYPE_CHECKING:
    from bot.commands.ports import FollowedFeeds, News
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory


def status(
    news: News, feeds: FollowedFeeds, version: str, speaking: Speaking, memory: Memory
) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="How much news there is, how fresh it is, and how I am")
    async def status(interaction: discord.Interaction[Any]) -> None:
        private = memory.servers.of(asker_of(interaction).server_id).is_private
        await interaction.response.defer(ephemeral=private, thinking=True)
        reader = reader_of(interaction)
        statistics = await news.seen_by(reader).statistics()
        followed = await feeds.seen_by(reader)
        latency_seconds = interaction.client.latency
        health = Health(version, latency_seconds, is_indexing=news.is_indexing)
        texts = await speaking.to(interaction, private=private)
        text = status_text(statistics, followed, health, texts)
        await interaction.edit_original_response(view=layout(text))
        if _manages_the_server(interaction):
            alone = speaking.privately(interaction)
            trouble = trouble_text(followed, alone)
            ratings = ratings_line(await memory.ratings.counts(), memory.kept_days, alone)
            blocks = (*(trouble.blocks if trouble else ()), *([ratings] if ratings else ()))
            if blocks:
                await interaction.followup.send(view=layout(MessageText(blocks)), ephemeral=True)

    return status


def _manages_the_server(interaction: discord.Interaction[Any]) -> bool:
    # whoever has installed the bot for themselves manages some server, but not one that has it
    return interaction.is_guild_integration() and interaction.permissions.manage_guild
