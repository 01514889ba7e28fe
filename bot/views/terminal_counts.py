"""Counts and intervals as a terminal shows them, in English. Pure."""

from __future__ import annotations


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """`1 article`, `1,234 articles`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def interval(seconds: int) -> str:
    """`15m`, `1h30m`, `1d`: as it is typed."""
    parts = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m"), (1, "s")):
        count, seconds = divmod(seconds, size)
        parts += [f"{count}{unit}"] if count else []
    return "".join(parts) or "0s"
