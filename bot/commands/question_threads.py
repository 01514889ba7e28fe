"""Threads of answers: one is opened for a question, and what is written in it goes on from that.

Only where a server has decided so. Nothing here keeps an answer from being sent: where no thread
can be opened, it stands in the channel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import structlog

from bot.commands.askers import server_of
from bot.commands.failures import UNSENT
from bot.views.thread_name import thread_name
from index.errors import StorageError

if TYPE_CHECKING:
    from bot.commands.server_log import ServerLog
    from bot.storage.memory import Memory

_log = structlog.stdlib.get_logger(__name__)


class Threading:
    """Opens threads, and knows what each goes on from."""

    def __init__(self, memory: Memory, log: ServerLog):
        self._memory = memory
        self._log = log

    def is_follow_up(self, message: discord.Message, me: discord.abc.User) -> bool:
        """Whether a message goes on in a thread that was opened for a question.

        One to somebody else, whom it mentions or replies to, does not.
        """
        return (
            self._opens(message)
            and _is_of(message.channel, me.id)
            # without the intent it is empty
            and bool(message.content.strip())
            and not message.mentions
            and _is_to(message, me)
        )

    async def question_before(self, message: discord.Message) -> str | None:
        """Return the id of the last question of the thread that a message is in, if any."""
        if not self._opens(message):
            return None
        try:
            return await self._memory.threads.question_of(message.channel.id)
        except StorageError as error:
            _log.warning("thread not read", reason=str(error))
            return None

    async def open(self, message: discord.Message, question: str) -> discord.Thread | None:
        """Open a thread for a question where the server wants one; None where there is none."""
        channel, name = message.channel, thread_name(question)
        # threads hold no threads, and neither do voice channels; a forum has nothing else
        if not isinstance(channel, discord.TextChannel) or name is None or not self._opens(message):
            return None
        held = channel.permissions_for(channel.guild.me)
        # else an empty thread would be left behind
        if not (held.create_public_threads and held.send_messages_in_threads):
            await self._log.lacking_threads(channel)
            return None
        try:
            return await message.create_thread(name=name)
        except discord.Forbidden:
            await self._log.lacking_threads(channel)
        except UNSENT as error:
            _log.warning("no thread opened", channel=str(channel.id), reason=str(error))
        return None

    async def go_on(self, message: discord.Message, question_id: str) -> None:
        """Let a thread that was opened for a question go on from the one in a message."""
        channel = message.channel
        if isinstance(channel, discord.Thread) and _is_of(channel, channel.guild.me.id):
            await self.note(channel.id, question_id)

    async def note(self, thread_id: int, question_id: str) -> None:
        """Let what is written in a thread go on from a question."""
        try:
            await self._memory.threads.note(thread_id, question_id)
        except StorageError as error:
            _log.warning("thread not kept", reason=str(error))

    def _opens(self, message: discord.Message) -> bool:
        return self._memory.servers.of(server_of(message)).opens_threads


def _is_of(channel: discord.abc.MessageableChannel, my_id: int) -> bool:
    return isinstance(channel, discord.Thread) and channel.owner_id == my_id


def _is_to(message: discord.Message, me: discord.abc.User) -> bool:
    replied = message.reference.resolved if message.reference else None
    return not isinstance(replied, discord.Message) or replied.author.id == me.id
