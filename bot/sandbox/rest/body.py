"""Takes a request's body apart: JSON, or JSON and files in a form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader

from bot.sandbox.errors import ApiError
from bot.sandbox.world.world import Upload

if TYPE_CHECKING:
    from aiohttp import web

_JSON_PART = "payload_json"


@dataclass(frozen=True)
class RequestBody:
    """What came: its type, its JSON, its files."""

    content_type: str | None = None
    json: Any = None
    files: tuple[Upload, ...] = ()


async def read_body(request: web.Request) -> RequestBody:
    """Read it. Raises ApiError 50109 for what is no JSON."""
    if not request.body_exists:
        return RequestBody()
    if request.content_type == "multipart/form-data":
        return await _read_form(request)
    raw = await request.read()
    if not raw:
        return RequestBody()
    return RequestBody(request.content_type, _parsed(raw))


async def _read_form(request: web.Request) -> RequestBody:
    content: Any = {}
    files: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        raw = bytes(await part.read())
        if part.name == _JSON_PART:
            content = _parsed(raw)
        else:
            files.append(Upload(part.filename or "file", raw, part.headers.get("Content-Type")))
    return RequestBody(request.content_type, content, tuple(files))


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None
