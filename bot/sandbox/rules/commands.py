"""What may be registered as an application's commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, FieldError, refuse_if_any
from bot.sandbox.wire import CommandType, OptionType, Payload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_COMMANDS = {CommandType.CHAT: 100, CommandType.USER: 15, CommandType.MESSAGE: 15}
MAX_COMMAND_CHARACTERS = 8000

_CHAT_NAME = re.compile(r"[-_'\w]{1,32}")
_GROUPS = {OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP}


def check_commands(commands: Sequence[Payload]) -> None:
    """Raise InvalidFormError, or ApiError 30032 when there are too many."""
    errors: list[FieldError] = []
    seen: set[tuple[CommandType, str]] = set()
    for number, command in enumerate(commands):
        errors += _command_errors(number, command)
        key = (command_type(command), command["name"])
        if key in seen:
            message = "Application command names must be unique"
            code = "APPLICATION_COMMANDS_DUPLICATE_NAME"
            errors.append(FieldError((number, "name"), code, message))
        seen.add(key)
    refuse_if_any(errors)
    for kind, most in MAX_COMMANDS.items():
        if sum(command_type(command) == kind for command in commands) > most:
            raise ApiError(400, 30032, f"Maximum number of application commands reached ({most})")


def command_type(command: Payload) -> CommandType:
    """Return how a command is reached; typed, where it does not say."""
    return CommandType(command.get("type") or CommandType.CHAT)


def character_count(command: Payload) -> int:
    """Count what Discord counts: names, descriptions and choices, with all options."""
    total = len(command.get("name") or "") + len(command.get("description") or "")
    for option in command.get("options") or ():
        total += character_count(option)
    for choice in command.get("choices") or ():
        total += len(choice["name"]) + len(str(choice["value"]))
    return total


def _command_errors(number: int, command: Payload) -> Iterator[FieldError]:
    total = character_count(command)
    if total > MAX_COMMAND_CHARACTERS:
        message = f"Command exceeds maximum size ({MAX_COMMAND_CHARACTERS}): {total}"
        yield FieldError((number,), "APPLICATION_COMMAND_TOO_LARGE", message)
    if command_type(command) is not CommandType.CHAT:
        if command.get("description"):
            message = "Context menu commands cannot have description"
            yield FieldError((number, "description"), "CONTEXT_MENU_DESCRIPTION", message)
        return
    yield from _named_errors((number,), command)
    yield from _option_errors((number,), command)


def _named_errors(path: tuple[str | int, ...], named: Payload) -> Iterator[FieldError]:
    name = named["name"]
    if not _CHAT_NAME.fullmatch(name) or name != name.lower():
        code = "APPLICATION_COMMAND_INVALID_NAME"
        yield FieldError((*path, "name"), code, f"Command name {name!r} is invalid")
    if not named.get("description"):
        message = "This field is required"
        yield FieldError((*path, "description"), "BASE_TYPE_REQUIRED", message)


def _option_errors(path: tuple[str | int, ...], holder: Payload) -> Iterator[FieldError]:
    options = holder.get("options") or ()
    names = [option["name"] for option in options]
    if len(names) != len(set(names)):
        message = "Option names must be unique"
        yield FieldError((*path, "options"), "APPLICATION_COMMAND_OPTIONS_NAME_NOT_UNIQUE", message)
    optional_seen = False
    for number, option in enumerate(options):
        place = (*path, "options", number)
        yield from _named_errors(place, option)
        yield from _option_errors(place, option)
        if option.get("required") and optional_seen:
            message = "Required options must be placed before non-required options"
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            yield FieldError(place, code, message)
        optional_seen = optional_seen or not (option.get("required") or option["type"] in _GROUPS)
