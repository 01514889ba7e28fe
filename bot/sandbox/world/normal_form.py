"""Components, embeds and attachments as Discord gives them back: with ids and defaults."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from bot.sandbox.wire import ComponentType, Payload, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DEFAULTS: Mapping[int, Payload] = {
    ComponentType.CONTAINER: {"accent_color": None, "spoiler": False},
    ComponentType.SEPARATOR: {"spacing": 1, "divider": True},
    ComponentType.STRING_SELECT: {"min_values": 1, "max_values": 1},
}


def normal_components(components: Iterable[Payload]) -> list[Payload]:
    """Return copies with an `id` each, without nulls, with the defaults of their kind."""
    copies = copy.deepcopy(list(components))
    for number, component in enumerate(walk(copies), start=1):
        for key in [key for key, value in component.items() if value is None]:
            del component[key]
        component["id"] = component.get("id") or number
        for key, value in _DEFAULTS.get(component["type"], {}).items():
            component.setdefault(key, value)
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


def attachment_payload(upload_id: int, name: str, size: int) -> Payload:
    """Write an uploaded file; its address is kept on this machine."""
    url = f"http://127.0.0.1/attachments/{upload_id}/{name}"
    return {"id": str(upload_id), "filename": name, "size": size, "url": url, "proxy_url": url}
