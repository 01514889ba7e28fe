"""The Discord client: what it listens to and what it registers.

Knows neither settings nor how its parts were made.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
import structlog

from bot.client.acknowledging import Acknowledging
from bot.client.background import Background, Paces, jobs
from bot.client.errors import DisconnectedError
from bot.client.membership import Membership
from bot.client.pressed import COMPONENTS, Pressed
from bot.client.standing import Shards, Standing
from bot.commands.at_work import AtWork
from bot.commands.catalogue import commands
from bot.commands.conversation import Conversation
from bot.commands.cooldown import Uncounted
from bot.commands.deciding import Deciding
from bot.commands.hearing import Hearing
from bot.commands.house_limits import HouseLimits
from bot.commands.house_rules import HouseRules
from bot.commands.leaving import Leaving
from bot.commands.long_jobs import LongJobs
from bot.commands.pressing import Pressing
from bot.commands.question_threads import Threading
from bot.commands.reindex import EDIT_SECONDS
from bot.commands.replying import Replying
from bot.commands.server_log import ServerLog
from bot.commands.setup import SettingUp
from bot.commands.syncing import sync_or_go_on
from bot.commands.translating import CommandTranslator
from bot.commands.tree import Tree
from bot.commands.words.plain_words import PlainWords

if TYPE_CHECKING:
    from discord import app_commands

    from bot.commands.catalogue import Parts

_log = structlog.stdlib.get_logger(__name__)

_LONGEST_RATE_LIMIT_SECONDS = 60.0
_GUILD_READY_SECONDS = 2.0
# whoever stops the bot waits ten seconds before they pull the plug
_RUN_END_SECONDS = 0.5
_LAST_WORDS_SECONDS = 3.0
_HANG_UP_SECONDS = 1.0  # at most twice, which makes it six in all


class PullquoteClient(discord.AutoShardedClient):
    """One connection's worth of bot; a new one is made for every attempt to connect."""

    def __init__(
        self,
        parts: Parts,
        *,
        guild_ready_timeout: float = _GUILD_READY_SECONDS,
        edit_seconds: float = EDIT_SECONDS,
        paces: Paces | None = None,
    ):
        self._acknowledging = Acknowledging(parts.measures.acknowledged)
        super().__init__(
            http_trace=self._acknowledging.trace(),
            intents=_intents(parts),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT_SECONDS,
            guild_ready_timeout=guild_ready_timeout,
        )
        self._at_work = AtWork()
        self._speaking = parts.speaking
        self._leaving = Leaving(parts.memory.servers, parts.left_days, parts.clock, parts.feeds)
        self._membership = Membership(self._leaving, self._at_work)
        self._rules = HouseRules(parts.memory.servers)
        self._limits = HouseLimits(parts.memory.servers)
        self._log = ServerLog(self, parts.memory.servers, parts.speaking)
        self._deciding = Deciding(parts.memory, parts.speaking, self._log)
        self._setting_up = SettingUp(self._deciding, parts.news)
        self.tree = Tree(
            self, self._at_work, self._speaking, parts.measures, self._rules, self._limits
        )
        self.is_set_up = False
        self._paces = paces or Paces()
        self._background = Background()
        self.was_ready = False
        self.is_to_reconnect = False
        self._reconnecting: asyncio.Task[None] | None = None
        self._shards = Shards()
        for told in (*self._shards.listeners(), *self._membership.listeners()):
            self.event(told)
        self._parts = parts
        self._jobs = LongJobs.of(parts, edit_seconds)
        replying = Replying(parts.answers, parts.memory, parts.clock)
        pressing = Pressing(parts, self._at_work, self._rules, self._limits)
        self.pressed = Pressed(parts, pressing, replying, self._setting_up, self._jobs.cancelling)
        self._hearing = self._listening(replying)

    def _listening(self, replying: Replying) -> Hearing:
        """Return what hears messages, and does what they say in plain words."""
        parts, limits, measures = self._parts, self._limits, self._parts.measures
        threading = Threading(parts.memory, self._log)
        uncounted = replace(parts, cooldown=Uncounted())
        every = commands(uncounted, self._jobs, self._deciding, self._setting_up)
        words = PlainWords(every, self._speaking, parts.cooldown, limits, measures)
        conversation = Conversation(
            replying, parts.cooldown, self._speaking, measures, limits, threading
        )
        return Hearing(conversation, words, self._rules, threading, self._speaking, self._log)

    async def setup_hook(self) -> None:
        """Register everything, once a connection; `on_ready` may come many times."""
        await self.tree.set_translator(CommandTranslator(self._speaking.languages))
        for command in commands(self._parts, self._jobs, self._deciding, self._setting_up):
            self.tree.add_command(command)
        self.add_dynamic_items(*COMPONENTS)
        if self.application_id is None:
            raise DisconnectedError("Discord did not say which application this is.")
        await sync_or_go_on(self.tree, self._parts.memory.command_hashes, self.application_id)
        for job in jobs(self, self._parts, self._leaving, self._log, self._paces):
            self._background.start(job)
        self.is_set_up = True

    async def close(self) -> None:
        """Stop an index run, let whoever asked have their answer, then close the connection.

        Takes six seconds at most, whatever Discord does.
        """
        self._membership.end()
        # what alerts have noted tells the next start how to go on; files are closed only after them
        await asyncio.gather(
            self._jobs.stop(_RUN_END_SECONDS), self._background.stop(_RUN_END_SECONDS)
        )
        await self._at_work.finish(_LAST_WORDS_SECONDS)
        hanging_up = asyncio.create_task(super().close())
        await asyncio.wait({hanging_up}, timeout=_HANG_UP_SECONDS)
        if not hanging_up.done():
            # Discord does not answer the goodbye; without the session its connections end too
            await self.http.close()
            await asyncio.wait({hanging_up}, timeout=_HANG_UP_SECONDS)
        if hanging_up.done():
            await hanging_up

    @property
    def reads_messages(self) -> bool:
        """Whether it is told of what is written in messages that do not mention it."""
        return self.intents.message_content

    def read_messages(self) -> bool:
        """Connect anew, once whoever asked has their answer, to be told of it from then on.

        Returns False where that would be of no use.
        """
        content = self._parts.content
        if self.reads_messages or self.is_to_reconnect:
            return True
        if content.is_forbidden or not content.try_again():
            return False
        self.is_to_reconnect = True
        self._reconnecting = asyncio.create_task(self.close())
        return True

    def give_up_messages(self) -> bool:
        """Ask for no privileged intent any more. Returns whether it was asked for at all."""
        if self.reads_messages:
            self._parts.content.refuse()
        return self.reads_messages

    def standing(self) -> Standing:
        """Return how the connection stands."""
        return Standing(
            is_connected=self.is_ready() and not self.is_closed() and self._shards.are_all_there,
            latency_seconds=self.latency,
            server_count=len(self.guilds),
            silence_seconds=self._shards.silence_seconds,
        )

    async def on_ready(self) -> None:
        """Say so in the log, and note where the bot is, since it may have missed some of it."""
        self.was_ready = True
        await self._membership.reconcile(self.guilds)
        _log.info("ready", user=str(self.user), servers=len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Reply to questions, and do what is said in plain words."""
        self._at_work.join()
        await self._hearing.hear(message, self)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer clicks that nothing listens to any more; Discord would show them as failed."""
        self._acknowledging.heard(interaction.id)
        await self.pressed.hear(interaction)

    async def on_app_command_completion(
        self,
        interaction: discord.Interaction[Any],
        _command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    ) -> None:
        """Log what was done; failures are logged by the tree."""
        self.tree.finished(interaction)


def _intents(parts: Parts) -> discord.Intents:
    intents = discord.Intents.default()
    intents.message_content = parts.content.asks(parts.memory.servers)
    return intents
