"""Commands for those who manage a server: where they are offered, and who may use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import app_commands

if TYPE_CHECKING:
    import discord

# named at each command, since `guild_only` is ignored under a tree that has its own
IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
ADDED_TO_SERVERS = app_commands.AppInstallationType(guild=True, user=False)


def managed_server(interaction: discord.Interaction[Any]) -> int:
    """Return the id of the server that somebody manages.

    Raises MissingPermissions: a server may offer the command to anyone.
    """
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    return interaction.guild_id
