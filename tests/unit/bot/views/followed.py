"""Feeds and events to show."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from index.gathering.model import EventKind, GatheringEvent
from index.model import Feed, FeedKind

AT = datetime(2026, 3, 4, 12, 5, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 4, 12, 35, tzinfo=UTC)
HOSTILE = "@everyone **x**\n\x1b[31m<@1> \u202e[a](https://evil.example)"
SECRET = "https://api.paper.example/v2/top?apiKey=s3cr3t"


def feed(number: int = 1, **known: Any) -> Feed:
    return Feed(number, **{"url": "https://paper.example/rss", "kind": FeedKind.FEED} | known)


GOOD = feed(title="The Paper", article_count=1200, polled_at=AT, next_poll_at=LATER)
FAILING = feed(2, url=SECRET, kind=FeedKind.JSON, failure_count=3, failure=f"{SECRET} is 500")
PAUSED = feed(
    3,
    url="/srv/secret place/drafts",
    kind=FeedKind.FOLDER,
    paused_at=AT,
    paused_reason="it is empty",
    failure="it was gone",
    failure_count=1,
)
# an operator need not say why
QUIETLY_PAUSED = feed(4, title="Quiet", paused_at=AT, paused_reason="")


def event(kind: EventKind, **known: Any) -> GatheringEvent:
    return GatheringEvent(kind, AT, **known)
