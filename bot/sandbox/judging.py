"""Judges every request and every reply against Discord's description.

Knows schemas only. What the description does not say (totals, deadlines, permissions) is in
`rules`. jsonschema-rs compiles each schema once and then takes microseconds; it is needed for
judging alone, so a demonstration can do without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.sandbox.description import Description, Operation, discord_description
from bot.sandbox.errors import FieldError, SandboxError
from bot.sandbox.explaining import explain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema_rs import Draft202012Validator

    from bot.sandbox.wire import Payload

_REQUESTS = "urn:discord:requests"
_REPLIES = "urn:discord:replies"
_JSON = "application/json"

Body: TypeAlias = "Payload | list[Any] | None"


@dataclass(frozen=True)
class Violation:
    """A request or reply that Discord's description does not allow.

    `part` is one of route, path, query, request, reply. Only a reply is the local Discord's own
    fault.
    """

    part: str
    method: str
    path: str
    operation: str
    error: FieldError

    def __str__(self) -> str:
        return f"{self.part} {self.method} {self.path} ({self.operation}): {self.error}"


class Judge:
    """Compiled schemas of one description."""

    def __init__(self, description: Description) -> None:
        try:
            from jsonschema_rs import Draft202012, Draft202012Validator, Registry
        except ImportError:
            raise SandboxError(
                "Judging the traffic needs jsonschema-rs: install it, or say judged=False."
            ) from None
        self.description = description
        parts = {_REQUESTS: description.request_schemas, _REPLIES: description.reply_schemas}
        resources = [(name, {"components": {"schemas": made}}) for name, made in parts.items()]
        registry = Registry(resources, draft=Draft202012)
        self._compile = partial(Draft202012Validator, validate_formats=True, registry=registry)
        self._compiled: dict[str, Draft202012Validator] = {}

    def request_errors(
        self, operation: Operation, content_type: str | None, body: Body
    ) -> list[FieldError]:
        """Say what is wrong with a request's body; files are not looked at."""
        expected = operation.definition.get("requestBody")
        if expected is None:
            return [_field("there must be no body")] if body else []
        if body is None:
            return [_field("a body is required")] if expected.get("required") else []
        if content_type not in expected["content"]:
            return [_field(f"the content type {content_type} is not taken")]
        # A multipart request carries its JSON in one of its parts.
        schema = expected["content"][_JSON]["schema"]
        return self._errors(f"request {operation.id}", _REQUESTS, schema, body)

    def parameter_errors(
        self, operation: Operation, place: str, values: Mapping[str, str]
    ) -> list[FieldError]:
        """Say what is wrong with a request's parameters; `place` is "query" or "path"."""
        known = {each["name"]: each for each in operation.parameters if each["in"] == place}
        return [*self._value_errors(operation, values, known), *_absent(values, known)]

    def reply_errors(self, operation: Operation, status: int, body: Body) -> list[FieldError]:
        """Say what is wrong with an answer."""
        replies = operation.definition["responses"]
        reply = replies.get(str(status)) or replies.get(f"{status // 100}XX")
        if reply is None:
            return [_field(f"the status {status} is not described")]
        if "$ref" in reply:
            reply = self.description.shared_replies[reply["$ref"].rsplit("/", 1)[1]]
        media = reply.get("content", {}).get(_JSON)
        if media is None:
            return [] if body is None else [_field("there must be no body")]
        return self._errors(f"reply {operation.id} {status}", _REPLIES, media["schema"], body)

    def _value_errors(
        self, operation: Operation, values: Mapping[str, str], known: Mapping[str, Payload]
    ) -> Iterator[FieldError]:
        for name, raw in values.items():
            if name not in known:
                yield _field("is not a parameter", name)
                continue
            schema = known[name].get("schema", {})
            key = f"parameter {operation.id} {name}"
            for error in self._errors(key, _REQUESTS, schema, _parameter_value(raw, schema)):
                yield FieldError((name, *error.path), error.code, error.message)

    def _errors(self, key: str, base: str, schema: Payload, value: Any) -> list[FieldError]:
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = self._compile(_absolute(schema, base))
        if compiled.is_valid(value):
            return []
        path, message = explain(compiled.iter_errors(value))
        return [FieldError(path, "DESCRIPTION", message)]


class Onlooker:
    """Knows the operations as a Judge does, and finds nothing wrong with anything."""

    def __init__(self, description: Description) -> None:
        self.description = description

    def request_errors(self, *_: Any) -> list[FieldError]:
        """Find nothing wrong."""
        return []

    def parameter_errors(self, *_: Any) -> list[FieldError]:
        """Find nothing wrong."""
        return []

    def reply_errors(self, *_: Any) -> list[FieldError]:
        """Find nothing wrong."""
        return []


@cache
def discord_judge() -> Judge:
    """Return the judge for Discord's own description; schemas stay compiled between uses.

    Raises SandboxError where jsonschema-rs is not installed.
    """
    return Judge(discord_description())


def _field(message: str, *path: str) -> FieldError:
    return FieldError(path, "DESCRIPTION", message)


def _absent(values: Mapping[str, str], known: Mapping[str, Payload]) -> Iterator[FieldError]:
    for name, parameter in known.items():
        if parameter.get("required") and name not in values:
            yield _field("is required", name)


def _absolute(schema: Any, base: str) -> Any:
    """Let references of a schema that is compiled on its own lead into the registry."""
    if isinstance(schema, list):
        return [_absolute(each, base) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: base + value if key == "$ref" else _absolute(value, base)
        for key, value in schema.items()
    }


def _parameter_value(raw: str, schema: Payload) -> str | int | bool:
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    if "boolean" in kinds and raw.lower() in {"true", "false", "1", "0"}:
        return raw.lower() in {"true", "1"}
    if "integer" in kinds and re.fullmatch(r"-?\d+", raw):
        return int(raw)
    return raw
