"""Options of a command as a person's client takes them: checked before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from bot.sandbox.errors import CannotInvokeError
from bot.sandbox.wire import OptionType, Payload
from bot.sandbox.world.model import Channel, User
from bot.sandbox.world.payloads import member_payload, partial_channel_payload, user_payload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OptionValue: TypeAlias = "str | int | float | bool | User | Channel"

_LONGEST_STRING = 6000
_NUMBERS = {OptionType.INTEGER, OptionType.NUMBER}
_TAKES: Mapping[int, tuple[type, ...]] = {
    OptionType.STRING: (str,),
    OptionType.INTEGER: (int,),
    OptionType.NUMBER: (int, float),
    OptionType.BOOLEAN: (bool,),
    OptionType.USER: (User,),
    OptionType.CHANNEL: (Channel,),
    OptionType.MENTIONABLE: (User,),
}


def fill_options(
    options: Sequence[Payload], values: Mapping[str, OptionValue], focused: str | None = None
) -> list[Payload]:
    """Return the wire form of what a person filled in.

    The `focused` option is still being typed: it is not checked, and required ones may be missing.
    Raises CannotInvokeError for what a client refuses.
    """
    unknown = set(values) - {option["name"] for option in options}
    if unknown:
        names = [option["name"] for option in options]
        raise CannotInvokeError(f"There is no option {sorted(unknown)}; there are {names}.")
    filled = []
    for option in options:
        name = option["name"]
        if name not in values:
            if option.get("required") and focused is None:
                raise CannotInvokeError(f"The option {name!r} is required.")
            continue
        if name != focused:
            _check(option, values[name])
        filled.append(_filled(option, values[name], is_focused=name == focused))
    return filled


def resolved(values: Mapping[str, OptionValue], user: User) -> Payload:
    """Return what the options' ids stand for."""
    found: dict[str, Payload] = {}
    for value in values.values():
        if isinstance(value, Channel):
            permissions = value.permissions_of(user)
            channel = partial_channel_payload(value, permissions)
            found.setdefault("channels", {})[str(value.id)] = channel
        if isinstance(value, User):
            member = member_payload(value)
            del member["user"]
            found.setdefault("users", {})[str(value.id)] = user_payload(value)
            found.setdefault("members", {})[str(value.id)] = member | {"permissions": "0"}
    return found


def _filled(option: Payload, value: OptionValue, *, is_focused: bool) -> Payload:
    sent: Any = str(value.id) if isinstance(value, (User, Channel)) else value
    made: Payload = {"name": option["name"], "type": option["type"], "value": sent}
    return made | {"focused": True} if is_focused else made


def _check(option: Payload, value: OptionValue) -> None:
    name, kind = option["name"], option["type"]
    is_wrong_bool = isinstance(value, bool) and kind != OptionType.BOOLEAN
    if is_wrong_bool or not isinstance(value, _TAKES.get(kind, (object,))):
        raise CannotInvokeError(f"{value!r} is no {OptionType(kind).name} for {name!r}.")
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise CannotInvokeError(f"{value!r} is none of the choices of {name!r}: {choices}.")
    if isinstance(value, str):
        _check_length(option, value)
    if kind in _NUMBERS and isinstance(value, (int, float)):
        _check_range(option, value)
    if isinstance(value, Channel):
        types = option.get("channel_types")
        if types and value.type not in types:
            raise CannotInvokeError(f"{name!r} does not take a channel of type {value.type.name}.")


def _check_length(option: Payload, value: str) -> None:
    least, most = option.get("min_length") or 0, option.get("max_length") or _LONGEST_STRING
    if not value.strip() and option.get("required"):
        raise CannotInvokeError(f"The option {option['name']!r} is required.")
    if not least <= len(value) <= most:
        raise CannotInvokeError(
            f"{option['name']!r} takes {least} to {most} characters, not {len(value)}."
        )


def _check_range(option: Payload, value: float) -> None:
    least, most = option.get("min_value"), option.get("max_value")
    if (least is not None and value < least) or (most is not None and value > most):
        raise CannotInvokeError(f"{option['name']!r} takes {least} to {most}, not {value}.")
