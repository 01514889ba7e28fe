"""Questions without a command: a mention, or any message in private or in a channel of questions.

Where a server wants it, the answer stands in a thread, in which every message is a question, too.
Discord hands over the text of all but those two without the message content intent. The answer is
the one that `/ask` gives, as plain content, which is what notifications and screen readers read
out.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

import discord
import structlog

from bot.commands.askers import author_of, server_of
from bot.commands.cooldown import CooldownError
from bot.commands.failures import UNSENT, told
from bot.commands.follow_up import followed_question
from bot.commands.outcomes import recorded
from bot.commands.refusals import Refusals
from bot.commands.replying import Reply
from bot.texts import RefusedError
from bot.views.escaping import clean
from bot.views.layout import below
from bot.views.message import MessageText

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.commands.cooldown import Cooldown
    from bot.commands.house_limits import HouseLimits
    from bot.commands.house_rules import HouseRules
    from bot.commands.measures import Measures
    from bot.commands.question_threads import Threading
    from bot.commands.replying import Replying
    from bot.commands.server_log import ServerLog
    from bot.commands.speaking import Speaking
    from bot.texts import Texts

TYPING_AFTER_SECONDS = 0.7
_MENTION = re.compile(r"<(@&|@|#)!?([0-9]+)>")
_ASKING = {discord.MessageType.default, discord.MessageType.reply}
_log = structlog.stdlib.get_logger(__name__)


class Conversation:
    """Hears messages and replies to questions."""

    def __init__(
        self,
        replying: Replying,
        cooldown: Cooldown,
        speaking: Speaking,
        measures: Measures,
        rules: HouseRules,
        limits: HouseLimits,
        log: ServerLog,
        threading: Threading,
    ):
        self._replying = replying
        self._speaking = speaking
        self._cooldown = cooldown
        self._measures = measures
        self._rules = rules
        self._limits = limits
        self._log = log
        self._threading = threading
        self._refusals = Refusals()

    async def hear(self, message: discord.Message, me: discord.abc.User) -> None:
        """Reply to a message, if it is a question to `me`; never raises what Discord refuses."""
        if not (is_question(message, me) or self._is_for_its_place(message, me)):
            return
        try:
            if not await self._is_refused(message):
                after = followed_question(message, me.id)
                after = after or await self._threading.question_before(message)
                text = asked_text(message, me.id)
                await self._reply(message, text, after, self._route(message, me))
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

    async def _reply(
        self, message: discord.Message, text: str, after: str | None, route: str
    ) -> None:
        texts = await self._speaking.in_reply_to(message)
        try:
            with recorded(route, message.id, self._measures) as outcome:
                self._cooldown.take(message.author.id)
                self._limits.take(author_of(message))
                if text:
                    replying = self._replying.reply_to(
                        text, texts, author_of(message), outcome, after=after
                    )
                    reply = await _typing_if_slow(message.channel, replying)
                else:
                    outcome.name, reply = "usage", _plain(usage(texts))
        except CooldownError as error:
            if not error.is_first:
                return
            reply = _plain(told(error, message.id, texts))
        except Exception as error:  # noqa: BLE001 (whatever it is, the person gets an answer)
            reply = _plain(told(error, message.id, texts))
        await self._send(message, text, reply)

    async def _send(self, message: discord.Message, text: str, reply: Reply) -> None:
        """Send a reply; an answer to a thread, where one is to be, and what is not to its place."""
        if not reply.buttons:
            await _send(message, reply)
            return
        question_id = reply.buttons[0].question_id
        thread = await self._threading.open(message, text)
        if thread is None:
            await self._threading.go_on(message, question_id)
            await _send(message, reply)
            return
        # before it is there to be gone on from
        await self._threading.note(thread.id, question_id)
        try:
            await thread.send(reply.text.content, suppress_embeds=True, view=below(reply.buttons))
        except discord.Forbidden:
            await _send(message, reply)


def usage(texts: Texts) -> str:
    """Say how to ask, to whoever mentions the bot and nothing else."""
    return texts.say(
        "Mention me together with a question about the news, and I answer with what the articles "
        "say, word for word. There are also {ask}, {search} and {status}.",
        ask=texts.command("ask"),
        search=texts.command("search"),
        status=texts.command("status"),
    )


def is_written(message: discord.Message) -> bool:
    """Whether a person has written a message, and not Discord or a program."""
    return not message.author.bot and not message.webhook_id and message.type in _ASKING


def is_question(message: discord.Message, me: discord.abc.User) -> bool:
    """Whether a person speaks to `me`, by name or in private."""
    if not is_written(message):
        return False
    return _is_private(message) or any(user.id == me.id for user in message.mentions)


def asked_text(message: discord.Message, my_id: int) -> str:
    """Return the text without mentions of the bot, and with names for all others."""
    names = {
        **{f"@{user.id}": user.display_name for user in message.mentions},
        **{f"@&{role.id}": role.name for role in message.role_mentions},
        **{f"#{channel.id}": channel.name for channel in message.channel_mentions},
        f"@{my_id}": "",
    }

    def named(mention: re.Match[str]) -> str:
        return names.get(mention[1] + mention[2]) or " "

    return " ".join(clean(_MENTION.sub(named, message.content)).split())


def _is_private(message: discord.Message) -> bool:
    return server_of(message) is None


def _plain(text: str) -> Reply:
    return Reply(MessageText((text,)))


async def _send(message: discord.Message, reply: Reply) -> None:
    content = reply.text.content
    buttons: dict[str, Any] = {"view": below(reply.buttons)} if reply.buttons else {}
    try:
        await message.channel.send(
            content,
            reference=message.to_reference(fail_if_not_exists=False),
            mention_author=False,
            suppress_embeds=True,
            **buttons,
        )
    except discord.Forbidden:
        # most likely it may write but not read what was written: then it cannot point at it
        await message.channel.send(content, suppress_embeds=True, **buttons)


async def _typing_if_slow(
    channel: discord.abc.Messageable, answering: Coroutine[Any, Any, Reply]
) -> Reply:
    task = asyncio.ensure_future(answering)
    try:
        await asyncio.wait({task}, timeout=TYPING_AFTER_SECONDS)
        if not task.done():
            with contextlib.suppress(*UNSENT):  # a courtesy; the answer counts
                async with channel.typing():
                    await asyncio.wait({task})
        return await task
    finally:
        task.cancel()
