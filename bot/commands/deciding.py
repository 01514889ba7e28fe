"""Deciding something for a server: who may, what is said of it, who is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from bot.commands.diagnose import lacking_in
from bot.commands.managing import managed_server
from bot.commands.message_content import needs_messages
from bot.storage.servers import ServerSettings
from bot.views.diagnosis import elsewhere
from bot.views.layout import layout
from bot.views.settings import changes_told, intent_missing, settings_text

if TYPE_CHECKING:
    import discord

    from bot.commands.message_content import ReadsMessages
    from bot.commands.server_log import ServerLog
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory
    from bot.texts import Texts

Change: TypeAlias = Callable[[ServerSettings], ServerSettings]


@dataclass(frozen=True, slots=True)
class Decision:
    """How it was, how it is, and what is to be said of that, one text after the other."""

    before: ServerSettings
    after: ServerSettings
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Deciding:
    """Changes what a server has decided, and shows it to who did."""

    memory: Memory
    speaking: Speaking
    log: ServerLog

    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Show what holds."""
        settings = self.memory.servers.of(managed_server(interaction))
        await self._answer(interaction, settings, [])

    async def change(self, interaction: discord.Interaction[Any], change: Change) -> None:
        """Change it, and show what holds then. Raises StorageError."""
        managed_server(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        decision = await self.decide(interaction, change)
        await self._answer(interaction, decision.after, decision.notes)
        await self.log.changed(interaction, decision.before, decision.after)

    async def decide(self, interaction: discord.Interaction[Any], change: Change) -> Decision:
        """Change it. Raises StorageError, and MissingPermissions."""
        guild_id = managed_server(interaction)
        before, after = await self.memory.servers.change(guild_id, change)
        texts = self.speaking.privately(interaction)
        changed = changes_told(before, after, self.speaking.languages, texts)
        told = texts.say("Changed: {changes}", changes="\n".join(changed)) if changed else None
        notes = [told or texts.say("Nothing has changed: it was so already.")]
        if needs_messages(after):
            notes += reading_notes(cast("ReadsMessages", interaction.client), texts)
        question = lacking_in(interaction.guild, after.question_channel_id, texts, after)
        log = lacking_in(interaction.guild, after.log_channel_id, texts)
        notes += elsewhere(question, log, texts)
        return Decision(before, after, notes)

    async def _answer(
        self, interaction: discord.Interaction[Any], settings: ServerSettings, notes: list[str]
    ) -> None:
        texts = self.speaking.privately(interaction)
        view = layout(settings_text(settings, self.speaking.languages, texts, notes))
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


def reading_notes(client: ReadsMessages, texts: Texts) -> list[str]:
    """Begin to read the messages of channels of questions, and say what is to be said about it."""
    if client.reads_messages:
        return []
    if client.read_messages():
        return [
            texts.say(
                "I now connect to Discord anew, to be told of messages that do not mention me. "
                "Should they stay without an answer, {diagnose} tells why.",
                diagnose=texts.command("diagnose"),
            )
        ]
    return [intent_missing(texts)]
