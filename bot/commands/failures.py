"""What people are told when something fails: a sentence always, a traceback never."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.views.escaping import one_line
from index.errors import PullquoteError, SourceError, StorageError

_log = structlog.stdlib.get_logger(__name__)

UNSENT = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""Why something could not be sent: Discord did not take it, or could not be reached."""

_UNKNOWN_INTERACTION = 10062
_TOO_LATE = "That came too late for Discord, which waits three seconds; please try again."
_UNREADABLE = "My news cannot be read just now; whoever runs me finds the reason in the log."
_CHANGED = "This command has changed; reload Discord (Ctrl+R, or restart the app), then try again."


def explanation(error: BaseException) -> str | None:
    """Return what to tell the person, None for an error that nobody foresaw."""
    error = _cause(error)
    if isinstance(error, StorageError | SourceError):
        return _UNREADABLE  # their texts name places on the machine, which is nobody's business
    if isinstance(error, PullquoteError):
        return one_line(str(error))
    if isinstance(error, discord.NotFound):
        return _TOO_LATE if error.code == _UNKNOWN_INTERACTION else None
    return _refusal(error)


def _refusal(error: BaseException) -> str | None:
    if isinstance(error, app_commands.MissingPermissions):
        return f"Only members with the permission {_permissions(error.missing_permissions)} may."
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return _CHANGED
    if isinstance(error, app_commands.TransformerError):
        return f"“{one_line(str(error.value))}” cannot be used here; choose another value."
    if isinstance(error, app_commands.CheckFailure):
        return "You may not do that here."
    return None


def apology(reference: int) -> str:
    """Return what to say for an error nobody foresaw; the log holds the reference too."""
    return (
        f"Something went wrong on my side; if it happens again, report the reference {reference}."
    )


def told(error: BaseException, reference: int) -> str:
    """Return what to tell the person, and log what they are not told."""
    text = explanation(error)
    cause = _cause(error)
    if text is None:
        _log.error("unforeseen error", id=str(reference), exc_info=cause)
        return apology(reference)
    if text == _UNREADABLE:
        _log.error("news not read", id=str(reference), reason=str(cause))
    elif text == _TOO_LATE:
        _log.warning("too late for Discord", id=str(reference), reason=str(cause))
    return text


def _cause(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


async def tell(interaction: discord.Interaction[Any], text: str) -> None:
    """Answer an interaction, seen by one person only where Discord still allows that."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except UNSENT as error:
        # most likely its three seconds or fifteen minutes are over: there is no one to tell
        _log.warning("interaction not answered", id=str(interaction.id), reason=str(error))


def _permissions(names: list[str]) -> str:
    titles = {"manage_guild": "Manage Server"}
    return " and ".join(titles.get(name, name.replace("_", " ").title()) for name in names)
