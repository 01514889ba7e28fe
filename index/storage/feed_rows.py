"""Feeds as rows of the database: what is selected of one, and a feed made from that."""

from __future__ import annotations

import json
from typing import Any

from index.model import Feed, FeedKind
from index.storage.moments import read

_COLUMNS = (
    "feed_id, url, kind, title, publisher, tags, every_seconds, added_at, paused_at, paused_reason,"
    " polled_at, succeeded_at, next_poll_at, failure_count, failure, community"
)
_COUNTS = (
    "(SELECT count(*) FROM gathered JOIN articles USING (article_id)"
    " WHERE gathered.feed_id = feeds.feed_id AND withdrawn_at IS NULL),"
    "(SELECT count(*) FROM entries"
    " WHERE entries.feed_id = feeds.feed_id AND waiting IS NOT NULL)"
)
WITH_COUNTS = f"SELECT {_COLUMNS}, {_COUNTS} FROM feeds"
# counting is for people to read; who polls does without
WITHOUT_COUNTS = f"SELECT {_COLUMNS}, 0, 0 FROM feeds"


def feed_from(row: tuple[Any, ...]) -> Feed:
    """Return the feed of a row that was selected so."""
    feed_id, url, kind, title, publisher, tags, every_seconds, added_at, *rest = row
    paused_at, paused_reason, polled_at, succeeded_at, next_poll_at, *counts = rest
    failure_count, failure, community, article_count, pending_count = counts
    return Feed(
        id=feed_id,
        url=url,
        kind=FeedKind(kind),
        title=title,
        publisher=publisher,
        tags=tuple(json.loads(tags)),
        every_seconds=every_seconds,
        added_at=read(added_at),
        paused_at=read(paused_at),
        paused_reason=paused_reason,
        polled_at=read(polled_at),
        succeeded_at=read(succeeded_at),
        next_poll_at=read(next_poll_at),
        failure_count=failure_count,
        failure=failure,
        article_count=article_count,
        pending_count=pending_count,
        community=community,
    )
