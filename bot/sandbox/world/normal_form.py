"""Components, embeds and attachments as Discord gives them back: with ids and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.sandbox.wire import ComponentType, Payload, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SELECTS = (
    ComponentType.STRING_SELECT,
    ComponentType.USER_SELECT,
    ComponentType.ROLE_SELECT,
    ComponentType.MENTIONABLE_SELECT,
    ComponentType.CHANNEL_SELECT,
)
_DEFAULTS: Mapping[int, Payload] = {
    ComponentType.CONTAINER: {"accent_color": None, "spoiler": False},
    ComponentType.SEPARATOR: {"spacing": 1, "divider": True},
    ComponentType.THUMBNAIL: {"description": None, "spoiler": False},
    **{kind: {"min_values": 1, "max_values": 1} for kind in _SELECTS},
}


def normal_components(components: Iterable[Payload]) -> list[Payload]:
    """Return copies with an `id` each, without nulls, with the defaults of their kind."""
    copies: list[Payload] = [_without_nulls(component) for component in components]
    for number, component in enumerate(walk(copies), start=1):
        component["id"] = component.get("id") or number
        for key, value in _DEFAULTS.get(component["type"], {}).items():
            component.setdefault(key, value)
        # numbers as large as ids lose their last digits in a browser
        for chosen in component.get("default_values", ()):
            chosen["id"] = str(chosen["id"])
        for holder in (component, *component.get("items", ())):
            if "media" in holder:
                media = holder["media"]
                media |= {"id": str(number), "proxy_url": media["url"]}
    return copies


def normal_embeds(embeds: Iterable[Payload]) -> list[Payload]:
    """Return copies without nulls, with a type, and with `inline` on every field."""
    copies = [{key: value for key, value in embed.items() if value is not None} for embed in embeds]
    for embed in copies:
        embed.setdefault("type", "rich")
        if "fields" in embed:
            embed["fields"] = [
                each | {"inline": bool(each.get("inline"))} for each in embed["fields"]
            ]
    return copies


def attachment_payload(upload_id: int, name: str, size: int, address: str) -> Payload:
    """Write an uploaded file, which is served by the local Discord at `address`."""
    url = f"{address}/attachments/{upload_id}/{quote(name)}"
    return {"id": str(upload_id), "filename": name, "size": size, "url": url, "proxy_url": url}


def _without_nulls(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nulls(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_nulls(each) for key, each in value.items() if each is not None}
