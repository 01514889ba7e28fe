"""Refusing a message in private: a reply would be read by all, so its author is written to.

Nobody is told the same more than once an hour, however often they ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.commands.failures import UNSENT
from bot.commands.lately import SaidLately

if TYPE_CHECKING:
    import discord

_log = structlog.stdlib.get_logger(__name__)


class Refusals:
    """Tells people why they are not answered."""

    def __init__(self) -> None:
        self._lately = SaidLately()

    async def send(self, message: discord.Message, text: str) -> None:
        """Write to a message's author, unless they have just been told so."""
        if not self._lately.is_new((message.author.id, text)):
            return
        try:
            await message.author.send(text)
        except UNSENT as error:
            # most likely they take no direct messages: there is no private way left
            _log.info("refusal not told", id=str(message.id), reason=str(error))
