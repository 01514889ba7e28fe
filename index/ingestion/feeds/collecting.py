"""Entries put together: how many there may be, which are refused, whose guid is believed. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.ingestion.feeds.model import Entry

MAX_ENTRIES = 1000

_MAX_REASONS = 20


@dataclass(frozen=True, slots=True)
class Collection:
    """The entries that are left, and why others are not."""

    entries: tuple[Entry, ...]
    refused: tuple[str, ...]


def collected(read: Sequence[Entry]) -> Collection:
    """Keep the entries that have an address or a title, as many as there may be.

    A guid that several entries have names none of them.
    """
    entries: list[Entry] = []
    refused: list[str] = []
    for number, entry in enumerate(read[:MAX_ENTRIES], 1):
        if entry.url or entry.title or entry.is_withdrawn:
            entries.append(entry)
        else:
            refused.append(f"entry {number} has neither an address nor a title")
    counts = Counter(entry.guid for entry in entries)
    told = tuple(replace(each, guid=None) if counts[each.guid] > 1 else each for each in entries)
    return Collection(told, reasons(refused, left_out_count=len(read) - MAX_ENTRIES))


def reasons(refused: Sequence[str], *, left_out_count: int = 0) -> tuple[str, ...]:
    """Keep the first reasons, and say how many more there are, and how much was never read."""
    told = list(refused[:_MAX_REASONS])
    if len(refused) > _MAX_REASONS:
        told.append(f"{len(refused) - _MAX_REASONS} more are left out for the like")
    if left_out_count > 0:
        told.append(f"{left_out_count} beyond the first {MAX_ENTRIES} are left out")
    return tuple(told)


def first(values: Iterable[str | None]) -> str | None:
    """Give the first that says something."""
    return next(filter(None, values), None)
