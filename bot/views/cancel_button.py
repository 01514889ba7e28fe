"""The button that ends a long job; where a restart has ended it before, it says so.

Which job it is stands in its custom_id, `cancel:<job>`; jobs are known only while they are at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

import discord
from discord import ui

from bot.views.pressed import pressed_on

if TYPE_CHECKING:
    import re

    from bot.texts import Texts

TEMPLATE = r"cancel:(?P<job>[A-Za-z0-9_-]{1,64})"


class Cancels(Protocol):
    """What this button asks of what does its work."""

    async def cancel(self, interaction: discord.Interaction[Any], job: str) -> None:
        """End a job, if it is one of the server and whoever asks may."""
        ...


class CancelButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Ends one job."""

    def __init__(self, job: str, label: str | None):
        super().__init__(ui.Button(label=label, custom_id=f"cancel:{job}"))
        self.job = job

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> CancelButton:
        """Make the button that was clicked from what Discord kept of it."""
        return cls(match["job"], cast("ui.Button[Any]", item).label)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """End it."""
        cancels: Cancels = pressed_on(interaction)
        await cancels.cancel(interaction, self.job)


def cancel_button(job: str, texts: Texts) -> CancelButton:
    """Return the button for a job."""
    return CancelButton(job, texts.say("Cancel"))
