"""Answers to questions that are messages, which are those that `/ask` gives.

They are plain content, which is what notifications and screen readers read out. Where a server
wants it, an answer stands in a thread. Knows not which messages are questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.commands.askers import author_of
from bot.commands.cooldown import CooldownError
from bot.commands.failures import told
from bot.commands.follow_up import followed_question
from bot.commands.in_reply import reply_to
from bot.commands.outcomes import recorded
from bot.commands.replying import Reply
from bot.commands.typing_if_slow import typing_if_slow
from bot.views.layout import below
from bot.views.message import MessageText

if TYPE_CHECKING:
    from bot.commands.cooldown import Cooldown
    from bot.commands.house_limits import HouseLimits
    from bot.commands.measures import Measures
    from bot.commands.question_threads import Threading
    from bot.commands.replying import Replying
    from bot.commands.speaking import Speaking
    from bot.texts import Texts


class Conversation:
    """Replies to questions."""

    def __init__(
        self,
        replying: Replying,
        cooldown: Cooldown,
        speaking: Speaking,
        measures: Measures,
        limits: HouseLimits,
        threading: Threading,
    ):
        self._replying = replying
        self._speaking = speaking
        self._cooldown = cooldown
        self._measures = measures
        self._limits = limits
        self._threading = threading

    async def reply(
        self, message: discord.Message, text: str, me: discord.abc.User, route: str
    ) -> None:
        """Answer a question, or say why not. Raises what Discord refuses."""
        after = followed_question(message, me.id)
        after = after or await self._threading.question_before(message)
        await self._reply(message, text, after, route)

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
                    reply = await typing_if_slow(message.channel, replying)
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
        "say, word for word. There are also {ask}, {search} and {status}; write {help} for all "
        "that I understand in plain words.",
        help=f"“{texts.say('help')}”",
        ask=texts.command("ask"),
        search=texts.command("search"),
        status=texts.command("status"),
    )


def _plain(text: str) -> Reply:
    return Reply(MessageText((text,)))


async def _send(message: discord.Message, reply: Reply) -> None:
    buttons: dict[str, Any] = {"view": below(reply.buttons)} if reply.buttons else {}
    await reply_to(message, content=reply.text.content, **buttons)
