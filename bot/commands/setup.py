"""`/setup`: the most important settings of a server in one message, chosen and not typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import community_of
from bot.commands.diagnose import diagnosed
from bot.commands.managing import ADDED_TO_SERVERS, IN_SERVERS, managed_server
from bot.commands.setting_changes import checked_language
from bot.commands.zones import known_zone
from bot.views.layout import layout
from bot.views.setup import LANGUAGE_OF_DISCORD, Part, setup_view

if TYPE_CHECKING:
    from bot.commands.deciding import Change, Deciding
    from bot.commands.ports import News
    from bot.storage.servers import ServerSettings
    from bot.texts import Languages


class SettingUp:
    """Shows what holds in a server, and decides what is chosen. Whoever acts must manage it."""

    def __init__(self, deciding: Deciding, news: News):
        self._deciding = deciding
        self._news = news

    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Show the message. Raises MissingPermissions."""
        settings = self._deciding.memory.servers.of(managed_server(interaction))
        view = self._view(interaction, settings)
        await interaction.response.send_message(view=view, ephemeral=True)

    async def choose(
        self, interaction: discord.Interaction[Any], part: Part, values: Sequence[str]
    ) -> None:
        """Decide a part of it. Raises MissingPermissions, StorageError, and RefusedError."""
        managed_server(interaction)
        if part == "check":
            await self._check(interaction)
            return
        change = _change(part, values, self._deciding.speaking.languages)
        await interaction.response.defer()
        decision = await self._deciding.decide(interaction, change)
        view = self._view(interaction, decision.after, decision.notes)
        await interaction.edit_original_response(view=view)
        await self._deciding.log.changed(interaction, decision.before, decision.after)

    async def _check(self, interaction: discord.Interaction[Any]) -> None:
        texts = self._deciding.speaking.privately(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await diagnosed(interaction, self._news, self._deciding.memory, texts)
        await interaction.edit_original_response(view=layout(found))

    def _view(
        self,
        interaction: discord.Interaction[Any],
        settings: ServerSettings,
        notes: Sequence[str] = (),
    ) -> discord.ui.LayoutView:
        speaking = self._deciding.speaking
        publishers = self._news.publishers_for(community_of(interaction.guild_id))
        texts = speaking.privately(interaction)
        return setup_view(settings, speaking.languages, publishers, texts, notes)


_DECIDED: Mapping[Part, Callable[[Sequence[str]], Mapping[str, Any]]] = {
    "channels": lambda values: {"allowed_channel_ids": frozenset(map(int, values))},
    "publishers": lambda values: {"publishers": frozenset(values)},
    "log": lambda values: {"log_channel_id": int(values[0]) if values else None},
    "zone": lambda values: {"zone": known_zone(values[0])},
}


def _change(part: Part, values: Sequence[str], languages: Languages) -> Change:
    """Return the change that was chosen. Raises RefusedError."""
    if part == "threads":
        return lambda known: replace(known, opens_threads=not known.opens_threads)
    if part == "private":
        return lambda known: replace(known, is_private=not known.is_private)
    if part == "language":
        is_chosen = values[0] != LANGUAGE_OF_DISCORD
        language = checked_language(values[0], languages) if is_chosen else None
        return lambda known: replace(known, language=language)
    decided = _DECIDED[part](values)
    return lambda known: replace(known, **decided)


def setup(setting_up: SettingUp) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="Set me up for this server, step by step")
    @app_commands.default_permissions(manage_guild=True)
    async def setup(interaction: discord.Interaction[Any]) -> None:
        await setting_up.show(interaction)

    setup.allowed_contexts = IN_SERVERS
    setup.allowed_installs = ADDED_TO_SERVERS
    return setup
