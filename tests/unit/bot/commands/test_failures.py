from __future__ import annotations

from http import HTTPStatus

import aiohttp
import discord
import pytest
import structlog
from discord import AppCommandOptionType, AppCommandType, app_commands

from bot.commands.failures import explanation, told
from bot.texts import english
from index import InvalidQueryError, StorageError
from index.errors import SourceError

ENGLISH = english()

CHANGED = "This command has changed; reload Discord (Ctrl+R, or restart the app), then try again."


UNREADABLE = "My news cannot be read just now; whoever runs me finds the reason in the log."
TOO_LATE = "That came too late for Discord, which waits three seconds; please try again."
NOT_TAKEN = "Discord did not take my answer just now; please try again."


class Reply:
    """As much of an HTTP reply as discord.py's errors look at."""

    def __init__(self, status: int = 404):
        self.status = status
        self.reason = HTTPStatus(status).phrase


class Member(app_commands.Transformer):
    @property
    def type(self) -> AppCommandOptionType:
        return AppCommandOptionType.string


@app_commands.command(description="Does nothing")
async def nothing(interaction) -> None: ...


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (InvalidQueryError("Ask in words."), "Ask in words."),
        (
            app_commands.CommandInvokeError(nothing, InvalidQueryError("@everyone is *no* day.")),
            "@\u200beveryone is \\*no\\* day.",
        ),
        (StorageError("/home/alice/bot.sqlite3 is damaged."), UNREADABLE),
        (app_commands.CommandInvokeError(nothing, SourceError("/home/alice is gone.")), UNREADABLE),
        (discord.NotFound(Reply(), {"code": 10062, "message": "Unknown interaction"}), TOO_LATE),
        (discord.NotFound(Reply(), {"code": 10008, "message": "Unknown message"}), None),
        (discord.DiscordServerError(Reply(502), "away"), NOT_TAKEN),
        (discord.HTTPException(Reply(429), "too many"), NOT_TAKEN),
        (discord.HTTPException(Reply(400), "wrong"), None),
        (discord.RateLimited(3.0), NOT_TAKEN),
        (app_commands.CommandInvokeError(nothing, aiohttp.ClientConnectionError()), NOT_TAKEN),
        (
            app_commands.MissingPermissions(["manage_guild", "view_channel"]),
            "Only members with the permission Manage Server and View Channel may.",
        ),
        (
            app_commands.CommandNotFound("old", [], AppCommandType.chat_input),
            CHANGED,
        ),
        (
            app_commands.TransformerError("<@1>", AppCommandOptionType.string, Member()),
            "“\\<\\@\u200b1>” cannot be used here; choose another value.",
        ),
        (app_commands.CheckFailure("?"), "You may not do that here."),
        (app_commands.CommandInvokeError(nothing, KeyError("secret")), None),
        (KeyError("secret"), None),
    ],
)
def test_what_was_foreseen_is_explained(error: Exception, text: str | None):
    assert explanation(error, ENGLISH) == text


def test_what_was_not_foreseen_is_logged_under_the_reference_that_people_are_told():
    with structlog.testing.capture_logs() as logs:
        text = told(app_commands.CommandInvokeError(nothing, KeyError("secret")), 1234, ENGLISH)
    assert text.endswith("report the reference 1234.")
    assert "secret" not in text
    assert [(log["id"], repr(log["exc_info"])) for log in logs] == [("1234", "KeyError('secret')")]


def test_what_people_are_not_told_of_the_storage_is_in_the_log():
    with structlog.testing.capture_logs() as logs:
        text = told(StorageError("/home/alice/bot.sqlite3 is damaged."), 1234, ENGLISH)
    assert text == UNREADABLE
    assert [(log["id"], log["reason"]) for log in logs] == [
        ("1234", "/home/alice/bot.sqlite3 is damaged.")
    ]


@pytest.mark.parametrize(
    "error",
    [
        discord.NotFound(Reply(), {"code": 10062, "message": "Unknown interaction"}),
        discord.DiscordServerError(Reply(503), "away"),
    ],
)
def test_what_discord_does_not_take_is_no_reason_for_a_traceback(error: Exception):
    with structlog.testing.capture_logs() as logs:
        told(app_commands.CommandInvokeError(nothing, error), 1234, ENGLISH)
    assert [log["log_level"] for log in logs] == ["warning"]
    assert "exc_info" not in logs[0]
