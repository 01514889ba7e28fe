"""How a component finds what does its work: with the client that it was pressed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import discord


class HasPressed(Protocol):
    """What a client must have for components to work on it."""

    @property
    def pressed(self) -> Any:
        """What does the work of every component."""
        ...


def pressed_on(interaction: discord.Interaction[Any]) -> Any:
    """Return what does the work; it also answers for errors, which discord.py would only log."""
    return cast("HasPressed", interaction.client).pressed
