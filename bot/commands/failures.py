"""What people are told when something fails: a sentence always, a traceback never."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.views.escaping import one_line
from index.errors import PullquoteError

_log = structlog.stdlib.get_logger(__name__)

UNSENT = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""Why something could not be sent: Discord did not take it, or could not be reached."""

_CHANGED = "This command has changed; reload Discord (Ctrl+R, or restart the app), then try again."


def explanation(error: BaseException) -> str | None:
    """Return what to tell the person, None for an error that nobody foresaw."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, PullquoteError):
        return one_line(str(error))
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
    """Return what to tell the person, and log what nobody foresaw."""
    text = explanation(error)
    if text is None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        _log.error("unforeseen error", id=str(reference), exc_info=cause)
        return apology(reference)
    return text


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
