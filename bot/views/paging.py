"""Buttons that turn the pages of a search, and that still do after a restart.

All a button knows is in its custom_id, `search:<search id>:<page>`, with `:newest` behind it where
the newest passages come first; what was searched for is in the database under that id.
`latest:<search id>:<page>` is of the newest stories, with `-` for the id where they have no topic,
and `sources:-:<page>` of what answers come from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, cast

import discord
from discord import ui

from bot.views import limits
from bot.views.pressed import pressed_on

if TYPE_CHECKING:
    import re

    from bot.texts import Texts

TEMPLATE = (
    r"(?P<kind>search|latest|sources):(?P<search_id>[A-Za-z0-9_-]{1,64})"
    r":(?P<page>[0-9]{1,6})(?P<newest>:newest)?"
)
NO_TOPIC = "-"

Paged: TypeAlias = Literal["search", "latest", "sources"]
"""What has pages."""


@dataclass(frozen=True, slots=True)
class PageTurn:
    """The page that somebody wants to see, of a search or of something else. Counted from 1."""

    search_id: str
    page: int
    is_newest_first: bool = False
    of: Paged = "search"

    def to(self, page: int) -> PageTurn:
        """Return the turn to another page of the same."""
        return replace(self, page=page)

    @property
    def custom_id(self) -> str:
        """What Discord keeps for us."""
        newest = ":newest" if self.is_newest_first else ""
        return f"{self.of}:{self.search_id}:{self.page}{newest}"


class TurnsPages(Protocol):
    """What these buttons ask of what does their work."""

    async def turn_page(self, interaction: discord.Interaction[Any], turn: PageTurn) -> None:
        """Show the page in place of the one that the interaction's message shows."""
        ...


class PageButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Leads to one page of one search."""

    def __init__(self, turn: PageTurn, label: str | None, *, disabled: bool = False):
        limits.check("a custom_id", len(turn.custom_id), limits.CUSTOM_ID_LENGTH)
        super().__init__(ui.Button(label=label, custom_id=turn.custom_id, disabled=disabled))
        self.turn = turn

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> PageButton:
        """Make the button that was clicked from what Discord kept of it."""
        turn = PageTurn(
            match["search_id"],
            int(match["page"]),
            is_newest_first=match["newest"] is not None,
            of=cast("Paged", match["kind"]),
        )
        return cls(turn, cast("ui.Button[Any]", item).label)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Turn the page."""
        turns: TurnsPages = pressed_on(interaction)
        await turns.turn_page(interaction, self.turn)


def page_buttons(here: PageTurn, page_count: int, texts: Texts) -> list[PageButton]:
    """Return Previous and Next as they are on a page; none for a single page."""
    if page_count == 1:
        return []
    earlier, later, page = texts.say("Previous"), texts.say("Next"), here.page
    return [
        PageButton(here.to(page - 1), earlier, disabled=page == 1),
        PageButton(here.to(page + 1), later, disabled=page == page_count),
    ]
