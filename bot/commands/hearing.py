"""Which messages are for the bot, and whether they are a question or a command in plain words.

Discord hands over the text of messages that mention the bot and of direct ones; of others, in a
channel of questions or a thread of answers, only with the message content intent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
import structlog

from bot.commands.askers import server_of
from bot.commands.failures import UNSENT, told
from bot.commands.house_rules import is_free
from bot.commands.refusals import Refusals
from bot.texts import RefusedError
from bot.views.escaping import clean

if TYPE_CHECKING:
    from bot.commands.conversation import Conversation
    from bot.commands.house_rules import HouseRules
    from bot.commands.question_threads import Threading
    from bot.commands.server_log import ServerLog
    from bot.commands.speaking import Speaking
    from bot.commands.words.plain_words import PlainWords

_MENTION = re.compile(r"<(@&|@|#)!?([0-9]+)>")
_ASKING = {discord.MessageType.default, discord.MessageType.reply}
_log = structlog.stdlib.get_logger(__name__)


class Hearing:
    """Hears messages, and lets those that are for the bot be answered."""

    def __init__(
        self,
        conversation: Conversation,
        words: PlainWords,
        rules: HouseRules,
        threading: Threading,
        speaking: Speaking,
        log: ServerLog,
    ):
        self._conversation = conversation
        self._words = words
        self._rules = rules
        self._threading = threading
        self._speaking = speaking
        self._log = log
        self._refusals = Refusals()

    async def hear(self, message: discord.Message, client: discord.Client) -> None:
        """Answer a message, if it is for the client's bot; never raises what Discord refuses."""
        me = client.user
        if me is None or not (is_question(message, me) or self._is_for_its_place(message, me)):
            return
        try:
            await self._answer(message, client, me)
        except discord.Forbidden as error:
            in_thread = isinstance(message.channel, discord.Thread)
            permission = "Send Messages in Threads" if in_thread else "Send Messages"
            _log.warning(
                f"may not reply; give the bot {permission} there",
                channel=str(message.channel.id),
                reason=str(error),
            )
            if isinstance(message.channel, discord.abc.GuildChannel | discord.Thread):
                await self._log.lacking(message.channel)
        except UNSENT as error:
            _log.warning("not replied", id=str(message.id), reason=str(error))

    async def _answer(
        self, message: discord.Message, client: discord.Client, me: discord.ClientUser
    ) -> None:
        spoken = await self._words.read(message, written_text(message, me.id))
        if not (spoken and is_free(spoken.root)) and await self._is_refused(message):
            return
        if spoken is not None:
            await self._words.run(spoken, message, client, lambda text: named(text, message))
            return
        text = named(written_text(message, me.id), message)
        await self._conversation.reply(message, text, me, self._route(message, me))

    def _is_for_its_place(self, message: discord.Message, me: discord.abc.User) -> bool:
        return is_written(message) and (
            self._rules.is_question(message) or self._threading.is_follow_up(message, me)
        )

    async def _is_refused(self, message: discord.Message) -> bool:
        try:
            self._rules.check_message(message)
        except RefusedError as error:
            texts = await self._speaking.in_reply_to(message)
            await self._refusals.send(message, told(error, message.id, texts))
            return True
        return False

    def _route(self, message: discord.Message, me: discord.abc.User) -> str:
        if _is_private(message):
            return "direct message"
        return "channel" if self._is_for_its_place(message, me) else "mention"


def is_written(message: discord.Message) -> bool:
    """Whether a person has written a message, and not Discord or a program."""
    return not message.author.bot and not message.webhook_id and message.type in _ASKING


def is_question(message: discord.Message, me: discord.abc.User) -> bool:
    """Whether a person speaks to `me`, by name or in private."""
    if not is_written(message):
        return False
    return _is_private(message) or any(user.id == me.id for user in message.mentions)


def written_text(message: discord.Message, my_id: int) -> str:
    """Return the text on one line, without mentions of the bot."""

    def without_me(mention: re.Match[str]) -> str:
        return "" if (mention[1], mention[2]) == ("@", str(my_id)) else mention[0]

    return " ".join(clean(_MENTION.sub(without_me, message.content)).split())


def named(text: str, message: discord.Message) -> str:
    """Return a message's text with names for mentions."""
    names = {
        **{f"@{user.id}": user.display_name for user in message.mentions},
        **{f"@&{role.id}": role.name for role in message.role_mentions},
        **{f"#{channel.id}": channel.name for channel in message.channel_mentions},
    }

    def name(mention: re.Match[str]) -> str:
        return names.get(mention[1] + mention[2]) or " "

    return " ".join(clean(_MENTION.sub(name, text)).split())


def _is_private(message: discord.Message) -> bool:
    return server_of(message) is None
