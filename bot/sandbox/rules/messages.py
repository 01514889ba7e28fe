"""What a message may contain, whoever sends it and however it got here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, FieldError, refuse_if_any
from bot.sandbox.rules.components import classic_errors, common_errors, layout_errors
from bot.sandbox.wire import MessageFlag, Payload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_CONTENT = 2000
MAX_EMBED_TOTAL = 6000

_CLASSIC_FIELDS = ("content", "embeds", "poll", "sticker_ids")


def check_message(body: Payload, flags: MessageFlag) -> None:
    """Raise InvalidFormError, or ApiError 50006 for an empty message."""
    components = body.get("components") or []
    if MessageFlag.COMPONENTS_V2 in flags:
        errors = [*_layout_message_errors(body), *layout_errors(components)]
        is_empty = not components
    else:
        errors = [*_classic_message_errors(body), *classic_errors(components)]
        is_empty = _is_empty(body)
    refuse_if_any([*errors, *common_errors(components)])
    if is_empty:
        raise ApiError(400, 50006, "Cannot send an empty message")


def embed_length(embeds: Sequence[Payload]) -> int:
    """Count the characters that Discord counts over all embeds of a message."""
    return sum(_one_embed_length(embed) for embed in embeds)


def _classic_message_errors(body: Payload) -> Iterator[FieldError]:
    if len(body.get("content") or "") > MAX_CONTENT:
        message = f"Must be {MAX_CONTENT} or fewer in length."
        yield FieldError(("content",), "BASE_TYPE_MAX_LENGTH", message)
    if embed_length(body.get("embeds") or []) > MAX_EMBED_TOTAL:
        message = f"Embed size exceeds maximum size of {MAX_EMBED_TOTAL}"
        yield FieldError(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _layout_message_errors(body: Payload) -> Iterator[FieldError]:
    for key in _CLASSIC_FIELDS:
        if body.get(key):
            message = f"The {key!r} field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            yield FieldError((key,), code, message)


def _is_empty(body: Payload) -> bool:
    if (body.get("content") or "").strip():
        return False
    return not any(body.get(key) for key in ("embeds", "components", "poll", "attachments"))


def _one_embed_length(embed: Payload) -> int:
    parts = [embed.get("title"), embed.get("description")]
    parts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or ():
        parts += [field["name"], field["value"]]
    return sum(len(part or "") for part in parts)
