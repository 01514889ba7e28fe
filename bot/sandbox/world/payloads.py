"""The world's values as Discord writes them on the wire."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.sandbox.wire import ChannelType, Payload
from bot.sandbox.world.model import Role
from bot.sandbox.world.snowflakes import timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.sandbox.world.model import Channel, Guild, User


def user_payload(user: User) -> Payload:
    """Write a user as others see them."""
    return {
        "id": str(user.id),
        "username": user.name.lower(),
        "global_name": None if user.is_bot else user.name,
        "avatar": None,
        "discriminator": "0000" if user.is_bot else "0",
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        "bot": user.is_bot,
    }


def own_user_payload(user: User) -> Payload:
    """Write a user as they see themselves."""
    private = {"mfa_enabled": False, "locale": user.locale, "verified": True, "email": None}
    return user_payload(user) | private


def member_payload(
    user: User, joined_at: datetime | None = None, roles: Iterable[Role] = ()
) -> Payload:
    """Write a user as a member of a server, with those of its roles that they have."""
    return {
        "user": user_payload(user),
        "roles": [str(role.id) for role in roles if user.id in role.holder_ids],
        "joined_at": timestamp(joined_at),
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
        "avatar": None,
        "banner": None,
        "pending": False,
        "premium_since": None,
        "communication_disabled_until": None,
    }


def channel_payload(channel: Channel) -> Payload:
    """Write a channel, thread or direct conversation."""
    about: Payload = {"id": str(channel.id), "type": int(channel.type), "flags": 0}
    about["last_message_id"] = None
    if channel.guild is None:
        people = [user_payload(user) for user in channel.recipients if not user.is_bot]
        return about | {"recipients": people}
    about |= {"guild_id": str(channel.guild.id), "name": channel.name, "rate_limit_per_user": 0}
    return about | (_thread_part(channel) if channel.is_thread else _text_part(channel))


def typing_payload(channel: Channel, user: User) -> Payload:
    """Write that somebody has begun to type."""
    about = {"channel_id": str(channel.id), "user_id": str(user.id), "timestamp": int(time.time())}
    if channel.guild is None:
        return about
    return about | {"guild_id": str(channel.guild.id), "member": member_payload(user)}


def partial_channel_payload(channel: Channel, permissions: int) -> Payload:
    """Write a channel the short way, as an option's resolved value."""
    whole = channel_payload(channel)
    short = {key: whole[key] for key in ("id", "name", "type", "parent_id") if key in whole}
    return short | {"permissions": str(permissions)}


def guild_payload(guild: Guild, bot: User) -> Payload:
    """Write a server as GUILD_CREATE carries it when the bot is added."""
    channels = guild.channels.values()
    return _guild_settings(guild) | {
        "roles": _roles(guild),
        "joined_at": timestamp(guild.bot_joined_at),
        "large": False,
        "member_count": len(guild.members) + 1,
        "voice_states": [],
        "members": [member_payload(bot, guild.bot_joined_at)],
        "channels": [channel_payload(channel) for channel in channels if not channel.is_thread],
        "threads": [channel_payload(channel) for channel in channels if channel.is_thread],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "stickers": [],
    }


def available_guild_payload(guild: Guild, bot: User) -> Payload:
    """Write a server as GUILD_CREATE carries it after READY, and when an outage is over."""
    return guild_payload(guild, bot) | {"unavailable": False}


def guild_details_payload(guild: Guild) -> Payload:
    """Write a server as the HTTP API gives it: without members and channels."""
    return _guild_settings(guild) | {
        "roles": _roles(guild),
        "stickers": [],
        "region": "deprecated",
        "max_members": 500_000,
        "max_presences": None,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "widget_enabled": False,
        "widget_channel_id": None,
        "home_header": None,
        "incidents_data": None,
    }


def _text_part(channel: Channel) -> Payload:
    overwrites = [
        {"id": str(user_id), "type": 1, "allow": "0", "deny": str(int(denied))}
        for user_id, denied in channel.denied.items()
        if denied
    ]
    part: Payload = {
        "position": 0,
        "parent_id": None,
        "permission_overwrites": overwrites,
        "nsfw": False,
        "topic": None,
    }
    if channel.type is ChannelType.VOICE:
        part |= {"bitrate": 64_000, "user_limit": 0, "rtc_region": None}
    if channel.type is ChannelType.FORUM:
        part |= {"available_tags": []}
    return part


def _thread_part(thread: Channel) -> Payload:
    return {
        "owner_id": str(thread.opener.id) if thread.opener else None,
        "parent_id": str(thread.parent.id) if thread.parent else None,
        "message_count": len(thread.messages),
        "member_count": 1,
        "total_message_sent": len(thread.messages),
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": timestamp(),
            "auto_archive_duration": 1440,
            "locked": False,
        },
    }


def role_payload(role: Role, position: int = 1) -> Payload:
    """Write a role of a server."""
    return {
        "id": str(role.id),
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": position,
        "permissions": str(int(role.permissions)),
        "managed": False,
        "mentionable": position > 0,
        "flags": 0,
    }


def _roles(guild: Guild) -> list[Payload]:
    everyone = role_payload(Role(guild.id, "@everyone", guild.everyone_may), 0)
    others = enumerate(guild.roles.values(), start=1)
    return [everyone, *(role_payload(role, position) for position, role in others)]


def _guild_settings(guild: Guild) -> Payload:
    absent = (
        "icon",
        "splash",
        "discovery_splash",
        "afk_channel_id",
        "application_id",
        "system_channel_id",
        "rules_channel_id",
        "vanity_url_code",
        "description",
        "banner",
        "public_updates_channel_id",
        "safety_alerts_channel_id",
    )
    zero = (
        "verification_level",
        "explicit_content_filter",
        "mfa_level",
        "system_channel_flags",
        "premium_tier",
        "premium_subscription_count",
        "nsfw_level",
    )
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner.id),
        "preferred_locale": guild.locale,
        "default_message_notifications": 1,
        "afk_timeout": 300,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "emojis": [],
        "features": [],
        **dict.fromkeys(absent),
        **dict.fromkeys(zero, 0),
    }
