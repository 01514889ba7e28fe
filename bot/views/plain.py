"""Layouts as plain content, where that loses nothing: it is what notifications read out.

A layout stays one where it is too long for content, and where its buttons change the message that
they stand below, since those write a layout in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discord import ui

from bot.views import limits
from bot.views.answer_buttons import AnswerButton
from bot.views.layout import below
from bot.views.message import MessageText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Plain:
    """Content, and the buttons below it."""

    content: str
    buttons: tuple[AnswerButton, ...]

    @property
    def view(self) -> ui.View | None:
        """A new view of the buttons, None without any."""
        return below(self.buttons) if self.buttons else None


def plain_content(view: ui.LayoutView) -> Plain | None:
    """Return a layout as content, None where it has to stay one."""
    blocks, buttons = [], []
    for item in _leaves(view.children):
        if isinstance(item, ui.TextDisplay):
            blocks.append(item.content)
        elif isinstance(item, AnswerButton):
            buttons.append(item)
        elif not isinstance(item, ui.Separator):
            return None
    text = MessageText(tuple(blocks))
    if text.length > limits.CONTENT_LENGTH:
        return None
    return Plain(text.content, tuple(buttons))


def is_for_servers_alone(view: ui.LayoutView) -> bool:
    """Whether somebody is to choose from lists, which know the server by where they stand."""
    return any(not isinstance(item, ui.Button) for item in _pressed(view))


def _pressed(view: ui.LayoutView) -> Iterator[ui.Item[Any]]:
    for item in _leaves(view.children):
        inner = item.item if isinstance(item, ui.DynamicItem) else item
        if not isinstance(inner, ui.TextDisplay | ui.Separator):
            yield inner


def _leaves(items: Iterable[ui.Item[Any]]) -> Iterator[ui.Item[Any]]:
    for item in items:
        if isinstance(item, ui.Container | ui.ActionRow):
            yield from _leaves(item.children)
        else:
            yield item
