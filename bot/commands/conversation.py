"""Questions without a command: a mention in a channel, or any message in a direct conversation.

Discord hands over the text of both without the message content intent. The answer is the one that
`/ask` gives, as plain content, which is what notifications and screen readers read out.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

import discord
import structlog

from bot.commands.cooldown import CooldownError
from bot.commands.failures import UNSENT, told
from bot.commands.outcomes import recorded
from bot.commands.replying import Reply
from bot.views.escaping import clean
from bot.views.layout import below
from bot.views.message import MessageText

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.commands.cooldown import Cooldown
    from bot.commands.replying import Replying

USAGE = (
    "Mention me together with a question about the news, and I answer with what the articles say, "
    "word for word. There are also /ask, /search and /status."
)
TYPING_AFTER_SECONDS = 0.7
_MENTION = re.compile(r"<(@&|@|#)!?([0-9]+)>")
_ASKING = {discord.MessageType.default, discord.MessageType.reply}
_log = structlog.stdlib.get_logger(__name__)


class Conversation:
    """Hears messages and replies to questions."""

    def __init__(self, replying: Replying, cooldown: Cooldown):
        self._replying = replying
        self._cooldown = cooldown

    async def hear(self, message: discord.Message, me: discord.abc.User) -> None:
        """Reply to a message, if it is a question to `me`; never raises what Discord refuses."""
        if not is_question(message, me):
            return
        try:
            await self._reply(message, asked_text(message, me.id))
        except discord.Forbidden as error:
            in_thread = isinstance(message.channel, discord.Thread)
            permission = "Send Messages in Threads" if in_thread else "Send Messages"
            _log.warning(
                f"may not reply; give the bot {permission} there",
                channel=str(message.channel.id),
                reason=str(error),
            )
        except UNSENT as error:
            _log.warning("not replied", id=str(message.id), reason=str(error))

    async def _reply(self, message: discord.Message, text: str) -> None:
        route = "direct message" if _is_private(message) else "mention"
        try:
            with recorded(route, message.id) as outcome:
                self._cooldown.take(message.author.id)
                if text:
                    replying = self._replying.reply_to(text, outcome)
                    reply = await _typing_if_slow(message.channel, replying)
                else:
                    outcome.name, reply = "usage", _plain(USAGE)
        except CooldownError as error:
            if not error.is_first:
                return
            reply = _plain(told(error, message.id))
        except Exception as error:  # noqa: BLE001 (whatever it is, the person gets an answer)
            reply = _plain(told(error, message.id))
        await _send(message, reply)


def is_question(message: discord.Message, me: discord.abc.User) -> bool:
    """Whether a person speaks to `me`, by name or in private."""
    if message.author.bot or message.webhook_id or message.type not in _ASKING:
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
    # a server that is not known yet has no `guild`, but its channels know their server's id
    return message.guild is None and getattr(message.channel, "guild_id", None) is None


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
