"""Where a command may be used, and by whom, as Discord holds slash commands to it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.commands.words.recognising import root_of
from bot.texts import RefusedError, saying

if TYPE_CHECKING:
    import discord

    from bot.commands.words.vocabulary import Target


def check_permitted(target: Target, interaction: discord.Interaction) -> None:
    """Raise RefusedError or MissingPermissions where somebody may not use a command."""
    if is_for_servers(target) and interaction.guild_id is None:
        raise RefusedError(saying("That is about a server; write it in the one that you mean."))
    if missing := lacking(target, interaction.permissions):
        raise app_commands.MissingPermissions(missing)


def is_for_servers(target: Target) -> bool:
    """Whether a command is of no use outside a server."""
    contexts = root_of(target).allowed_contexts
    return contexts is not None and contexts.guild is True and not contexts.dm_channel


def lacking(target: Target, held: discord.Permissions) -> list[str]:
    """Return the permissions that Discord asks for by default, and that are not held."""
    needed = root_of(target).default_permissions
    if needed is None or held.administrator:
        return []
    return [name for name, is_needed in needed if is_needed and not getattr(held, name)]
