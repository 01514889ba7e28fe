"""Writes INTERACTION_CREATE: what the app is told when a person acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.world.payloads import channel_payload, member_payload, user_payload

if TYPE_CHECKING:
    from bot.sandbox.wire import Payload
    from bot.sandbox.world.interaction import Interaction
    from bot.sandbox.world.model import Channel, User
    from bot.sandbox.world.world import World

_IN_GUILD, _IN_BOT_DM = 0, 1


def interaction_payload(world: World, interaction: Interaction, content: Payload) -> Payload:
    """Write the whole interaction; `content` is its `data`."""
    channel, user = interaction.channel, interaction.user
    about: Payload = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": int(interaction.type),
        "token": interaction.token,
        "version": 1,
        "data": content,
        "channel_id": str(channel.id),
        "channel": _channel_part(channel, user),
        "locale": user.locale,
        "entitlements": [],
        "attachment_size_limit": 10 * 2**20,
        "app_permissions": str(int(_app_permissions(world, channel))),
        "context": _IN_BOT_DM if channel.guild is None else _IN_GUILD,
        "authorizing_integration_owners": _owners(channel, user),
    }
    if interaction.message is not None:
        about["message"] = interaction.message.payload
    return about | _actor_part(channel, user)


def _app_permissions(world: World, channel: Channel) -> int:
    return channel.permissions_of(world.bot)


def _channel_part(channel: Channel, user: User) -> Payload:
    payload = channel_payload(channel)
    if channel.guild is None:
        return payload
    return payload | {"permissions": str(int(channel.permissions_of(user)))}


def _owners(channel: Channel, user: User) -> Payload:
    if channel.guild is None:
        return {"0": "0"}
    return {"0": str(channel.guild.id)} if channel.guild.has_bot else {"1": str(user.id)}


def _actor_part(channel: Channel, user: User) -> Payload:
    guild = channel.guild
    if guild is None:
        return {"user": user_payload(user)}
    permissions = {"permissions": str(int(channel.permissions_of(user)))}
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member_payload(user) | permissions,
    }
