"""Buttons that turn the pages of a search, and that still do after a restart.

All a button knows is in its custom_id, `search:<search id>:<page>`; what was searched for is in
the database under that id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

import discord
from discord import ui

from bot.views import limits

if TYPE_CHECKING:
    import re

TEMPLATE = r"search:(?P<search_id>[A-Za-z0-9_-]{1,64}):(?P<page>[0-9]{1,6})"


@dataclass(frozen=True, slots=True)
class PageTurn:
    """The page of a search that somebody wants to see. Pages count from 1."""

    search_id: str
    page: int

    @property
    def custom_id(self) -> str:
        """What Discord keeps for us."""
        return f"search:{self.search_id}:{self.page}"


class TurnsPages(Protocol):
    """What a client must be able to do for these buttons to work on it."""

    async def turn_page(self, interaction: discord.Interaction[Any], turn: PageTurn) -> None:
        """Show the page in place of the one that the interaction's message shows."""
        ...


class PageButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Leads to one page of one search."""

    def __init__(self, turn: PageTurn, label: str = "Page", *, disabled: bool = False):
        limits.check("a custom_id", len(turn.custom_id), limits.CUSTOM_ID_LENGTH)
        super().__init__(ui.Button(label=label, custom_id=turn.custom_id, disabled=disabled))
        self.turn = turn

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> PageButton:
        """Make the button that was clicked from what Discord kept of it."""
        return cls(PageTurn(match["search_id"], int(match["page"])))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Turn the page; the client answers for errors, since discord.py would only log them."""
        await cast("TurnsPages", interaction.client).turn_page(interaction, self.turn)


def page_buttons(search_id: str, page: int, page_count: int) -> list[PageButton]:
    """Return Previous and Next as they are on page `page` (from 1); none for a single page."""
    if page_count == 1:
        return []
    return [
        PageButton(PageTurn(search_id, page - 1), "Previous", disabled=page == 1),
        PageButton(PageTurn(search_id, page + 1), "Next", disabled=page == page_count),
    ]
