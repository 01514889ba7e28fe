"""How a running bot is, and what that means: is it alive, is it ready, and if not, why. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

# an event loop that is held up this long has missed Discord's three seconds
LONGEST_LAG_SECONDS = 3.0
# news that another process stored is looked for every half second, or every `refresh_seconds`
OLDEST_INDEX_SECONDS = 60.0


class Standing(Protocol):
    """How the connection to Discord stands."""

    @property
    def is_connected(self) -> bool:
        """Whether every shard is connected."""
        ...

    @property
    def latency_seconds(self) -> float:
        """Between a heartbeat and its answer; not finite before the first."""
        ...

    @property
    def server_count(self) -> int:
        """How many servers the bot is in."""
        ...

    @property
    def silence_seconds(self) -> float | None:
        """How long the gateway has told of nothing, None before it ever did."""
        ...


@dataclass(frozen=True, slots=True)
class IndexState:
    """What can be found, and how long ago that was last held to what is stored."""

    passage_count: int
    age_seconds: float


@dataclass(frozen=True, slots=True)
class Vitals:
    """A moment of a running bot. What is not there yet is None.

    The search index may be `longest_age_seconds` old before that is a reason not to be ready.
    """

    standing: Standing | None
    index: IndexState | None
    loop_lag_seconds: float
    longest_age_seconds: float = OLDEST_INDEX_SECONDS


def reasons_not_alive(vitals: Vitals) -> list[str]:
    """Return why a restart might help, as sentences."""
    if vitals.loop_lag_seconds < LONGEST_LAG_SECONDS:
        return []
    return [f"The event loop was held up for {vitals.loop_lag_seconds:.1f} s."]


def reasons_not_ready(vitals: Vitals) -> list[str]:
    """Return why questions are not answered at the moment, as sentences."""
    reasons = reasons_not_alive(vitals)
    if vitals.index is None:
        reasons.append("The news is being opened.")
    elif vitals.index.age_seconds > vitals.longest_age_seconds:
        reasons.append(
            f"The search index could not be refreshed for {vitals.index.age_seconds:.0f} s; "
            "see the log."
        )
    if vitals.standing is None or not vitals.standing.is_connected:
        reasons.append("The bot is not connected to Discord.")
    elif not math.isfinite(vitals.standing.latency_seconds):
        reasons.append("Discord has not answered a heartbeat yet.")
    return reasons
