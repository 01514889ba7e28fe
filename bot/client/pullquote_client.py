"""The Discord client: what it listens to and what it registers.

Knows neither settings nor how its parts were made.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING, Any

import discord
import structlog

from bot.client.errors import DisconnectedError
from bot.commands.at_work import AtWork
from bot.commands.catalogue import commands
from bot.commands.conversation import Conversation
from bot.commands.failures import tell, told
from bot.commands.outcomes import recorded
from bot.commands.reindex import EDIT_SECONDS, Reindexing
from bot.commands.replying import Replying
from bot.commands.search import turn_page
from bot.commands.syncing import sync_or_go_on
from bot.commands.tree import Tree, finished
from bot.commands.why import show_why
from bot.views.paging import PageButton
from bot.views.why_button import WhyButton

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from discord import app_commands

    from bot.commands.catalogue import Parts
    from bot.views.paging import PageTurn

_log = structlog.stdlib.get_logger(__name__)

_LONGEST_RATE_LIMIT_SECONDS = 60.0
_GUILD_READY_SECONDS = 2.0
# whoever stops the bot waits ten seconds before they pull the plug
_RUN_END_SECONDS = 0.5
_LAST_WORDS_SECONDS = 3.0
_HANG_UP_SECONDS = 1.0  # at most twice, which makes it six in all
_BUTTONS = (PageButton, WhyButton)
_OLD_BUTTON = "This button is from an older version; ask again."


class PullquoteClient(discord.AutoShardedClient):
    """One connection's worth of bot; a new one is made for every attempt to connect."""

    def __init__(
        self,
        parts: Parts,
        *,
        guild_ready_timeout: float = _GUILD_READY_SECONDS,
        edit_seconds: float = EDIT_SECONDS,
    ):
        super().__init__(
            intents=discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT_SECONDS,
            guild_ready_timeout=guild_ready_timeout,
        )
        self._at_work = AtWork()
        self.tree = Tree(self, self._at_work)
        self.is_set_up = False
        self.was_ready = False
        self._parts = parts
        self._reindexing = Reindexing(parts.news, edit_seconds)
        replying = Replying(parts.answers, parts.memory.questions, parts.clock)
        self._conversation = Conversation(replying, parts.cooldown)

    async def setup_hook(self) -> None:
        """Register everything, once a connection; `on_ready` may come many times."""
        for command in commands(self._parts, self._reindexing):
            self.tree.add_command(command)
        self.add_dynamic_items(*_BUTTONS)
        if self.application_id is None:
            raise DisconnectedError("Discord did not say which application this is.")
        await sync_or_go_on(self.tree, self._parts.memory.command_hashes, self.application_id)
        self.is_set_up = True

    async def close(self) -> None:
        """Stop an index run, let whoever asked have their answer, then close the connection.

        Takes six seconds at most, whatever Discord does.
        """
        await self._reindexing.stop(_RUN_END_SECONDS)
        await self._at_work.finish(_LAST_WORDS_SECONDS)
        hanging_up = asyncio.create_task(super().close())
        await asyncio.wait({hanging_up}, timeout=_HANG_UP_SECONDS)
        if not hanging_up.done():
            # Discord does not answer the goodbye; without the session its connections end too
            await self.http.close()
            await asyncio.wait({hanging_up}, timeout=_HANG_UP_SECONDS)
        if hanging_up.done():
            await hanging_up

    async def turn_page(self, interaction: discord.Interaction[Any], turn: PageTurn) -> None:
        """Show another page of a search, or say why not."""
        parts = self._parts
        searches, now = parts.memory.searches, parts.clock()
        await self._press(
            "page", interaction, turn_page(interaction, turn, parts.news, searches, now)
        )

    async def tell_why(self, interaction: discord.Interaction[Any], question_id: str) -> None:
        """Show why a question was answered as it was, or say why not."""
        parts = self._parts
        questions, now = parts.memory.questions, parts.clock()
        telling = show_why(interaction, question_id, parts.answers, questions, now)
        await self._press("why", interaction, telling)

    async def _press(
        self, name: str, interaction: discord.Interaction[Any], doing: Coroutine[Any, Any, None]
    ) -> None:
        """Do what a button is for, unless it is pressed too often."""
        self._at_work.join()
        try:
            with recorded(name, interaction.id), closing(doing):
                self._parts.cooldown.take(interaction.user.id)
                await doing
        except Exception as error:  # noqa: BLE001 (discord.py would only log it)
            await tell(interaction, told(error, interaction.id))

    async def on_ready(self) -> None:
        """Say so in the log."""
        self.was_ready = True
        _log.info("ready", user=str(self.user), servers=len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Reply to questions."""
        self._at_work.join()
        if self.user is not None:
            await self._conversation.hear(message, self.user)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer clicks that nothing listens to any more; Discord would show them as failed."""
        listened_to = {discord.InteractionType.component, discord.InteractionType.modal_submit}
        if interaction.type not in listened_to:
            return
        pressed: Mapping[str, Any] = interaction.data or {}
        custom_id = str(pressed.get("custom_id", ""))
        templates = (button.__discord_ui_compiled_template__ for button in _BUTTONS)
        if not any(template.fullmatch(custom_id) for template in templates):
            await tell(interaction, _OLD_BUTTON)

    async def on_app_command_completion(
        self,
        interaction: discord.Interaction[Any],
        _command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    ) -> None:
        """Log what was done; failures are logged by the tree."""
        finished(interaction)
