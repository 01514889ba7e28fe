"""Feeds and stories of before communities: all of them stay, and are everybody's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from index.model import FeedKind
from index.storage.article_store import FILE_NAME, ArticleStore
from index.storage.feed_store import FeedStore, NewFeed
from index.storage.migration_files import read_migrations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
AT = "2026-01-01T00:00:00.000000+00:00"
FEED = "INSERT INTO feeds (feed_id, url, kind, added_at, next_poll_at)"
STORED = "INSERT INTO articles (article_id, id, title, text)"
GATHERED = "INSERT INTO gathered (article_id, feed_id, first_seen_at, changed_at)"
ENTRY = "INSERT INTO entries (feed_id, key, digest, seen_at, article_id)"
AS_IT_SHOULD_BE = (
    f"{FEED} VALUES (3, 'https://a.test/feed', 'feed', '{AT}', '{AT}')",
    f"{FEED} VALUES (9, 'https://gone.test/feed', 'feed', '{AT}', '{AT}')",
    "DELETE FROM feeds WHERE feed_id = 9",
    f"{STORED} VALUES (1, 'a', 'A', 'The ferry sails.'), (2, 'b', 'B', 'The ferry stays.')",
    # the second of a feed that is gone
    f"{GATHERED} VALUES (1, 3, '{AT}', '{AT}'), (2, NULL, '{AT}', '{AT}')",
    f"{ENTRY} VALUES (3, 'one', 'x', '{AT}', 1), (3, 'two', 'x', '{AT}', NULL)",
    "INSERT INTO identities VALUES ('url:https://a.test/1', 1)",
)
# as other programs leave it that do not look after what refers to what
LEFT_BEHIND = (
    f"{GATHERED} VALUES (77, 3, '{AT}', '{AT}')",
    "UPDATE gathered SET feed_id = 88 WHERE article_id = 2",
    f"{ENTRY} VALUES (88, 'three', 'x', '{AT}', 1)",
    "UPDATE entries SET article_id = 77 WHERE key = 'two'",
    "INSERT INTO identities VALUES ('url:https://a.test/77', 77)",
)


def older_news(path: Path, content: Sequence[str]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for script in read_migrations("index.storage.migrations")[:4]:
            connection.executescript(script)
        connection.execute("PRAGMA user_version = 4")
        for statement in content:
            connection.execute(statement)


@pytest.mark.parametrize(
    "content", [AS_IT_SHOULD_BE, AS_IT_SHOULD_BE + LEFT_BEHIND], ids=["well", "left behind"]
)
async def test_all_that_belongs_together_stays(tmp_path: Path, content: Sequence[str]):
    older_news(tmp_path / FILE_NAME, content)
    store = await ArticleStore.open(tmp_path)
    try:
        feeds = FeedStore(store.database)
        (feed,) = await feeds.all()
        assert (feed.id, feed.community, feed.article_count) == (3, None, 1)
        new = await feeds.add(NewFeed("https://b.test/feed", FeedKind.FEED), NOW)
        assert new is not None
        assert new.id == 10  # no number is given twice
    finally:
        await store.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        found = [
            connection.execute(query).fetchall()
            for query in (
                "SELECT article_id, community FROM articles ORDER BY 1",
                "SELECT article_id, feed_id FROM gathered ORDER BY 1",
                "SELECT feed_id, key, article_id FROM entries ORDER BY 2",
                "SELECT * FROM identities",
                "PRAGMA foreign_key_check",
            )
        ]
    assert found == [
        [(1, None), (2, None)],
        [(1, 3), (2, None)],
        [(3, "one", 1), (3, "two", None)],
        [("url:https://a.test/1", "", 1)],
        [],
    ]
