"""Buttons and selects of messages as a person uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.acting.choosing import Choice, chosen, is_select, resolved_choices
from bot.sandbox.errors import CannotInvokeError
from bot.sandbox.wire import LINK_STYLE, Payload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.world.model import Message, User


def pressed_button(
    user: User, message: Message, label: str | None, custom_id: str | None
) -> Payload:
    """Write the click on one button, named by its label or custom_id."""
    check_readable(user, message)
    for button in message.buttons:
        wanted = custom_id if custom_id is not None else label
        if button.get("custom_id" if custom_id is not None else "label") == wanted:
            _check_pressable(button)
            about = {"custom_id": button["custom_id"], "component_type": button["type"]}
            return about | {"id": button["id"]}
    raise CannotInvokeError(
        f"There is no button {label or custom_id!r}; there are {message.button_labels}."
    )


def made_selection(
    user: User, message: Message, values: Sequence[Choice], custom_id: str | None
) -> Payload:
    """Write the choice of values in one select; the first one, where none is named."""
    check_readable(user, message)
    for select in filter(is_select, message.components):
        if custom_id not in {None, select["custom_id"]}:
            continue
        if select.get("disabled"):
            raise CannotInvokeError("The select is disabled.")
        about = {"custom_id": select["custom_id"], "component_type": select["type"]}
        about |= {"id": select["id"], "values": chosen(select, values)}
        resolved = resolved_choices(values, user)
        # Texts stand for themselves; discord.py reads no values where an empty `resolved` is.
        return about | ({"resolved": resolved} if resolved else {})
    raise CannotInvokeError("There is no such select in the message.")


def check_readable(user: User, message: Message) -> None:
    """Raise CannotInvokeError where this person does not see the message."""
    if not message.is_visible_to(user):
        raise CannotInvokeError(f"{user.name} does not see this ephemeral message.")
    if message.id not in message.channel.messages:
        raise CannotInvokeError("The message was deleted.")


def _check_pressable(button: Payload) -> None:
    if button["style"] == LINK_STYLE:
        raise CannotInvokeError("A link button opens its address; the app hears nothing of it.")
    if button.get("disabled"):
        raise CannotInvokeError("The button is disabled.")
