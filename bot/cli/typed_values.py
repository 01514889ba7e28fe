"""What is typed for an option, understood: intervals, and where articles stand in JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer

from index.ingestion.feeds.model import FieldMap

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_SECONDS = 60
_MOST_SECONDS = 86400
_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_INTERVAL = re.compile(r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?")

ITEMS = "items"
FIELDS = ("id", "title", "text", "url", "publisher", "published", "author", "category")


def seconds_of(typed: str | None) -> int | None:
    """Return an interval such as `15m`, `2h` or `1h30m` in seconds. Raises BadParameter."""
    if typed is None:
        return None
    found = _INTERVAL.fullmatch(typed.strip().lower())
    counts = [int(count or 0) for count in found.groups()] if found else []
    seconds = sum(count * size for count, size in zip(counts, _SECONDS.values(), strict=False))
    if not found or not any(counts):
        raise typer.BadParameter(f"{typed!r} is no interval; write it like 15m, 2h or 1h30m")
    if not _LEAST_SECONDS <= seconds <= _MOST_SECONDS:
        raise typer.BadParameter(f"{typed!r} is not between a minute (1m) and a day (1d)")
    return seconds


def field_map_of(typed: Sequence[str]) -> FieldMap | None:
    """Return what `field=path` pairs say, None without any. Raises BadParameter."""
    paths: dict[str, str] = {}
    for pair in typed:
        name, _, path = (part.strip() for part in pair.partition("="))
        if name not in {ITEMS, *FIELDS} or not path:
            names = ", ".join(FIELDS)
            raise typer.BadParameter(
                f"{pair!r} names no field; write FIELD=PATH, with {ITEMS} for the list of "
                f"articles, or one of {names}"
            )
        if name in paths:
            raise typer.BadParameter(f"{name} is given twice")
        paths[name] = path
    if not paths:
        return None
    items = paths.pop(ITEMS, None)
    return FieldMap(items=items, fields=paths or None)
