"""What is kept for a while, by a random id: how that and times are written, what is too old."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# random and long, so that a button of a lost database never opens what somebody else asked
_ID_BYTE_COUNT = 12


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and in which server; None for a conversation outside of any."""

    user_id: int
    server_id: int | None = None


def new_id() -> str:
    """Return 16 characters of base64url."""
    return secrets.token_urlsafe(_ID_BYTE_COUNT)


def utc_text(time: datetime) -> str:
    """Write an aware time; the order of the texts is the order of the times."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def oldest(now: datetime, kept: timedelta) -> str:
    """Return the time, as it is written, before which everything is forgotten."""
    return utc_text(now - kept)
