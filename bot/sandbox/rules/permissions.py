"""What the bot and people may do where, decided the way Discord decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, CannotInvokeError
from bot.sandbox.wire import Payload, Permission

if TYPE_CHECKING:
    from bot.sandbox.world.model import Channel, User

_IN_GUILD, _IN_BOT_DM = 0, 1
_USER_INSTALL = 1


def require(channel: Channel, bot: User, *needed: Permission) -> None:
    """Raise ApiError 50001 where the bot cannot see the channel, 50013 where it lacks more."""
    if channel.guild is not None and not channel.guild.has_bot:
        raise ApiError(403, 50001, "Missing Access")
    held = channel.permissions_of(bot)
    if not held & Permission.VIEW_CHANNEL:
        raise ApiError(403, 50001, "Missing Access")
    if any(not held & each for each in needed):
        raise ApiError(403, 50013, "Missing Permissions")


def sending_permission(channel: Channel) -> Permission:
    """Return what sending here takes."""
    if channel.is_thread:
        return Permission.SEND_MESSAGES_IN_THREADS
    return Permission.SEND_MESSAGES


def check_visible(user: User, channel: Channel) -> None:
    """Raise CannotInvokeError where this person's client does not show the channel."""
    if channel.is_dm and user not in channel.recipients:
        raise CannotInvokeError(f"{user.name} is not part of this direct conversation.")
    if not channel.permissions_of(user) & Permission.VIEW_CHANNEL:
        raise CannotInvokeError(f"{user.name} cannot see the channel {channel.name}.")


def check_command(user: User, channel: Channel, command: Payload) -> None:
    """Raise CannotInvokeError where this person's client does not offer the command."""
    check_visible(user, channel)
    _check_context(channel, command)
    if channel.guild is None:
        return
    held = channel.permissions_of(user)
    if not held & Permission.USE_APPLICATION_COMMANDS:
        raise CannotInvokeError(f"{user.name} may not use application commands here.")
    needed = command["default_member_permissions"]
    if needed is None or held & Permission.ADMINISTRATOR:
        return
    if int(needed) == 0 or held & int(needed) != int(needed):
        wanted = Permission(int(needed))
        raise CannotInvokeError(f"/{command['name']} needs {wanted!r}, which {user.name} lacks.")


def _check_context(channel: Channel, command: Payload) -> None:
    context = _IN_BOT_DM if channel.guild is None else _IN_GUILD
    if command["contexts"] is not None and context not in command["contexts"]:
        where = "direct conversations" if channel.guild is None else "servers"
        raise CannotInvokeError(f"/{command['name']} is not offered in {where}.")
    foreign = channel.guild is not None and not channel.guild.has_bot
    if foreign and _USER_INSTALL not in command["integration_types"]:
        raise CannotInvokeError(
            f"The bot is not in this server and /{command['name']} is not installed by users."
        )
