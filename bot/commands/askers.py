"""Who asks, as it is kept with what they asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.storage.keeping import Asker

if TYPE_CHECKING:
    import discord


def asker_of(interaction: discord.Interaction[Any]) -> Asker:
    """Return who acts, and in which server; none where that has not added the bot itself."""
    server_id = interaction.guild_id if interaction.is_guild_integration() else None
    return Asker(interaction.user.id, server_id)


def author_of(message: discord.Message) -> Asker:
    """Return who wrote a message, and in which server."""
    return Asker(message.author.id, server_of(message))


def server_of(message: discord.Message) -> int | None:
    """Return the id of a message's server, None for a direct conversation."""
    # a server that is not known yet has no `guild`, but its channels know their server's id
    return message.guild.id if message.guild else getattr(message.channel, "guild_id", None)


def community_of(server_id: int | None) -> str | None:
    """Return by which name the index knows a server; None where everybody's news alone is seen."""
    return None if server_id is None else str(server_id)


def reader_of(interaction: discord.Interaction[Any]) -> str | None:
    """Return whose news is seen where somebody acts: the server's, if it has added the bot."""
    return community_of(asker_of(interaction).server_id)
