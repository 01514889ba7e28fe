"""What a person chooses in a select: texts, people or channels, in a message or in a modal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.sandbox.acting.options import resolved
from bot.sandbox.errors import CannotInvokeError
from bot.sandbox.wire import ComponentType, Payload
from bot.sandbox.world.model import Channel, User

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Choice: TypeAlias = "str | User | Channel"

_TAKES: Mapping[int, type] = {
    ComponentType.STRING_SELECT: str,
    ComponentType.USER_SELECT: User,
    ComponentType.MENTIONABLE_SELECT: User,
    ComponentType.CHANNEL_SELECT: Channel,
}


def is_select(component: Payload) -> bool:
    """Whether something can be chosen here."""
    return component["type"] in _TAKES


def chosen(select: Payload, values: Sequence[Choice]) -> list[str]:
    """Return the values as they are sent. Raises CannotInvokeError for what is not offered."""
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(values) <= most:
        raise CannotInvokeError(f"The select takes {least} to {most} values, not {len(values)}.")
    for value in values:
        _check(select, value)
    return [value if isinstance(value, str) else str(value.id) for value in values]


def resolved_choices(values: Sequence[Choice], user: User) -> Payload:
    """Return what the chosen ids stand for."""
    return resolved({str(number): value for number, value in enumerate(values)}, user)


def _check(select: Payload, value: Choice) -> None:
    expected = _TAKES.get(select["type"])
    if expected is None or not isinstance(value, expected):
        raise CannotInvokeError(f"{ComponentType(select['type']).name} does not take {value!r}.")
    if isinstance(value, str):
        offered = [option["value"] for option in select["options"]]
        if value not in offered:
            raise CannotInvokeError(f"{value!r} is not among the options {offered}.")
    types = select.get("channel_types")
    if isinstance(value, Channel) and types and value.type not in types:
        raise CannotInvokeError(f"The select does not take a channel of type {value.type.name}.")
