"""`/index`: how the index is, and whether it is sound, for those who run a server.

A server's admin is no operator: neither is told where anything is stored, nor of others' articles.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import community_of
from bot.commands.failures import tell
from bot.commands.managing import ADDED_TO_SERVERS, IN_SERVERS, managed_server
from bot.views.index_state import index_state_text, verified_text
from bot.views.layout import layout

if TYPE_CHECKING:
    from bot.commands.ports import News
    from bot.commands.speaking import Speaking
    from bot.commands.verifying import Verifying


@dataclass(frozen=True, slots=True)
class IndexState:
    """Shows how the index is, to one person alone."""

    news: News
    verifying: Verifying
    speaking: Speaking

    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Show what there is. Raises StorageError and MissingPermissions."""
        server = community_of(managed_server(interaction))
        await interaction.response.defer(ephemeral=True, thinking=True)
        seen = self.news.seen_by(server)
        text = index_state_text(
            await seen.statistics(),
            await self.news.size() if seen.is_everything else None,
            await seen.articles.newest_arrival(),
            self.speaking.privately(interaction),
            is_indexing=self.news.is_indexing,
        )
        await interaction.edit_original_response(view=layout(text))

    async def verify(self, interaction: discord.Interaction[Any]) -> None:
        """Check everything. Raises RefusedError, PullquoteError and MissingPermissions."""
        server = community_of(managed_server(interaction))
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts = self.speaking.privately(interaction)
        try:
            checked = await self.verifying.checked()
        except asyncio.CancelledError:
            # the bot is being stopped, and has the time to say so
            await tell(
                interaction, texts.say("I was stopped before all was checked; try again later.")
            )
            raise
        counts = self.news.seen_by(server).is_everything
        text = verified_text(checked.found, checked.at, texts, tells_counts=counts)
        await interaction.edit_original_response(view=layout(text))


def index(state: IndexState) -> app_commands.Group:
    """Return the commands."""
    group = app_commands.Group(
        name="index",
        description="How my index is (for those who run the server)",
        allowed_contexts=IN_SERVERS,
        allowed_installs=ADDED_TO_SERVERS,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="status", description="How much is indexed, where, and how new it is")
    async def status(interaction: discord.Interaction[Any]) -> None:
        await state.show(interaction)

    @group.command(
        name="verify", description="Check whether what is stored agrees with the search index"
    )
    async def verify(interaction: discord.Interaction[Any]) -> None:
        await state.verify(interaction)

    return group
