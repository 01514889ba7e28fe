"""The button below an answer that tells why, and that still does after a restart.

All it knows is in its custom_id, `why:<question id>`; what was asked is in the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

import discord
from discord import ui

from bot.views import limits

if TYPE_CHECKING:
    import re

TEMPLATE = r"why:(?P<question_id>[A-Za-z0-9_-]{1,64})"
LABEL = "Why this?"


class TellsWhy(Protocol):
    """What a client must be able to do for this button to work on it."""

    async def tell_why(self, interaction: discord.Interaction[Any], question_id: str) -> None:
        """Show the presser why a question was answered as it was."""
        ...


class WhyButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Tells why one question was answered as it was."""

    def __init__(self, question_id: str):
        custom_id = f"why:{question_id}"
        limits.check("a custom_id", len(custom_id), limits.CUSTOM_ID_LENGTH)
        super().__init__(
            ui.Button(label=LABEL, custom_id=custom_id, style=discord.ButtonStyle.secondary)
        )
        self.question_id = question_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> WhyButton:
        """Make the button that was clicked from what Discord kept of it."""
        return cls(match["question_id"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Tell why; the client answers for errors, since discord.py would only log them."""
        await cast("TellsWhy", interaction.client).tell_why(interaction, self.question_id)
