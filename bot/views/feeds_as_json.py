"""Feeds, what happens to them and how a round ends as JSON values, for programs.

A published shape: keys are never renamed. Times are ISO 8601 in UTC, null where there is none.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from index.gathering.model import EventKind

if TYPE_CHECKING:
    from datetime import datetime

    from index.gathering.model import FeedSample, GatheringEvent, GatheringReport, OpmlReport
    from index.model import Feed


def feed_value(feed: Feed) -> dict[str, Any]:
    """Return a feed and how it goes; `paused_reason` is null while it is polled."""
    return {
        "id": feed.id,
        "url": feed.url,
        "kind": feed.kind.value,
        "title": feed.title,
        "publisher": feed.publisher,
        "tags": list(feed.tags),
        "every_seconds": feed.every_seconds,
        "added_at": _time(feed.added_at),
        "paused_at": _time(feed.paused_at),
        "paused_reason": feed.paused_reason,
        "polled_at": _time(feed.polled_at),
        "succeeded_at": _time(feed.succeeded_at),
        "next_poll_at": _time(feed.next_poll_at),
        "failure_count": feed.failure_count,
        "failure": feed.failure,
        "articles": feed.article_count,
        "pending": feed.pending_count,
        "community": feed.community,
    }


def event_value(event: GatheringEvent) -> dict[str, Any]:
    """Return something that happened; what does not belong to it is null."""
    return {
        "event": event.kind.value,
        "at": _time(event.at),
        "feed": event.feed,
        "url": event.url,
        "title": event.title,
        "reason": event.reason,
        "count": event.count,
    }


def gathering_report_value(report: GatheringReport, *, is_complete: bool) -> dict[str, Any]:
    """Return how a round ended, told apart from events by its `event`: "summary".

    `complete` is false where it was ended from outside. `counts` has every kind of event.
    """
    return {
        "event": "summary",
        "complete": is_complete,
        "started_at": _time(report.started_at),
        "duration_seconds": round(report.duration_seconds, 3),
        "counts": {kind.value: report.counts.get(kind, 0) for kind in EventKind},
    }


def sample_value(sample: FeedSample) -> dict[str, Any]:
    """Return what an address gives."""
    feed = sample.feed
    return {
        "url": feed.url,
        "kind": feed.kind.value,
        "title": feed.title,
        "publisher": feed.publisher,
        "entries": sample.entry_count,
        "dated": sample.dated_count,
        "titles": list(sample.titles),
        "first_text": sample.first_text,
        "notes": list(sample.notes),
    }


def opml_value(report: OpmlReport) -> dict[str, Any]:
    """Return what an OPML file brought."""
    return {
        "added": [feed_value(feed) for feed in report.added],
        "known": report.known_count,
        "refused": list(report.refused),
    }


def _time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
