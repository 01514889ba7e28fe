"""Operations about channels, threads, direct conversations and servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError
from bot.sandbox.rest.call import NO_CONTENT, Call, Handler, Reply
from bot.sandbox.rules.permissions import sending_permission
from bot.sandbox.wire import Permission
from bot.sandbox.world.payloads import (
    channel_payload,
    guild_details_payload,
    member_payload,
    typing_payload,
    user_payload,
)
from bot.sandbox.world.world import Event

if TYPE_CHECKING:
    from collections.abc import Mapping


def _get_channel(call: Call) -> Reply:
    return Reply(channel_payload(call.channel()))


def _create_dm(call: Call) -> Reply:
    user = call.world.users.get(int(call.body["recipient_id"]))
    if user is None or user.is_bot:
        raise ApiError(400, 50033, "Invalid Recipient(s)")
    return Reply(channel_payload(call.world.dm(user)))


def _show_typing(call: Call) -> Reply:
    channel = call.channel(sending_permission(call.channel()))
    payload = typing_payload(channel, call.world.bot)
    call.world.publish(Event("TYPING_START", payload, channel.guild, channel))
    return NO_CONTENT


def _create_thread(call: Call) -> Reply:
    channel = call.channel(Permission.CREATE_PUBLIC_THREADS)
    thread = call.world.add_thread(channel, call.body["name"], call.world.bot)
    return Reply(channel_payload(thread), 201)


def _create_thread_from_message(call: Call) -> Reply:
    channel = call.channel(Permission.CREATE_PUBLIC_THREADS)
    message_id = call.message().id
    if message_id in call.world.channels:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    thread = call.world.add_thread(channel, call.body["name"], call.world.bot, message_id)
    return Reply(channel_payload(thread), 201)


def _get_user(call: Call) -> Reply:
    user = call.world.users.get(int(call.parameters["user_id"]))
    if user is None:
        raise ApiError(404, 10013, "Unknown User")
    return Reply(user_payload(user))


def _get_guild(call: Call) -> Reply:
    guild = call.world.guilds.get(int(call.parameters["guild_id"]))
    if guild is None or not guild.has_bot:
        raise ApiError(404, 10004, "Unknown Guild")
    return Reply(guild_details_payload(guild))


def _leave_guild(call: Call) -> Reply:
    guild = call.world.guilds.get(int(call.parameters["guild_id"]))
    if guild is None or not guild.has_bot:
        raise ApiError(404, 10004, "Unknown Guild")
    call.world.remove_bot(guild)
    return NO_CONTENT


def _get_member(call: Call) -> Reply:
    guild = call.world.guilds.get(int(call.parameters["guild_id"]))
    user_id = int(call.parameters["user_id"])
    if guild is None or not guild.has_bot or user_id not in guild.members:
        raise ApiError(404, 10007, "Unknown Member")
    return Reply(member_payload(guild.members[user_id]))


OPERATIONS: Mapping[str, Handler] = {
    "get_channel": _get_channel,
    "create_dm": _create_dm,
    "trigger_typing_indicator": _show_typing,
    "create_thread": _create_thread,
    "create_thread_from_message": _create_thread_from_message,
    "get_user": _get_user,
    "get_guild": _get_guild,
    "leave_guild": _leave_guild,
    "get_guild_member": _get_member,
}
