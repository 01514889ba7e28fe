"""One connection to Discord, from its start to its end, and what its end means.

discord.py raises many kinds of errors; here each becomes one that is worth another attempt, one
that is not, or a mistake of ours, which is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.client.errors import DisconnectedError, StartError
from index.errors import PullquoteError

if TYPE_CHECKING:
    from bot.client.pullquote_client import PullquoteClient

_log = structlog.stdlib.get_logger(__name__)

_AUTHENTICATION_FAILED = 4004
_SERVER_ERROR = 500
_TOO_MANY_REQUESTS = 429
_PORTAL = "https://discord.com/developers/applications"


async def connect(client: PullquoteClient, token: str) -> None:
    """Connect and stay connected until the client is closed or this task is cancelled.

    Raises StartError when trying again is of no use, DisconnectedError when it may be.
    """
    try:
        async with client:
            await client.start(token)
    except PullquoteError:
        raise
    except Exception as error:
        known = _refusal(error) or _interruption(error)
        if known is None and not client.is_set_up:
            raise
        if known is None:
            # discord.py may end with an AttributeError when a connection to the gateway fails, and
            # with whatever went wrong when it cannot read an event
            _log.exception("the connection ended unexpectedly")
            known = DisconnectedError(f"The connection broke ({_reason(error)}).")
        raise known from error


def _refusal(error: Exception) -> StartError | None:
    if isinstance(error, discord.LoginFailure) or _close_code(error) == _AUTHENTICATION_FAILED:
        return StartError(
            "Discord does not know this token; copy the bot's token again, or reset it, on the "
            f"Bot page at {_PORTAL}, and put it into DISCORD_TOKEN."
        )
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return StartError(
            "Discord does not allow this bot the intents it asks for; on the Bot page at "
            f"{_PORTAL}, switch on the privileged intents, then start again."
        )
    if isinstance(error, discord.HTTPException) and not _passes(error):
        return StartError(f"Discord refuses the bot ({error}); check its application at {_PORTAL}.")
    return None


def _interruption(error: Exception) -> DisconnectedError | None:
    if isinstance(error, discord.HTTPException):
        return DisconnectedError(f"Discord has a problem ({error}).")
    if isinstance(error, discord.ConnectionClosed):
        return DisconnectedError(f"Discord closed the connection (code {error.code}).")
    if isinstance(error, OSError | TimeoutError | aiohttp.ClientError | discord.DiscordException):
        return DisconnectedError(f"Discord cannot be reached ({_reason(error)}).")
    return None


def _passes(error: discord.HTTPException) -> bool:
    return error.status >= _SERVER_ERROR or error.status == _TOO_MANY_REQUESTS


def _close_code(error: Exception) -> int | None:
    return error.code if isinstance(error, discord.ConnectionClosed) else None


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
