"""Buttons and selects as a person uses them, and modals as they fill them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.sandbox.errors import CannotInvokeError
from bot.sandbox.rules.modals import inputs_of
from bot.sandbox.wire import LINK_STYLE, ComponentType, Payload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.sandbox.world.model import Message, User

FieldValue: TypeAlias = "str | Sequence[str]"

_LONGEST_TEXT = 4000


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
    user: User, message: Message, values: Sequence[str], custom_id: str | None
) -> Payload:
    """Write the choice of values in one select; the first one, where none is named."""
    check_readable(user, message)
    for select in message.components:
        is_select = select["type"] == ComponentType.STRING_SELECT
        if is_select and custom_id in {None, select["custom_id"]}:
            if select.get("disabled"):
                raise CannotInvokeError("The select is disabled.")
            _check_values(select, values)
            about = {"custom_id": select["custom_id"], "component_type": select["type"]}
            return about | {"id": select["id"], "values": list(values)}
    raise CannotInvokeError("There is no such select in the message.")


def filled_modal(modal: Payload, values: Mapping[str, FieldValue]) -> Payload:
    """Write a modal with its fields filled in; `values` by custom_id or by label."""
    names: set[str] = set()
    parts: list[Payload] = []
    for number, (part, held) in enumerate(inputs_of(modal), start=1):
        label = part.get("label") or held.get("label") or ""
        names |= {held["custom_id"], label}
        value = values.get(held["custom_id"], values.get(label))
        field = _filled_field(label, held, value) | {"id": 100 + number}
        parts.append(_wrapped(part, field, number))
    unknown = set(values) - names
    if unknown:
        raise CannotInvokeError(f"The modal has no field {sorted(unknown)}; it has {names}.")
    return {"custom_id": modal["custom_id"], "components": parts, "resolved": {}}


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


def _check_values(select: Payload, values: Sequence[str]) -> None:
    offered = [option["value"] for option in select["options"]]
    if any(value not in offered for value in values):
        raise CannotInvokeError(f"{list(values)} are not all among the options {offered}.")
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(values) <= most:
        raise CannotInvokeError(f"The select takes {least} to {most} values, not {len(values)}.")


def _filled_field(label: str, held: Payload, value: FieldValue | None) -> Payload:
    field: Payload = {"type": held["type"], "custom_id": held["custom_id"]}
    is_required = held.get("required") is not False
    if held["type"] != ComponentType.TEXT_INPUT:
        chosen = [value] if isinstance(value, str) else list(value or ())
        if chosen or is_required:
            _check_values(held, chosen)
        return field | {"values": chosen}
    text = value if isinstance(value, str) else (held.get("value") or "")
    if is_required and not text.strip():
        raise CannotInvokeError(f"The field {label!r} is required.")
    least, most = held.get("min_length") or 0, held.get("max_length") or _LONGEST_TEXT
    if text and not least <= len(text) <= most:
        raise CannotInvokeError(f"{label!r} takes {least} to {most} characters, not {len(text)}.")
    return field | {"value": text}


def _wrapped(part: Payload, field: Payload, number: int) -> Payload:
    if part["type"] == ComponentType.LABEL:
        return {"type": part["type"], "id": number, "component": field}
    return {"type": part["type"], "id": number, "components": [field]}
