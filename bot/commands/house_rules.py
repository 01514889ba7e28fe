"""Who may ask where: what those who run a server have decided, for every way of asking.

Knows not how it is told: a refusal is an error, and whoever catches it says it to one person alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.commands.askers import server_of
from bot.texts import RefusedError, saying

if TYPE_CHECKING:
    from bot.storage.servers import Servers, ServerSettings

_NAMED_COUNT = 3


def is_free(command: str | None) -> bool:
    """Whether a command asks nothing: of whoever runs a server, or what is everybody's right."""
    return command in {"setup", "settings", "diagnose", "reindex", "privacy", "feeds", "index"}


class HouseRules:
    """The rules of every server."""

    def __init__(self, servers: Servers):
        self._servers = servers

    def is_question(self, message: discord.Message) -> bool:
        """Whether a message is one for where it stands."""
        questions = self._servers.of(server_of(message)).question_channel_id
        # without the intent it is empty
        return message.channel.id == questions and bool(message.content.strip())

    def check_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Raise RefusedError where a person may not ask there."""
        self._check(interaction.guild_id, interaction.guild, interaction.user, interaction.channel)

    def check_message(self, message: discord.Message) -> None:
        """Raise RefusedError where its author may not ask there."""
        self._check(server_of(message), message.guild, message.author, message.channel)

    def _check(
        self,
        guild_id: int | None,
        guild: discord.Guild | None,
        person: discord.abc.User,
        channel: Any,
    ) -> None:
        settings = self._servers.of(guild_id)
        if person.id in settings.blocked_user_ids:
            raise RefusedError(
                saying(
                    "Those who run this server have asked me not to answer you there; please turn "
                    "to them. You can still ask me in a direct message."
                )
            )
        if settings.allows(getattr(channel, "id", None), getattr(channel, "parent_id", None)):
            return
        names = _names(guild, settings, person)
        if names:
            raise RefusedError(
                saying(
                    "I may not be asked in this channel; ask in {channels}, or write to me "
                    "directly.",
                    channels=", ".join(names),
                )
            )
        raise RefusedError(
            saying("I may not be asked in this channel; ask in another, or write to me directly.")
        )


def _names(
    guild: discord.Guild | None, settings: ServerSettings, person: discord.abc.User
) -> list[str]:
    """Name some channels where a person may ask; none that they do not see."""
    if guild is None or not isinstance(person, discord.Member):
        return []
    channels = [guild.get_channel(each) for each in sorted(settings.allowed_channel_ids)]
    seen = [each for each in channels if each and each.permissions_for(person).view_channel]
    return [f"#{each.name}" for each in seen[:_NAMED_COUNT]]
