"""When to ask again. Pure: decides from what was answered, and does nothing itself.

Publishers are asked no more often than the operator wants and they themselves allow (`ttl`,
Cache-Control, Expires, Retry-After), and at least once a day. What fails is asked ever more seldom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(hours=24)
FIRST_RETRY = timedelta(minutes=5)
# so much of a wait is left to chance, so that a thousand feeds are not asked at one moment
JITTER = 0.1
# about two days of asking ever more seldom
FAILURES_BEFORE_PAUSE = 10
ATTEMPTS_AT_A_STORY = 4
_STORY_RETRY = timedelta(minutes=2)
# when to see whether a story still stands, counted from the last look
_CHECKS = (timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
LONGEST_CHECK = max(_CHECKS) * (1 + JITTER)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a publisher wants: how long to be left alone, as far as they said."""

    ttl_seconds: int | None = None
    fresh_until: datetime | None = None
    retry_at: datetime | None = None


def next_poll_at(now: datetime, every_seconds: float, wishes: Wishes, chance: float) -> datetime:
    """Return when to poll a feed that has answered. `chance` is from 0 to 1."""
    waits = [timedelta(seconds=every_seconds)]
    if wishes.ttl_seconds:
        waits.append(timedelta(seconds=wishes.ttl_seconds))
    waits += [moment - now for moment in (wishes.fresh_until, wishes.retry_at) if moment]
    return now + _scattered(min(max(waits), LONGEST), chance)


def next_try_at(
    now: datetime, failure_count: int, retry_at: datetime | None, chance: float
) -> datetime:
    """Return when to poll a feed again that has failed, so often in a row with this time."""
    wait = FIRST_RETRY * 2 ** min(failure_count - 1, 10)
    if retry_at:
        wait = max(wait, retry_at - now)
    return now + _scattered(min(wait, LONGEST), chance)


def is_to_be_paused(failure_count: int) -> bool:
    """Whether a feed has failed so often that it is not asked any more."""
    return failure_count >= FAILURES_BEFORE_PAUSE


def next_attempt_at(
    now: datetime, attempt_count: int, retry_at: datetime | None, chance: float
) -> datetime | None:
    """Return when to try a story's page again, tried so often with this time; None: no more."""
    if attempt_count >= ATTEMPTS_AT_A_STORY:
        return None
    wait = _STORY_RETRY * 4 ** (attempt_count - 1)
    if retry_at:
        wait = max(wait, retry_at - now)
    return now + _scattered(min(wait, LONGEST), chance)


def next_check_at(now: datetime, check_count: int, chance: float) -> datetime | None:
    """Return when to look again whether a page still stands, looked at so often; None: no more."""
    if check_count >= len(_CHECKS):
        return None
    return now + _scattered(_CHECKS[check_count], chance)


def _scattered(wait: timedelta, chance: float) -> timedelta:
    return wait * (1 + JITTER * chance)
