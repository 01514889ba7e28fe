"""What one person sees: the channels, the messages, the commands that they are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.acting.commands import offered_commands
from bot.sandbox.page.localising import languages, localised
from bot.sandbox.wire import CommandType, Payload, Permission

if TYPE_CHECKING:
    from bot.sandbox.loopback import LoopbackDiscord
    from bot.sandbox.world.model import Channel, Message, User

_SHOWN_MESSAGES = 100
_SHOWN_VIOLATIONS = 5


@dataclass(frozen=True)
class Viewpoint:
    """Who looks, and where."""

    user: User
    channel: Channel


def viewpoint(discord: LoopbackDiscord, user_id: str, channel_id: str) -> Viewpoint:
    """Return whom and what the page means. Raises LookupError, ValueError.

    The channel "dm" is the person's direct conversation with the bot.
    """
    user = discord.world.users[int(user_id)]
    if user.is_bot:
        raise LookupError(user.name)
    if channel_id == "dm":
        return Viewpoint(user, discord.world.dm(user))
    channel = discord.world.channels[int(channel_id)]
    if channel.is_dm and user not in channel.recipients:
        return Viewpoint(user, discord.world.dm(user))
    return Viewpoint(user, channel)


def shown(discord: LoopbackDiscord, view: Viewpoint, revision: str) -> Payload:
    """Return all that the page draws."""
    world = discord.world
    offered = [
        localised(each, view.user.locale)
        for each in offered_commands(world, view.user, view.channel)
    ]
    messages = discord.messages(view.channel, seen_by=view.user)[-_SHOWN_MESSAGES:]
    return {
        "revision": revision,
        "is_online": discord.sessions.is_online,
        "me": str(view.user.id),
        "bot": {"id": str(world.bot.id), "name": world.bot.name},
        "channel": _channel(view.channel),
        "channels": [
            _channel(channel) | _newest(discord, channel, view.user)
            for channel in _channels(discord, view.user)
        ],
        "direct": _direct(discord, view.user),
        "people": [_person(discord, user) for user in world.users.values() if not user.is_bot],
        "names": {str(user.id): user.name for user in world.users.values()},
        "commands": [each for each in offered if each["type"] == CommandType.CHAT],
        "menu": [
            {"name": each["name"], "label": each["label"]}
            for each in offered
            if each["type"] == CommandType.MESSAGE
        ],
        "language": view.user.locale,
        "languages": languages(world.commands_in(view.channel.guild)),
        "messages": [_message(discord, message) for message in messages],
        "violations": [str(each) for each in discord.violations[-_SHOWN_VIOLATIONS:]],
    }


def _channels(discord: LoopbackDiscord, user: User) -> list[Channel]:
    every = discord.world.channels.values()
    return [
        channel
        for channel in every
        if not channel.is_dm and channel.permissions_of(user) & Permission.VIEW_CHANNEL
    ]


def _direct(discord: LoopbackDiscord, user: User) -> Payload:
    """Return the person's direct conversation with the bot, which there need not be yet."""
    for channel in discord.world.channels.values():
        if channel.is_dm and user in channel.recipients:
            return {"id": str(channel.id)} | _newest(discord, channel, user)
    return {"id": None, "newest": None}


def _newest(discord: LoopbackDiscord, channel: Channel, user: User) -> Payload:
    messages = discord.messages(channel, seen_by=user)
    return {"newest": str(messages[-1].id) if messages else None}


def _channel(channel: Channel) -> Payload:
    guild = channel.guild
    return {
        "id": str(channel.id),
        "name": channel.name,
        "type": int(channel.type),
        "is_dm": channel.is_dm,
        "is_thread": channel.is_thread,
        "guild": guild.name if guild else None,
    }


def _person(discord: LoopbackDiscord, user: User) -> Payload:
    is_admin = any(guild.owner is user for guild in discord.world.guilds.values())
    return {"id": str(user.id), "name": user.name, "is_admin": is_admin}


def _message(discord: LoopbackDiscord, message: Message) -> Payload:
    about = message.payload.get("interaction_metadata")
    interaction = discord.world.interactions.get(int(about["id"])) if about else None
    command = interaction.command_name if interaction else None
    return message.payload | {"command": command}
