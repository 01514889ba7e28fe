"""Discord's own OpenAPI description of its HTTP API, read once and made fit for judging.

The document is `discord_openapi.json.gz` (MIT, © Discord; licence beside it). Three things in it
are changed, each because the real Discord behaves so: a snowflake may be written as a string or
an integer, the code of a field's error is a word, and request bodies have no unknown keys but for
a small list.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.wire import Payload

_METHODS = ("get", "post", "put", "patch", "delete")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SNOWFLAKE: Payload = {
    "anyOf": [
        {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"},
        {"type": "integer", "minimum": 0},
    ]
}
_FIELD_ERROR: Payload = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    "required": ["code", "message"],
}
# What discord.py sends and Discord takes, though the description does not name it.
_TOLERATED: Mapping[str, frozenset[str]] = {
    "ApplicationCommandUpdateRequest": frozenset({"nsfw"}),
    "ApplicationCommandCreateRequest": frozenset({"nsfw"}),
    "RichEmbed": frozenset({"flags"}),
    "MessageEditRequestPartial": frozenset({"tts"}),
    "IncomingWebhookUpdateRequestPartial": frozenset({"tts"}),
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": frozenset({"tts"}),
}


@dataclass(frozen=True)
class Operation:
    """One thing that the API can be asked to do."""

    id: str
    method: str
    template: str
    definition: Payload = field(repr=False)
    parameters: tuple[Payload, ...] = field(repr=False)

    @property
    def needs_token(self) -> bool:
        """Whether the request must carry the bot's token."""
        security: list[Payload] = self.definition.get("security") or []
        return bool(security) and {} not in security

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """Return the placeholders' values where a path has this operation's form, else None."""
        found: dict[str, str] = {}
        for expected, segment in zip(self.template.strip("/").split("/"), segments, strict=True):
            name = _PLACEHOLDER.fullmatch(expected)
            if name:
                found[name[1]] = segment
            elif expected != segment:
                return None
        return found


@dataclass(frozen=True)
class Description:
    """The operations by form, and the schemas of what goes in and what comes out."""

    operations: Mapping[tuple[str, int], tuple[Operation, ...]] = field(repr=False)
    request_schemas: Payload = field(repr=False)
    reply_schemas: Payload = field(repr=False)
    shared_replies: Payload = field(repr=False)

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """Return the operation that a request asks for, with its path parameters."""
        segments = path.strip("/").split("/")
        for operation in self.operations.get((method, len(segments)), ()):
            parameters = operation.match(segments)
            if parameters is not None:
                return operation, parameters
        return None


@cache
def discord_description() -> Description:
    """Return the vendored description; it is read the first time."""
    packed = files("bot.sandbox").joinpath("discord_openapi.json.gz").read_bytes()
    document: Payload = json.loads(gzip.decompress(packed))
    schemas = document["components"]["schemas"]
    schemas["SnowflakeType"] = _SNOWFLAKE
    schemas["InnerErrors"]["properties"]["_errors"]["items"] = _FIELD_ERROR
    closed = {name: _closed(name, schema) for name, schema in schemas.items()}
    return Description(
        operations=_operations_by_form(document["paths"]),
        request_schemas=closed,
        reply_schemas=schemas,
        shared_replies=document["components"]["responses"],
    )


def _operations_by_form(paths: Payload) -> dict[tuple[str, int], tuple[Operation, ...]]:
    found: dict[tuple[str, int], list[Operation]] = {}
    for template, item in paths.items():
        for method in _METHODS:
            if method not in item:
                continue
            definition = item[method]
            parameters = (*item.get("parameters", ()), *definition.get("parameters", ()))
            made = Operation(
                definition["operationId"], method.upper(), template, definition, parameters
            )
            form = (made.method, len(template.strip("/").split("/")))
            found.setdefault(form, []).append(made)
    # Where both fit, a literal segment wins over a placeholder.
    return {
        form: tuple(sorted(made, key=lambda each: each.template.count("{")))
        for form, made in found.items()
    }


def _closed(name: str, schema: Any) -> Any:
    """Forbid unknown keys, here and in nested objects; parts of an `allOf` stay open."""
    if not isinstance(schema, dict):
        return schema
    copied = {key: _closed_part(key, part) for key, part in schema.items()}
    is_open = "properties" in schema and "additionalProperties" not in schema
    if is_open and "allOf" not in schema:
        copied["properties"] |= {key: {} for key in _TOLERATED.get(name, ())}
        copied["additionalProperties"] = False
    return copied


def _closed_part(key: str, part: Any) -> Any:
    if key in {"anyOf", "oneOf"}:
        return [_closed("", each) for each in part]
    if key == "items":
        return _closed("", part)
    if key == "properties":
        return {name: _closed("", each) for name, each in part.items()}
    return part
