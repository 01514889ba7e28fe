"""Brings what a command says to whoever wrote it: below their message, or to them alone.

What a slash command shows to one person goes to them as a direct message, and the channel learns no
more than that. Knows no command and no words.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord.utils import MISSING

from bot.commands.askers import server_of
from bot.commands.in_reply import reply_to
from bot.texts import RefusedError, saying
from bot.views.plain import is_for_servers_alone, plain_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts

    AnyView = discord.ui.View | discord.ui.LayoutView

_log = structlog.stdlib.get_logger(__name__)


class Delivery:
    """The answers to one message; `texts` is the language of what the channel is told."""

    def __init__(self, message: discord.Message, texts: Texts, to_settings: str):
        self._message = message
        self._texts = texts
        self._to_settings = to_settings
        self._is_private_place = server_of(message) is None
        self._is_told = False
        self.begun = asyncio.Event()
        """Set once something is sent."""

    async def send(
        self,
        *,
        alone: bool,
        content: str | None = None,
        view: AnyView | None = None,
        files: Sequence[discord.File] = (),
    ) -> discord.Message | None:
        """Send an answer; None where it is for one alone who takes no direct messages.

        Raises RefusedError for what works in a server alone, and what Discord refuses.
        """
        is_away = alone and not self._is_private_place
        if is_away and isinstance(view, discord.ui.LayoutView) and is_for_servers_alone(view):
            raise RefusedError(
                saying(
                    "That is chosen from lists which only you may see, and a message has no such; "
                    "write “{settings}”, which decides the same in words.",
                    settings=self._to_settings,
                )
            )
        self.begun.set()
        parts = _parts(content, view) | ({"files": list(files)} if files else {})
        if not is_away:
            return await reply_to(self._message, **parts)
        return await self._send_alone(parts)

    async def change(
        self,
        sent: discord.Message,
        *,
        content: str | None = None,
        view: AnyView | None = MISSING,
    ) -> None:
        """Show something else in place of what was sent; buttons stay where no view is named.

        Raises what Discord refuses.
        """
        if view is MISSING:
            await sent.edit(content=content)
        else:
            await sent.edit(**{"content": None, "view": None, **_parts(content, view)})

    async def _send_alone(self, parts: dict[str, Any]) -> discord.Message | None:
        try:
            sent = await self._message.author.send(suppress_embeds=True, **parts)
        except discord.Forbidden as error:
            _log.info("answer not told", id=str(self._message.id), reason=str(error))
            sent = None
        if not self._is_told:
            self._is_told = True
            told = self._sent() if sent is not None else self._closed()
            await reply_to(self._message, content=told)
        return sent

    def _sent(self) -> str:
        return self._texts.say("That is for you alone: I have sent it to you by direct message.")

    def _closed(self) -> str:
        return self._texts.say(
            "What I have to say to that is for you alone, and Discord does not let me write to "
            "you; what could be done is done, and to be told so, allow direct messages in the "
            "privacy settings of this server."
        )


def _parts(content: str | None, view: AnyView | None) -> dict[str, Any]:
    if view is None:
        return {"content": content}
    if isinstance(view, discord.ui.View):
        return {"content": content, "view": view}
    plain = plain_content(view)
    if plain is None:
        return {"view": view}
    below = plain.view
    return {"content": plain.content} | ({"view": below} if below else {})
