"""Operations about application commands: register them, list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.rest.call import Call, Handler, Reply
from bot.sandbox.rules.commands import check_commands, command_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.wire import Payload
    from bot.sandbox.world.world import World


def _list_global(call: Call) -> Reply:
    return Reply(call.world.commands.get(None, []))


def _list_of_guild(call: Call) -> Reply:
    return Reply(call.world.commands.get(int(call.parameters["guild_id"]), []))


def _replace_global(call: Call) -> Reply:
    return _replace(call, None)


def _replace_of_guild(call: Call) -> Reply:
    return _replace(call, int(call.parameters["guild_id"]))


def _replace(call: Call, guild_id: int | None) -> Reply:
    asked = call.body or []
    check_commands(asked)
    registered = [_registered(call.world, command, guild_id) for command in asked]
    call.world.commands[guild_id] = registered
    return Reply(registered)


def _registered(world: World, command: Payload, guild_id: int | None) -> Payload:
    permissions = command.get("default_member_permissions")
    made: Payload = {
        "id": str(world.snowflakes.next()),
        "application_id": str(world.application_id),
        "version": str(world.snowflakes.next()),
        "type": int(command_type(command)),
        "name": command["name"],
        "description": command.get("description") or "",
        "default_member_permissions": None if permissions is None else str(permissions),
        "options": command.get("options") or [],
        "nsfw": bool(command.get("nsfw")),
        "name_localizations": command.get("name_localizations"),
        "description_localizations": command.get("description_localizations"),
        "contexts": command.get("contexts"),
        "integration_types": command.get("integration_types") or [0],
        "dm_permission": command.get("dm_permission", True) is not False,
    }
    if guild_id is not None:
        made["guild_id"] = str(guild_id)
    return made


OPERATIONS: Mapping[str, Handler] = {
    "list_application_commands": _list_global,
    "list_guild_application_commands": _list_of_guild,
    "bulk_set_application_commands": _replace_global,
    "bulk_set_guild_application_commands": _replace_of_guild,
}
