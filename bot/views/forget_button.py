"""The button that deletes all that is kept of a person; it still does after a restart.

Whose it is stands in its custom_id, `forget:<user id>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

import discord
from discord import ui

from bot.views.pressed import pressed_on

if TYPE_CHECKING:
    import re

    from bot.texts import Texts

TEMPLATE = r"forget:(?P<user_id>[0-9]{1,20})"


class Forgets(Protocol):
    """What this button asks of what does its work."""

    async def forget(self, interaction: discord.Interaction[Any], user_id: int) -> None:
        """Delete what is kept of a person, if it is they who ask for it."""
        ...


class ForgetButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Deletes what is kept of one person."""

    def __init__(self, user_id: int, label: str | None):
        super().__init__(
            ui.Button(label=label, custom_id=f"forget:{user_id}", style=discord.ButtonStyle.danger)
        )
        self.user_id = user_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> ForgetButton:
        """Make the button that was clicked from what Discord kept of it."""
        return cls(int(match["user_id"]), cast("ui.Button[Any]", item).label)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        forgets: Forgets = pressed_on(interaction)
        await forgets.forget(interaction, self.user_id)


def forget_button(user_id: int, texts: Texts) -> ForgetButton:
    """Return the button for a person."""
    return ForgetButton(user_id, texts.say("Delete all of it"))
