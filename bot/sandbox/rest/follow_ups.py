"""Operations with an interaction's token: follow-ups, and the original answer later on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError
from bot.sandbox.rest.call import NO_CONTENT, Call, Handler, Reply
from bot.sandbox.rest.messages import check_edit
from bot.sandbox.rules.messages import check_message
from bot.sandbox.wire import CallbackType, MessageFlag
from bot.sandbox.world.messages import delete, edit, post

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.world.interaction import Interaction
    from bot.sandbox.world.model import Message

MAX_FOREIGN_FOLLOW_UPS = 5
_ORIGINAL = "@original"


def _execute(call: Call) -> Reply:
    interaction = _interaction(call)
    _check_follow_up_count(interaction)
    original = interaction.original
    deferred = interaction.callback_type is CallbackType.DEFERRED_MESSAGE
    if original is not None and original.is_loading and deferred:
        # The first follow-up after a deferral takes the place of "thinking…".
        check_edit(original, call.body)
        message = edit(call.world, original, call.body, call.files)
        interaction.edit_count += 1
    else:
        message = _post_follow_up(call, interaction)
    interaction.touch()
    return Reply(message.payload) if call.is_set("wait") else NO_CONTENT


def _post_follow_up(call: Call, interaction: Interaction) -> Message:
    attached = {"attachments": [file.name for file in call.files]} if call.files else {}
    check_message(call.body | attached, MessageFlag(call.body.get("flags") or 0))
    message = post(
        call.world,
        interaction.channel,
        call.world.bot,
        call.body,
        interaction=interaction,
        files=call.files,
    )
    interaction.follow_ups.append(message)
    return message


def _check_follow_up_count(interaction: Interaction) -> None:
    guild = interaction.channel.guild
    is_foreign = guild is not None and not guild.has_bot
    if is_foreign and interaction.follow_up_count >= MAX_FOREIGN_FOLLOW_UPS:
        reached = "This interaction has reached the maximum number of follow-up messages"
        raise ApiError(400, 40094, reached)
    interaction.follow_up_count += 1


def _get(call: Call) -> Reply:
    return Reply(_message(call, _interaction(call)).payload)


def _update(call: Call) -> Reply:
    interaction = _interaction(call)
    message = _message(call, interaction)
    check_edit(message, call.body)
    edit(call.world, message, call.body, call.files)
    interaction.edit_count += message is interaction.original
    interaction.touch()
    return Reply(message.payload)


def _delete(call: Call) -> Reply:
    interaction = _interaction(call)
    message = _message(call, interaction)
    delete(call.world, message)
    if message is interaction.original:
        interaction.original = None
    else:
        interaction.follow_ups.remove(message)
    interaction.touch()
    return NO_CONTENT


def _interaction(call: Call) -> Interaction:
    interaction = call.world.interaction_by_token(call.parameters["webhook_token"])
    is_known = int(call.parameters["webhook_id"]) == call.world.application_id
    if interaction is None or not is_known or not interaction.is_acknowledged:
        raise ApiError(404, 10015, "Unknown Webhook")
    if interaction.age_seconds > call.world.deadlines.token_seconds:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    wanted = call.parameters.get("message_id", _ORIGINAL)
    if wanted == _ORIGINAL and interaction.original is not None:
        return interaction.original
    for message in interaction.messages:
        if str(message.id) == wanted:
            return message
    raise ApiError(404, 10008, "Unknown Message")


OPERATIONS: Mapping[str, Handler] = {
    "execute_webhook": _execute,
    "get_original_webhook_message": _get,
    "get_webhook_message": _get,
    "update_original_webhook_message": _update,
    "update_webhook_message": _update,
    "delete_original_webhook_message": _delete,
    "delete_webhook_message": _delete,
}
