from __future__ import annotations

import pytest
from discord import app_commands

from bot.commands.outcomes import recorded
from bot.texts import RefusedError, saying


class Heard:
    """Remembers how what people asked for has ended."""

    def __init__(self) -> None:
        self.ends: list[tuple[str, str]] = []

    def ended(self, route: str, outcome: str, seconds: float) -> None:
        assert seconds >= 0
        self.ends.append((route, outcome))

    def acknowledged(self, seconds: float) -> None:
        """Nothing that is asked for here."""

    def rated(self, *, is_helpful: bool) -> None:
        """Nothing that is asked for here."""


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (RefusedError(saying("No.")), "refused"),
        (app_commands.MissingPermissions(["manage_guild"]), "refused"),
        (RuntimeError("broken"), "failed"),
    ],
)
def test_what_somebody_may_not_do_is_no_failure_of_the_program(error: Exception, outcome: str):
    heard = Heard()
    with pytest.raises(type(error)), recorded("setup", 1, heard):
        raise error
    with recorded("setup", 1, heard) as ending:
        ending.name = "answered"
    assert heard.ends == [("setup", outcome), ("setup", "answered")]
