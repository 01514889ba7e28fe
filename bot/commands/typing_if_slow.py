"""Discord's "is typing", for whoever waits long for an answer to a message."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

from bot.commands.failures import UNSENT

if TYPE_CHECKING:
    from collections.abc import Coroutine

    import discord

AFTER_SECONDS = 0.7

T = TypeVar("T")


async def typing_if_slow(
    channel: discord.abc.Messageable,
    answering: Coroutine[Any, Any, T],
    begun: asyncio.Event | None = None,
) -> T:
    """Return what is answered; shown is "is typing" until then, or until something has `begun`."""
    task = asyncio.ensure_future(answering)
    waiting: set[asyncio.Future[Any]] = {task}
    if begun is not None:
        waiting.add(asyncio.ensure_future(begun.wait()))
    try:
        await asyncio.wait(waiting, timeout=AFTER_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not any(each.done() for each in waiting):
            with contextlib.suppress(*UNSENT):  # a courtesy; the answer counts
                async with channel.typing():
                    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        return await task
    finally:
        for each in waiting:
            each.cancel()
