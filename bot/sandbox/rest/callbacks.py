"""The operation that acknowledges an interaction: once, and within its deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, FieldError, InvalidFormError
from bot.sandbox.rest.call import NO_CONTENT, Call, Handler, Reply
from bot.sandbox.rest.messages import check_edit
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.modals import check_modal
from bot.sandbox.wire import CallbackType, InteractionType, MessageFlag, Payload
from bot.sandbox.world.messages import edit, post

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.world.interaction import Interaction
    from bot.sandbox.world.model import Message

_CARRIES_MESSAGE = {CallbackType.MESSAGE, CallbackType.UPDATE}
_OPENS_MESSAGE = {CallbackType.MESSAGE, CallbackType.DEFERRED_MESSAGE}


def _create_response(call: Call) -> Reply:
    interaction = _open_interaction(call)
    kind = CallbackType(call.body["type"])
    body = call.body.get("data") or {}
    _check_kind(interaction, kind)
    message = _carry_out(call, interaction, kind, body)
    interaction.edit_count += kind is CallbackType.UPDATE
    interaction.acknowledge(kind, body, message)
    if not call.is_set("with_response"):
        return NO_CONTENT
    return Reply(_callback_payload(interaction, kind, message))


def _open_interaction(call: Call) -> Interaction:
    interaction = call.world.interactions.get(int(call.parameters["interaction_id"]))
    if interaction is None or interaction.token != call.parameters["interaction_token"]:
        raise ApiError(404, 10062, "Unknown interaction")
    if interaction.is_acknowledged:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if interaction.age_seconds > interaction.deadline_seconds:
        raise ApiError(404, 10062, "Unknown interaction")
    return interaction


def _check_kind(interaction: Interaction, kind: CallbackType) -> None:
    allowed = {
        CallbackType.AUTOCOMPLETE: interaction.type is InteractionType.AUTOCOMPLETE,
        CallbackType.MODAL: interaction.type is not InteractionType.MODAL_SUBMIT,
        CallbackType.UPDATE: interaction.message is not None,
        CallbackType.DEFERRED_UPDATE: interaction.message is not None,
    }
    completes = interaction.type is InteractionType.AUTOCOMPLETE
    if not allowed.get(kind, True) or (completes and kind is not CallbackType.AUTOCOMPLETE):
        message = f"{kind.name} does not answer {interaction.type.name}."
        raise InvalidFormError([FieldError(("type",), "INTERACTION_CALLBACK_TYPE", message)])


def _carry_out(
    call: Call, interaction: Interaction, kind: CallbackType, body: Payload
) -> Message | None:
    if kind in _OPENS_MESSAGE:
        if kind is CallbackType.DEFERRED_MESSAGE:
            body = {"flags": (body.get("flags") or 0) | MessageFlag.LOADING}
        else:
            check_message(body | _attached(call), MessageFlag(body.get("flags") or 0))
        bot = call.world.bot
        return post(
            call.world, interaction.channel, bot, body, interaction=interaction, files=call.files
        )
    if kind is CallbackType.UPDATE and interaction.message is not None:
        check_edit(interaction.message, body)
        return edit(call.world, interaction.message, body, call.files)
    if kind is CallbackType.MODAL:
        check_modal(body)
    return interaction.message if kind is CallbackType.DEFERRED_UPDATE else None


def _attached(call: Call) -> Payload:
    return {"attachments": [file.name for file in call.files]} if call.files else {}


def _callback_payload(
    interaction: Interaction, kind: CallbackType, message: Message | None
) -> Payload:
    about: Payload = {"id": str(interaction.id), "type": int(interaction.type)}
    if message is None:
        return {"interaction": about}
    about |= {
        "response_message_id": str(message.id),
        "response_message_loading": kind is CallbackType.DEFERRED_MESSAGE,
        "response_message_ephemeral": message.is_ephemeral,
        "channel_id": str(interaction.channel.id),
    }
    if kind not in _CARRIES_MESSAGE:
        return {"interaction": about}
    return {"interaction": about, "resource": {"type": int(kind), "message": message.payload}}


OPERATIONS: Mapping[str, Handler] = {"create_interaction_response": _create_response}
