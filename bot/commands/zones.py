"""Time zones by the names that IANA gives them: which there are, which are offered while typing.

Knows no Discord.
"""

from __future__ import annotations

from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.texts import RefusedError, saying
from bot.views import limits

if TYPE_CHECKING:
    from datetime import datetime


def in_zone(now: datetime, name: str | None) -> datetime:
    """Return an aware time as the clocks of a zone show it.

    Those of UTC without a name, and for a zone that this machine does not know any more.
    """
    try:
        return now.astimezone(ZoneInfo(name) if name else UTC)
    except (ZoneInfoNotFoundError, ValueError):
        return now.astimezone(UTC)


def known_zone(typed: str) -> str:
    """Return the name of a time zone as it is written. Raises RefusedError."""
    wanted = _compared(typed)
    for name in _zones():
        if name.casefold() == wanted:
            return name
    raise RefusedError(
        saying("I know no time zone “{zone}”; choose one from the list.", zone=typed.strip())
    )


def zone_choices(typed: str) -> list[str]:
    """Return zones with what was typed in their names, those of which a part begins so first."""
    wanted = _compared(typed)
    fitting = [name for name in _zones() if wanted in name.casefold()]
    fitting.sort(key=lambda name: not any(p.startswith(wanted) for p in _parts(name)))
    return fitting[: limits.CHOICE_COUNT]


def _compared(typed: str) -> str:
    return typed.strip().replace(" ", "_").casefold()


def _parts(name: str) -> list[str]:
    return [name.casefold(), *name.casefold().split("/")]


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))
