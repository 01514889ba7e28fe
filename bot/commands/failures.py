"""What people are told when something fails: a sentence always, a traceback never."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.texts import RefusedError
from bot.views.escaping import one_line
from index.errors import PullquoteError, SourceError, StorageError

if TYPE_CHECKING:
    from bot.texts import Texts

_log = structlog.stdlib.get_logger(__name__)

UNSENT = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""Why something could not be sent: Discord did not take it, or could not be reached."""

_UNKNOWN_INTERACTION = 10062
_TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS


def explanation(error: BaseException, texts: Texts) -> str | None:
    """Return what to tell the person, None for an error that nobody foresaw."""
    error = _cause(error)
    if _is_unreadable(error):
        # its own text names places on the machine, which is nobody's business
        return texts.say(
            "My news cannot be read just now; whoever runs me finds the reason in the log."
        )
    if isinstance(error, RefusedError):
        return one_line(texts.tell(error.saying))
    if isinstance(error, PullquoteError):
        return one_line(texts.retold(str(error)))
    if _is_too_late(error):
        return texts.say(
            "That came too late for Discord, which waits three seconds; please try again."
        )
    if _is_discords_trouble(error):
        return texts.say("Discord did not take my answer just now; please try again.")
    return _refusal(error, texts)


def _is_unreadable(error: BaseException) -> bool:
    return isinstance(error, StorageError | SourceError)


def _is_too_late(error: BaseException) -> bool:
    return isinstance(error, discord.NotFound) and error.code == _UNKNOWN_INTERACTION


def _is_discords_trouble(error: BaseException) -> bool:
    """Whether Discord did not take something, after the client has tried several times."""
    if isinstance(error, discord.HTTPException):
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or error.status == _TOO_MANY
    return isinstance(error, discord.RateLimited | aiohttp.ClientError)


def _refusal(error: BaseException, texts: Texts) -> str | None:
    if isinstance(error, app_commands.MissingPermissions):
        permissions = _permissions(error.missing_permissions, texts)
        return texts.say(
            "Only members with the permission {permissions} may.", permissions=permissions
        )
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return texts.say(
            "This command has changed; reload Discord (Ctrl+R, or restart the app), then try again."
        )
    if isinstance(error, app_commands.TransformerError):
        value = one_line(str(error.value))
        return texts.say("“{value}” cannot be used here; choose another value.", value=value)
    if isinstance(error, app_commands.CheckFailure):
        return texts.say("You may not do that here.")
    return None


def told(error: BaseException, reference: int, texts: Texts) -> str:
    """Return what to tell the person, and log what they are not told, under the reference."""
    text = explanation(error, texts)
    cause = _cause(error)
    if text is None:
        _log.error("unforeseen error", id=str(reference), exc_info=cause)
        return texts.say(
            "Something went wrong on my side; if it happens again, report the reference {id}.",
            id=str(reference),
        )
    if _is_unreadable(cause):
        _log.error("news not read", id=str(reference), reason=str(cause))
    elif _is_too_late(cause):
        _log.warning("too late for Discord", id=str(reference), reason=str(cause))
    elif _is_discords_trouble(cause):
        _log.warning("not taken by Discord", id=str(reference), reason=str(cause))
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


def _permissions(names: list[str], texts: Texts) -> str:
    """Name permissions as Discord does; the rare ones that nothing asks for yet in English."""
    titles = {"manage_guild": texts.say("Manage Server")}
    told = (titles.get(name, name.replace("_", " ").title()) for name in names)
    return f" {texts.say('and')} ".join(told)
