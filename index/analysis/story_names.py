"""What the names of stories say against one another. Knows not how names are made.

A guid's name is `guid:`, what it counts within, a blank, and the guid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GUID = "guid:"


def told_apart(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether one feed gave two stories different guids, whatever else they have in common."""
    first, second = _guids(one), _guids(other)
    return any(guids.isdisjoint(second[key]) for key, guids in first.items() if second.get(key))


def _guids(names: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in names:
        if name.startswith(GUID):
            key, _, guid = name.removeprefix(GUID).partition(" ")
            found.setdefault(key, set()).add(guid)
    return found
