"""Operations about messages in channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, FieldError, InvalidFormError
from bot.sandbox.rest.call import NO_CONTENT, Call, Handler, Reply
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.permissions import require, sending_permission
from bot.sandbox.wire import MessageFlag, Payload, Permission
from bot.sandbox.world.messages import delete, edit, flags_after, post

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.world.model import Channel, Message

_DEFAULT_PAGE = 50


def check_edit(message: Message, body: Payload) -> None:
    """Raise what Discord answers where the message would break a rule after this edit.

    What the body does not name stays, so a classic message becomes Components V2 only when its
    content and embeds are set to null.
    """
    keys = ("content", "embeds", "components", "attachments")
    merged = {key: body.get(key, message.payload[key]) for key in keys}
    check_message(merged, flags_after(message, body))


def _create(call: Call) -> Reply:
    channel = call.channel(sending_permission(call.channel()))
    if not all(user.accepts_direct_messages for user in channel.recipients):
        raise ApiError(403, 50007, "Cannot send messages to this user")
    body = dict(call.body)
    if body.get("message_reference"):
        _check_reference(call, channel, body["message_reference"])
    if not channel.permissions_of(call.world.bot) & Permission.EMBED_LINKS:
        body["embeds"] = []
    if call.files:
        require(channel, call.world.bot, Permission.ATTACH_FILES)
    flags = MessageFlag(body.get("flags") or 0)
    if MessageFlag.EPHEMERAL in flags:
        raise InvalidFormError([FieldError(("flags",), "INVALID", "Only answers are ephemeral.")])
    check_message(body, flags)
    if body.get("enforce_nonce") and (known := _posted_with(channel, body.get("nonce"))):
        return Reply(known.payload)
    message = post(call.world, channel, call.world.bot, body, files=call.files)
    return Reply(message.payload)


def _posted_with(channel: Channel, nonce: str | int | None) -> Message | None:
    """Return the message that was made with a nonce; Discord looks back a few minutes for it."""
    for message in channel.messages.values():
        if nonce is not None and str(message.payload.get("nonce")) == str(nonce):
            return message
    return None


def _get(call: Call) -> Reply:
    return Reply(call.message(Permission.READ_MESSAGE_HISTORY).payload)


def _list(call: Call) -> Reply:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    first = int(call.query.get("after", 0))
    last = int(call.query.get("before", 1 << 63))
    found = [each for each in channel.messages.values() if first < each.id < last]
    newest_first = [each.payload for each in reversed(found) if not each.is_ephemeral]
    return Reply(newest_first[: int(call.query.get("limit", _DEFAULT_PAGE))])


def _update(call: Call) -> Reply:
    message = call.message()
    if message.author is not call.world.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    check_edit(message, call.body)
    return Reply(edit(call.world, message, call.body, call.files).payload)


def _delete(call: Call) -> Reply:
    message = call.message()
    if message.author is not call.world.bot:
        require(message.channel, call.world.bot, Permission.MANAGE_MESSAGES)
    delete(call.world, message)
    return NO_CONTENT


def _react(call: Call) -> Reply:
    call.message(Permission.READ_MESSAGE_HISTORY, Permission.ADD_REACTIONS)
    return NO_CONTENT


def _check_reference(call: Call, channel: Channel, reference: Payload) -> None:
    require(channel, call.world.bot, Permission.READ_MESSAGE_HISTORY)
    known = int(reference["message_id"]) in channel.messages
    if not known and reference.get("fail_if_not_exists", True):
        error = FieldError(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        raise InvalidFormError([error])


OPERATIONS: Mapping[str, Handler] = {
    "create_message": _create,
    "get_message": _get,
    "list_messages": _list,
    "update_message": _update,
    "delete_message": _delete,
    "add_my_message_reaction": _react,
}
