"""Finds the command that a person means, and writes what their client sends for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.acting.options import OptionValue, fill_options, resolved
from bot.sandbox.errors import CannotInvokeError
from bot.sandbox.rules.permissions import check_command
from bot.sandbox.wire import CommandType, OptionType, Payload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.sandbox.world.model import Channel, User
    from bot.sandbox.world.world import World

_SUBCOMMANDS = {OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP}


def find_command(world: World, channel: Channel, name: str, kind: CommandType) -> Payload:
    """Return a registered command. Raises CannotInvokeError."""
    offered = [each for each in world.commands_in(channel.guild) if each["type"] == kind]
    for command in offered:
        if command["name"] == name:
            return command
    names = [command["name"] for command in offered]
    raise CannotInvokeError(f"No command {name!r} is registered here; there are {names}.")


def offered_commands(world: World, user: User, channel: Channel) -> list[Payload]:
    """Return the commands that this person's client shows here."""
    return [
        command
        for command in world.commands_in(channel.guild)
        if _is_offered(user, channel, command)
    ]


def typed_command(
    world: World,
    user: User,
    channel: Channel,
    name: str,
    values: Mapping[str, OptionValue],
    focused: str | None = None,
) -> Payload:
    """Write `/name …`; `name` may go on with a group and a subcommand."""
    first, *rest = name.split()
    command = find_command(world, channel, first, CommandType.CHAT)
    check_command(user, channel, command)
    chain = _descend(command["options"], rest)
    options = chain[-1].get("options") or [] if chain else command["options"]
    if any(option["type"] in _SUBCOMMANDS for option in options):
        names = [option["name"] for option in options]
        raise CannotInvokeError(f"/{name} goes on with one of {names}.")
    filled = fill_options(options, values, focused)
    for step in reversed(chain):
        filled = [{"name": step["name"], "type": step["type"], "options": filled}]
    return _invocation(command) | {"options": filled, "resolved": resolved(values, user)}


def menu_command(
    world: World, user: User, channel: Channel, name: str, target: tuple[CommandType, Payload]
) -> Payload:
    """Write a command chosen from the menu of a message or a user."""
    kind, payload = target
    command = find_command(world, channel, name, kind)
    check_command(user, channel, command)
    group = "messages" if kind is CommandType.MESSAGE else "users"
    target_id = payload["id"]
    return _invocation(command) | {
        "target_id": target_id,
        "resolved": {group: {target_id: payload}},
    }


def _is_offered(user: User, channel: Channel, command: Payload) -> bool:
    try:
        check_command(user, channel, command)
    except CannotInvokeError:
        return False
    return True


def _descend(options: Sequence[Payload], names: Sequence[str]) -> list[Payload]:
    chain: list[Payload] = []
    for name in names:
        groups = [option for option in options if option["type"] in _SUBCOMMANDS]
        step = next((option for option in groups if option["name"] == name), None)
        if step is None:
            there = [option["name"] for option in groups]
            raise CannotInvokeError(f"There is no subcommand {name!r}; there are {there}.")
        chain.append(step)
        options = step.get("options") or []
    return chain


def _invocation(command: Payload) -> Payload:
    about = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return about | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})
