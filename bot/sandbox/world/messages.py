"""Messages come and go here: composed from a request's body, posted, edited, deleted.

Assumes that the body was found in order; what Discord refuses is decided in `rules`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.wire import InteractionType, MessageFlag, Payload
from bot.sandbox.world.mentions import pings_author, pings_of
from bot.sandbox.world.model import Channel, Message, User
from bot.sandbox.world.normal_form import attachment_payload, normal_components, normal_embeds
from bot.sandbox.world.payloads import user_payload
from bot.sandbox.world.snowflakes import timestamp
from bot.sandbox.world.world import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.world.interaction import Interaction
    from bot.sandbox.world.world import Upload, World

_REPLY = 19
_COMMAND_ANSWER = 20


def post(
    world: World,
    channel: Channel,
    author: User,
    body: Payload,
    *,
    interaction: Interaction | None = None,
    files: Sequence[Upload] = (),
) -> Message:
    """Post a new message and tell everyone who may see it."""
    payload = _fresh_payload(world, channel, author, body)
    payload["attachments"] = _attach(world, files)
    if interaction is not None:
        payload |= _interaction_part(world, interaction)
    if body.get("message_reference"):
        _refer(payload, channel, body)
    message = Message(payload, channel, author)
    if interaction is not None and message.is_ephemeral:
        message.seen_only_by = interaction.user
    channel.messages[message.id] = message
    _publish(world, "MESSAGE_CREATE", message)
    return message


def edit(world: World, message: Message, body: Payload, files: Sequence[Upload] = ()) -> Message:
    """Change what the body names; the rest stays."""
    payload = message.payload
    if not message.is_loading:  # what takes the place of "thinking…" is no edit for readers
        payload["edited_timestamp"] = timestamp()
    payload["flags"] = int(flags_after(message, body))
    payload["content"] = body.get("content", payload["content"]) or ""
    if "embeds" in body:
        payload["embeds"] = normal_embeds(body["embeds"] or ())
    if "components" in body:
        payload["components"] = normal_components(body["components"] or ())
    if "attachments" in body:
        kept = {str(each["id"]) for each in body["attachments"] or ()}
        payload["attachments"] = [each for each in payload["attachments"] if each["id"] in kept]
    payload["attachments"] += _attach(world, files)
    payload |= _pings_part(world, message, body)
    _publish(world, "MESSAGE_UPDATE", message)
    return message


def delete(world: World, message: Message) -> None:
    """Remove a message and tell everyone who saw it."""
    channel = message.channel
    channel.messages.pop(message.id, None)
    gone: Payload = {"id": str(message.id), "channel_id": str(channel.id)}
    if channel.guild is not None:
        gone["guild_id"] = str(channel.guild.id)
    world.publish(Event("MESSAGE_DELETE", gone, channel.guild, channel, message))


def flags_after(message: Message, body: Payload) -> MessageFlag:
    """Return the flags that an edit leaves: ephemeral and Components V2 stay, loading ends."""
    sticky = MessageFlag.EPHEMERAL | MessageFlag.COMPONENTS_V2
    if body.get("flags") is None:
        return message.flags & ~MessageFlag.LOADING
    asked = MessageFlag(body["flags"]) & ~(MessageFlag.EPHEMERAL | MessageFlag.LOADING)
    return asked | (message.flags & sticky)


def _fresh_payload(world: World, channel: Channel, author: User, body: Payload) -> Payload:
    content = body.get("content") or ""
    payload: Payload = {
        "id": str(world.snowflakes.next()),
        "type": 0,
        "channel_id": str(channel.id),
        "author": user_payload(author),
        "content": content,
        "timestamp": timestamp(),
        "edited_timestamp": None,
        "tts": bool(body.get("tts")),
        "embeds": normal_embeds(body.get("embeds") or ()),
        "pinned": False,
        "flags": body.get("flags") or 0,
        "components": normal_components(body.get("components") or ()),
    }
    if body.get("nonce") is not None:
        payload["nonce"] = body["nonce"]
    return payload | _pings_part(world, Message(payload, channel, author), body)


def _pings_part(world: World, message: Message, body: Payload) -> Payload:
    allowed = body.get("allowed_mentions")
    pings = pings_of(message.text, world.users, message.channel.guild, allowed)
    return {
        "mention_everyone": pings.everyone,
        "mentions": [user_payload(user) for user in pings.users],
        "mention_roles": [str(role.id) for role in pings.roles],
    }


def _attach(world: World, files: Sequence[Upload]) -> list[Payload]:
    attached = []
    for file in files:
        upload_id = world.snowflakes.next()
        world.uploads[upload_id] = file
        attached.append(attachment_payload(upload_id, file.name, len(file.content), world.address))
    return attached


def _interaction_part(world: World, interaction: Interaction) -> Payload:
    guild = interaction.channel.guild
    owners = {"0": str(guild.id)} if guild and guild.has_bot else {"1": str(interaction.user.id)}
    about: Payload = {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "user": user_payload(interaction.user),
        "authorizing_integration_owners": owners,
    }
    if interaction.type is InteractionType.COMPONENT and interaction.message:
        about["interacted_message_id"] = str(interaction.message.id)
    if interaction.type is InteractionType.MODAL_SUBMIT:
        about["triggering_interaction_metadata"] = {**about, "type": int(InteractionType.COMMAND)}
    return {
        "type": _COMMAND_ANSWER if interaction.type is InteractionType.COMMAND else 0,
        "application_id": str(world.application_id),
        "webhook_id": str(world.application_id),
        "interaction_metadata": about,
    }


def _refer(payload: Payload, channel: Channel, body: Payload) -> None:
    reference = body["message_reference"]
    about = {
        "type": reference.get("type") or 0,
        "channel_id": str(channel.id),
        "message_id": str(reference["message_id"]),
    }
    if channel.guild is not None:
        about["guild_id"] = str(channel.guild.id)
    payload |= {"type": _REPLY, "message_reference": about, "referenced_message": None}
    target = channel.messages.get(int(reference["message_id"]))
    if target is None:
        return
    shown = {key: each for key, each in target.payload.items() if key != "referenced_message"}
    payload["referenced_message"] = shown
    if pings_author(body.get("allowed_mentions")):
        payload["mentions"].append(target.payload["author"])


def _publish(world: World, name: str, message: Message) -> None:
    channel = message.channel
    world.publish(Event(name, message.payload, channel.guild, channel, message))
