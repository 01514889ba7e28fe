"""Modals as a person fills them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.sandbox.acting.choosing import Choice, chosen, is_select, resolved_choices
from bot.sandbox.errors import CannotInvokeError
from bot.sandbox.rules.modals import inputs_of
from bot.sandbox.wire import ComponentType, Payload
from bot.sandbox.world.model import Channel, User

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FieldValue: TypeAlias = "Choice | Sequence[Choice]"

_LONGEST_TEXT = 4000


def filled_modal(user: User, modal: Payload, values: Mapping[str, FieldValue]) -> Payload:
    """Write a modal with its fields filled in; `values` by custom_id or by label.

    Raises CannotInvokeError for what a client does not let people send.
    """
    names: set[str] = set()
    parts: list[Payload] = []
    choices: list[Choice] = []
    for number, (part, held) in enumerate(inputs_of(modal), start=1):
        label = part.get("label") or held.get("label") or ""
        names |= {held["custom_id"], label}
        value = values.get(held["custom_id"], values.get(label))
        field = _filled_field(label, held, value) | {"id": 100 + number}
        parts.append(_wrapped(part, field, number))
        choices += _several(value) if is_select(held) else []
    unknown = set(values) - names
    if unknown:
        raise CannotInvokeError(f"The modal has no field {sorted(unknown)}; it has {names}.")
    resolved = resolved_choices(choices, user)
    return {"custom_id": modal["custom_id"], "components": parts, "resolved": resolved}


def _filled_field(label: str, held: Payload, value: FieldValue | None) -> Payload:
    field: Payload = {"type": held["type"], "custom_id": held["custom_id"]}
    is_required = held.get("required") is not False
    if held["type"] == ComponentType.TEXT_INPUT:
        return field | {"value": _text(label, held, value, is_required=is_required)}
    values = _several(value)
    if not values and not is_required:
        return field | {"values": []}
    return field | {"values": chosen(held, values)}


def _text(label: str, held: Payload, value: FieldValue | None, *, is_required: bool) -> str:
    text = value if isinstance(value, str) else (held.get("value") or "")
    if is_required and not text.strip():
        raise CannotInvokeError(f"The field {label!r} is required.")
    least, most = held.get("min_length") or 0, held.get("max_length") or _LONGEST_TEXT
    if text and not least <= len(text) <= most:
        raise CannotInvokeError(f"{label!r} takes {least} to {most} characters, not {len(text)}.")
    return str(text)


def _several(value: FieldValue | None) -> list[Choice]:
    if value is None:
        return []
    return [value] if isinstance(value, (str, User, Channel)) else list(value)


def _wrapped(part: Payload, field: Payload, number: int) -> Payload:
    if part["type"] == ComponentType.LABEL:
        return {"type": part["type"], "id": number, "component": field}
    return {"type": part["type"], "id": number, "components": [field]}
