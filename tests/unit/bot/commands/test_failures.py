from __future__ import annotations

import pytest
import structlog
from discord import AppCommandOptionType, AppCommandType, app_commands

from bot.commands.failures import explanation, told
from index import StorageError

CHANGED = "This command has changed; reload Discord (Ctrl+R, or restart the app), then try again."


class Member(app_commands.Transformer):
    @property
    def type(self) -> AppCommandOptionType:
        return AppCommandOptionType.string


@app_commands.command(description="Does nothing")
async def nothing(interaction) -> None: ...


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (StorageError("The disk is full."), "The disk is full."),
        (
            app_commands.CommandInvokeError(nothing, StorageError("@everyone is *full*.")),
            "@\u200beveryone is \\*full\\*.",
        ),
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
    assert explanation(error) == text


def test_what_was_not_foreseen_is_logged_under_the_reference_that_people_are_told():
    with structlog.testing.capture_logs() as logs:
        text = told(app_commands.CommandInvokeError(nothing, KeyError("secret")), 1234)
    assert text.endswith("report the reference 1234.")
    assert "secret" not in text
    assert [(log["id"], repr(log["exc_info"])) for log in logs] == [("1234", "KeyError('secret')")]
