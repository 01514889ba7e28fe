"""Names and descriptions of commands in every language, for Discord to show.

discord.py hands over each that is written at a command, an option or a group by itself; a choice's
must be written `app_commands.locale_str("…")`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import app_commands

from bot.texts.texts import COMMAND_NAME

if TYPE_CHECKING:
    import discord

    from bot.texts import Languages

_Location = app_commands.TranslationContextLocation
CONTEXTS = {
    _Location.command_name: COMMAND_NAME,
    _Location.group_name: COMMAND_NAME,
    _Location.parameter_name: "option name",
    _Location.choice_name: "choice",
    _Location.command_description: "description",
    _Location.group_description: "description",
    _Location.parameter_description: "description",
}
"""What the catalogue calls the places where Discord shows a text."""


class CommandTranslator(app_commands.Translator):
    """Looks up names and descriptions; English ones stand for any other language."""

    def __init__(self, languages: Languages):
        self._languages = languages

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """Return the text in the language of a locale, None for English and what is not spoken."""
        texts = self._languages.find(locale.value)
        if texts is None or texts is self._languages.english:
            return None
        return texts.localised(string.message, CONTEXTS[context.location])
