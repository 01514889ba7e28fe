"""The part of `doctor` that looks at the bot: its token, what Discord says of it, clock, versions.

Knows no Discord itself: it is told what Discord said.
"""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

from bot.operations.checks import Check, doubtful, fine, wrong
from bot.operations.health import ask_how_it_is
from index.storage.database_files import sqlite_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Discord's times are whole seconds, and its answer was under way
_LARGEST_CLOCK_ERROR_SECONDS = 5.0
_NAMED_COUNT = 3
_PORTAL = "https://discord.com/developers/applications"


class Introduction(Protocol):
    """What Discord said of the bot."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def application_id(self) -> int:
        """Its application's id."""
        ...

    @property
    def is_public(self) -> bool:
        """Whether others may add it to their servers."""
        ...

    @property
    def server_count(self) -> int:
        """How many servers it is in, about."""
        ...

    @property
    def lacking(self) -> Mapping[str, Sequence[str]]:
        """Which permissions it lacks, by server."""
        ...

    @property
    def clock_ahead_seconds(self) -> float | None:
        """How far this machine's clock is ahead of Discord's."""
        ...


def examined_introduction(said: Introduction, link: str) -> list[Check]:
    """Look at what Discord said; `link` adds the bot to a server."""
    who = "anybody may add it" if said.is_public else "only its owner may add it"
    checks = [
        fine("Discord", f"knows the bot as {said.name} (servers: {said.server_count:,}); {who}"),
        fine("intents", "none that need Discord's approval are used"),
    ]
    for server, permissions in list(said.lacking.items())[:_NAMED_COUNT]:
        checks.append(
            doubtful(
                "permissions",
                f"in {server!r} the bot lacks {', '.join(permissions)}",
                "give them to its role there, or add it again with the link below",
            )
        )
    if not said.lacking:
        checks.append(fine("permissions", "all that are needed, in every server"))
    checks += _of_clock(said.clock_ahead_seconds)
    if said.server_count:
        checks.append(fine("invite", link))
    else:
        checks.append(doubtful("invite", "the bot is in no server yet", f"add it with {link}"))
    return checks


def _of_clock(ahead_seconds: float | None) -> list[Check]:
    if ahead_seconds is None:
        return []
    if abs(ahead_seconds) <= _LARGEST_CLOCK_ERROR_SECONDS:
        return [fine("clock", "agrees with Discord's")]
    direction = "ahead of" if ahead_seconds > 0 else "behind"
    told = f"{abs(ahead_seconds):.0f} s {direction} Discord's"
    advice = "let the machine set it from the network (NTP); dates in questions depend on it"
    return [doubtful("clock", told, advice)]


def examined_health(address: tuple[str, int] | None) -> Check:
    """Look at whether a bot runs and is well, where it tells its health."""
    if address is None:
        return fine("health", "is not told; PULLQUOTE_HEALTH_ADDRESS would have it told")
    found = ask_how_it_is(address)
    if found.is_well:
        return fine("health", "a bot is running, and ready")
    return doubtful("health", " ".join(found.reasons).rstrip("."), "start it, or see its log")


def versions() -> Check:
    """Tell what is at work here."""
    return fine(
        "versions",
        f"Pullquote {version('pullquote')}, Python {platform.python_version()}, discord.py "
        f"{version('discord.py')}, SQLite {sqlite_version()}, {platform.system()} "
        f"{platform.machine()}",
    )


def refused(message: str) -> Check:
    """Tell that Discord does not let the bot in; `message` has what to do."""
    told, _, advice = message.rstrip(".").partition("; ")
    return wrong("Discord", told, advice or f"see {_PORTAL}")


def unreached(message: str) -> Check:
    """Tell that Discord could not be asked."""
    return doubtful(
        "Discord", message.rstrip("."), "check the network, or leave it out with --offline"
    )
