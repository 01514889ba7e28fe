"""One connection to Discord, from its start to its end.

discord.py raises many kinds of errors; `endings` says what each means. One that it does not know
is a mistake of ours while the client is being set up, and a broken connection afterwards.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.client.discord_log import told_as_routine
from bot.client.endings import interruption, reason, refusal
from bot.client.errors import DisconnectedError
from index.errors import PullquoteError

if TYPE_CHECKING:
    from bot.client.pullquote_client import PullquoteClient

_log = structlog.stdlib.get_logger(__name__)

_ENDING_SECONDS = 1.0


async def connect(client: PullquoteClient, token: str) -> None:
    """Connect and stay connected until the client is closed or this task is cancelled.

    Raises StartError when trying again is of no use, DisconnectedError when it may be.
    """
    try:
        with told_as_routine(client.is_closed):
            async with client:
                await _start(client, token)
    except PullquoteError:
        raise
    except Exception as error:
        known = refusal(error) or interruption(error)
        if known is None and not client.is_set_up:
            raise
        if known is None:
            # discord.py may end with an AttributeError when a connection to the gateway fails, and
            # with whatever went wrong when it cannot read an event
            _log.exception("the connection ended unexpectedly")
            known = DisconnectedError(f"The connection broke ({reason(error)}).")
        raise known from error


async def _start(client: PullquoteClient, token: str) -> None:
    """Start, and close when cancelled.

    Closed first, then cancelled: while discord.py makes a connection anew it swallows the
    cancellation, and only a client that is closed makes it give up.
    """
    task = asyncio.create_task(client.start(token))
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        await client.close()
        task.cancel()
        await asyncio.wait({task}, timeout=_ENDING_SECONDS)
        if task.done() and not task.cancelled() and (error := task.exception()):
            _log.debug("ended while being stopped", reason=reason(error))
        raise
    await task
