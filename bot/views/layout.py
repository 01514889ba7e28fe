"""A text and its buttons as Discord components (Components V2), and buttons below plain content."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.views import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.views.message import MessageText

_COLOUR = discord.Colour(0x3B6EA5)


def layout(text: MessageText, buttons: Sequence[ui.DynamicItem[Any]] = ()) -> ui.LayoutView:
    """Return a new view of the blocks, a line between any two, and the buttons below, by row.

    Raises ValueError when Discord would refuse it.
    """
    # Only dynamic items and link buttons, no timeout, never stopped, and new for every edit:
    # discord.py 2.7.1 forgets a dynamic item everywhere when a view that mixes it with others ends.
    view = ui.LayoutView(timeout=None)
    container: ui.Container[Any] = ui.Container(accent_colour=_COLOUR)
    for number, block in enumerate(text.blocks):
        if number:
            container.add_item(ui.Separator())
        container.add_item(ui.TextDisplay(block))
    view.add_item(container)
    for _, row in groupby(buttons, key=lambda button: button.row):
        view.add_item(ui.ActionRow(*row))
    limits.check("the text", limits.length(text.content), limits.LAYOUT_TEXT_LENGTH)
    limits.check("the layout", view.content_length(), limits.LAYOUT_TEXT_LENGTH)
    limits.check("components", view.total_children_count, limits.LAYOUT_COMPONENT_COUNT)
    return view


def below(buttons: Sequence[ui.DynamicItem[Any]]) -> ui.View:
    """Return a new view of buttons below a message's content."""
    view = ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view
