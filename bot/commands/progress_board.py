"""The place where a long job says how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord.utils import MISSING

from bot.commands.failures import UNSENT
from bot.views.layout import below
from bot.views.status import begun_text

if TYPE_CHECKING:
    from discord import ui

    from bot.texts import Texts
    from bot.views.message import MessageText

_log = structlog.stdlib.get_logger(__name__)


class ProgressBoard:
    """A message in the channel, since an interaction can only be edited for fifteen minutes.

    Where the bot may not write, the answer to the interaction itself is used as long as it lasts.
    """

    def __init__(self, interaction: discord.Interaction[Any]):
        self._interaction = interaction
        self._message: discord.Message | None = None

    async def open(self, text: MessageText, texts: Texts, button: ui.DynamicItem[Any]) -> None:
        """Show a first text, and the asker alone where. The interaction must be deferred.

        The button stays below it until the last text.
        """
        channel = self._interaction.channel
        if isinstance(channel, discord.abc.Messageable):
            try:
                self._message = await channel.send(text.content, view=below([button]))
            except UNSENT as error:
                _log.info("no board in this channel", reason=str(error))
        if self._message is None:
            await self._edit_interaction(text.content, view=below([button]))
        else:
            await self._edit_interaction(begun_text(self._message.jump_url, texts).content)

    async def show(self, text: MessageText) -> bool:
        """Show another text in place of the last. Returns whether anybody can see it."""
        return await self._show(text.content)

    async def close(self, text: MessageText, details: MessageText | None = None) -> None:
        """Show a last text, to the asker alone when the board is gone; `details` only to them."""
        is_shown = await self._show(text.content, view=None)
        if details is not None or not is_shown:
            await self._edit_interaction((details or text).content, view=None)

    async def _show(self, content: str, view: None = MISSING) -> bool:
        if self._message is None:
            return await self._edit_interaction(content, view)
        try:
            await self._message.edit(content=content, view=view)
        except UNSENT as error:
            _log.info("board not edited", reason=str(error))
            return False
        return True

    async def _edit_interaction(self, content: str, view: ui.View | None = MISSING) -> bool:
        try:
            await self._interaction.edit_original_response(content=content, view=view)
        except UNSENT as error:
            _log.info("interaction not edited", reason=str(error))
            return False
        return True
