"""What the end of a connection means: no use trying again, or worth another attempt.

Pure. The close codes are those of
https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
"""

from __future__ import annotations

import aiohttp
import discord

from bot.client.errors import DisconnectedError, IntentsRefusedError, StartError
from bot.commands.syncing import may_pass

_UNAUTHORIZED = 401
_TOO_MANY_REQUESTS = 429
_DISALLOWED_INTENTS = 4014
_PORTAL = "https://discord.com/developers/applications"
_UNKNOWN_TOKEN = (
    "Discord does not know this token; copy the bot's token again, or reset it, on the "
    f"Bot page at {_PORTAL}, and put it into DISCORD_TOKEN."
)
_INTENTS = (
    "Discord does not allow this bot the intents it asks for; on the Bot page at "
    f"{_PORTAL}, switch on the privileged intents, then start again."
)
_FINAL_CLOSE_CODES = {
    4004: _UNKNOWN_TOKEN,
    4010: "Discord refuses the way the bot divides its servers (invalid shard); "
    "upgrade Pullquote, and report it if that does not help.",
    4011: "The bot is in too many servers for one connection (sharding required); "
    "start it again, and upgrade Pullquote if that does not help.",
    4012: "Discord no longer speaks the version of the gateway that this program does; "
    "upgrade Pullquote.",
    4013: "Discord does not know the intents that this program asks for; upgrade Pullquote.",
    _DISALLOWED_INTENTS: _INTENTS,
}


def refusal(error: Exception) -> StartError | None:
    """Return what to tell when trying again is of no use, None when it may be."""
    if isinstance(error, discord.LoginFailure):
        return StartError(_UNKNOWN_TOKEN)
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return IntentsRefusedError(_INTENTS)
    if isinstance(error, discord.ConnectionClosed) and error.code in _FINAL_CLOSE_CODES:
        kind = IntentsRefusedError if error.code == _DISALLOWED_INTENTS else StartError
        return kind(_FINAL_CLOSE_CODES[error.code])
    answer = _answer(error)
    if answer is None or may_pass(answer):
        return None
    if answer.status == _UNAUTHORIZED:
        return StartError(_UNKNOWN_TOKEN)
    return StartError(f"Discord refuses the bot ({answer}); check its application at {_PORTAL}.")


def interruption(error: Exception) -> DisconnectedError | None:
    """Return what to tell, and how long to wait at least, when trying again may be of use.

    None for an error of no known kind.
    """
    if isinstance(error, discord.RateLimited):
        return DisconnectedError(
            "Discord asks for patience.", retry_after_seconds=error.retry_after
        )
    if answer := _answer(error):
        return DisconnectedError(
            f"Discord has a problem ({answer}).", retry_after_seconds=_retry_after_seconds(answer)
        )
    if isinstance(error, discord.ConnectionClosed):
        return DisconnectedError(f"Discord closed the connection (code {error.code}).")
    if isinstance(error, OSError | TimeoutError | aiohttp.ClientError | discord.DiscordException):
        return DisconnectedError(f"Discord cannot be reached ({reason(error)}).")
    return None


def reason(error: BaseException) -> str:
    """Return its text, or its kind where it has none."""
    return str(error) or type(error).__name__


def _answer(error: Exception) -> discord.HTTPException | None:
    # a GatewayNotFound says nothing itself of what Discord answered
    cause = error.__cause__ if isinstance(error, discord.GatewayNotFound) else error
    return cause if isinstance(cause, discord.HTTPException) else None


def _retry_after_seconds(error: discord.HTTPException) -> float:
    if error.status != _TOO_MANY_REQUESTS:
        return 0.0
    headers = getattr(error.response, "headers", {})
    try:
        return max(0.0, float(headers.get("Retry-After", 0)))
    except ValueError:
        return 0.0
