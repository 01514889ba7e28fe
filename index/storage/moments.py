"""Times as columns: ISO 8601 in UTC to the microsecond, so that their order is that of the text."""

from __future__ import annotations

from datetime import UTC, datetime


def written(moment: datetime) -> str:
    """Write an aware time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def written_or_none(moment: datetime | None) -> str | None:
    """Write an aware time, if there is one."""
    return None if moment is None else written(moment)


def read(text: str | None) -> datetime | None:
    """Read what was written."""
    return None if text is None else datetime.fromisoformat(text)
