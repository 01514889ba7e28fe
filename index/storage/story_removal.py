"""Feeds and old stories that go, and copies that take their places, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.model import FeedKind
from index.storage.moments import written_or_none
from index.storage.story_update import StoryUpdate

if TYPE_CHECKING:
    from datetime import datetime

    import aiosqlite

# a place among what is the same community's, so that nobody's news pushes out the others'
_BY_AGE = (
    "SELECT article_id, community, coalesce(published, first_seen_at) AS age, row_number() OVER"
    " (PARTITION BY community ORDER BY coalesce(published, first_seen_at) DESC, article_id DESC)"
    " AS place FROM articles JOIN gathered USING (article_id)"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of what came in by itself; None sets no bound.

    All `since` an aware time, and of that the newest: so many of everybody's, and of each
    community's, where `most_of_community` may be fewer.
    """

    since: datetime | None = None
    most: int | None = None
    most_of_community: int | None = None


async def removed_feed(
    connection: aiosqlite.Connection, feed_id: int, now: datetime, *, with_articles: bool
) -> int:
    """Forget a feed; return how many articles went with it, those of a folder's files too.

    Of a community's feed, all go that no other feed of it has told of.
    """
    removed = 0
    if with_articles:
        removed = await _deleted(
            connection,
            "articles WHERE community IS NULL AND article_id IN"
            " (SELECT article_id FROM gathered WHERE feed_id = ?)",
            (feed_id,),
        ) + await _deleted_of_folder(connection, feed_id)
    removed += await _deleted_of_community(connection, feed_id)
    await connection.execute("DELETE FROM feeds WHERE feed_id = ?", (feed_id,))
    if removed:
        await StoryUpdate(connection, now).adopt_copies()
    return removed


async def removed_old(connection: aiosqlite.Connection, kept: Kept, now: datetime) -> int:
    """Remove what is not to be kept; return how many went."""
    removed = 0
    # seldom any: to find the places of all articles takes long
    most_of_community = kept.most_of_community
    if most_of_community and not await _has_more(connection, most_of_community):
        most_of_community = None
    for condition, value in (
        ("age < ?", written_or_none(kept.since)),
        ("place > ?", kept.most),
        ("community IS NOT NULL AND place > ?", most_of_community),
    ):
        if value is None:
            continue
        removed += await _deleted(
            connection,
            f"articles WHERE article_id IN (SELECT article_id FROM ({_BY_AGE}) WHERE {condition})",
            (value,),
        )
    if removed:
        await StoryUpdate(connection, now).adopt_copies()
    return removed


async def _has_more(connection: aiosqlite.Connection, most: int) -> bool:
    """Whether some community has more articles."""
    rows = await connection.execute_fetchall(
        "SELECT 1 FROM articles WHERE community IS NOT NULL GROUP BY community"
        " HAVING count(*) > ? LIMIT 1",
        (most,),
    )
    return bool(list(rows))


async def _deleted_of_folder(connection: aiosqlite.Connection, feed_id: int) -> int:
    """Forget the files of a feed that is a folder; return how many articles went with them."""
    async with connection.execute(
        "SELECT url FROM feeds WHERE feed_id = ? AND kind = ?", (feed_id, FeedKind.FOLDER.value)
    ) as cursor:
        row = await cursor.fetchone()
    if row is None:
        return 0
    folder = f"{row[0].rstrip('/')}/"
    files = "(SELECT file_id FROM files WHERE substr(path, 1, ?) = ?)"
    values = (len(folder), folder)
    removed = await _deleted(connection, f"articles WHERE file_id IN {files}", values)
    await connection.execute(f"DELETE FROM files WHERE file_id IN {files}", values)
    # or the next index run without paths would bring all of it back
    await connection.execute("DELETE FROM roots WHERE path = ?", (row[0],))
    return removed


async def _deleted_of_community(connection: aiosqlite.Connection, feed_id: int) -> int:
    """Forget what nobody else told a community of; return how many articles went."""
    removed = await _deleted(
        connection,
        "articles WHERE community IS NOT NULL AND article_id IN"
        " (SELECT article_id FROM tellings AS told WHERE feed_id = ? AND NOT EXISTS"
        # of that article alone: others have told of very many
        " (SELECT 1 FROM tellings AS other WHERE other.article_id = told.article_id"
        " AND other.feed_id <> told.feed_id))",
        (feed_id,),
    )
    await connection.execute(
        "UPDATE gathered SET feed_id = (SELECT min(feed_id) FROM tellings"
        " WHERE tellings.article_id = gathered.article_id AND feed_id <> ?)"
        " WHERE feed_id = ? AND article_id IN (SELECT article_id FROM tellings)",
        (feed_id, feed_id),
    )
    return removed


async def _deleted(connection: aiosqlite.Connection, which: str, values: tuple[object, ...]) -> int:
    cursor = await connection.execute(f"DELETE FROM {which}", values)
    count = cursor.rowcount
    await cursor.close()
    return count
