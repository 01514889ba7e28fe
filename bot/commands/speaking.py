"""In which language somebody is answered.

What one person alone sees is in their own language, what a whole server sees in the server's: the
one that was chosen for it, else that of its settings in Discord. English where neither is spoken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from index.errors import StorageError

if TYPE_CHECKING:
    import discord

    from bot.texts import Languages, Texts

_log = structlog.stdlib.get_logger(__name__)


class ChosenLanguages(Protocol):
    """The languages that servers have chosen."""

    async def of(self, guild_id: int) -> str | None:
        """Return a server's language as a Discord locale, None where none was chosen.

        Raises StorageError.
        """
        ...


@dataclass(frozen=True, slots=True)
class Speaking:
    """Finds the language for whoever reads an answer."""

    languages: Languages
    chosen: ChosenLanguages

    def privately(self, interaction: discord.Interaction[Any]) -> Texts:
        """Return the language of who acts: for ephemeral answers, errors and modals."""
        return self.languages.best(str(interaction.locale))

    async def publicly(self, interaction: discord.Interaction[Any]) -> Texts:
        """Return the language of all who see it; that of who acts where there is no server."""
        if interaction.guild_id is None:
            return self.privately(interaction)
        locale = interaction.guild_locale
        return await self._of_guild(interaction.guild_id, str(locale) if locale else None)

    async def to(self, interaction: discord.Interaction[Any], *, private: bool) -> Texts:
        """Return the language of an answer that is seen by one person or by all."""
        return self.privately(interaction) if private else await self.publicly(interaction)

    async def in_server(self, guild: discord.Guild) -> Texts:
        """Return the language of a server, for what nobody has asked for."""
        return await self._of_guild(guild.id, str(guild.preferred_locale))

    async def in_reply_to(self, message: discord.Message) -> Texts:
        """Return the language of a reply; Discord does not say which one a message's author has."""
        if message.guild is None:
            return self.languages.english
        return await self.in_server(message.guild)

    async def _of_guild(self, guild_id: int, locale: str | None) -> Texts:
        try:
            chosen = await self.chosen.of(guild_id)
        except StorageError as error:
            # an answer in another language is better than none
            _log.warning("language of a server not read", reason=str(error))
            chosen = None
        return self.languages.best(chosen, locale)
