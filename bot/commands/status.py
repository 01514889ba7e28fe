"""`/status`: what there is to quote from, and how the program is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.views.layout import layout
from bot.views.status import Health, status_text

if TYPE_CHECKING:
    from bot.commands.ports import News


def status(news: News, version: str) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="How much news there is, how fresh it is, and how I am")
    async def status(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(thinking=True)
        statistics = await news.statistics()
        latency_seconds = interaction.client.latency
        health = Health(version, latency_seconds, is_indexing=news.is_indexing)
        await interaction.edit_original_response(view=layout(status_text(statistics, health)))

    return status
