"""How feeds are and what their events mean, for all who tell of them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.gathering.model import EventKind

if TYPE_CHECKING:
    from index.gathering.model import GatheringEvent
    from index.model import Feed


def is_paused(feed: Feed) -> bool:
    """Whether a feed is not polled any more, by an operator's wish or its own fault."""
    return feed.paused_reason is not None


def is_failing(feed: Feed) -> bool:
    """Whether the last poll of a feed failed that is still polled."""
    return feed.failure is not None and not is_paused(feed)


def is_trouble(event: GatheringEvent) -> bool:
    """Whether a feed or a page could not be read, or is not any more."""
    return event.kind in {EventKind.FAILED, EventKind.PAUSED}


def is_routine(event: GatheringEvent) -> bool:
    """Whether nothing came of it."""
    polled_for_nothing = event.kind is EventKind.POLLED and not event.count
    return polled_for_nothing or event.kind is EventKind.UNCHANGED
