"""Stories that came in by themselves: stored once, revised, withdrawn, and removed when old.

Each call that writes is one transaction, together with the entry that told of the story.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.storage.entry_store import settle
from index.storage.moments import read, written, written_or_none
from index.storage.story_removal import removed_feed, removed_old
from index.storage.story_update import LINES_KEPT, StoryUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import aiosqlite

    from index.storage.database import Database
    from index.storage.entry_store import WaitingEntry
    from index.storage.incoming_story import IncomingStory, StoryOutcome
    from index.storage.story_removal import Kept

# a line in so many articles of one host belongs to the host
REPEATED_COUNT = 5
# the count is written out, since an index for it is found by what is known before values are
_REPEATED_LINES = (
    "SELECT hash FROM host_lines WHERE host = ? AND seen_on >= ?"
    f" AND article_count >= {REPEATED_COUNT}"
)


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page whose article is stored, to be asked whether it still stands."""

    article_number: int
    url: str
    etag: str | None
    last_modified: str | None
    check_count: int
    feed_id: int | None
    is_text: bool
    community: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A title and text that their publisher has replaced, and when that was noticed."""

    replaced_at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """A story that is new to readers, or changed by more than a few words.

    `community` is who alone may see it, None for everybody.
    """

    number: int
    article_id: str
    is_revision: bool
    community: str | None = None


class StoryStore:
    """The stories of an open database."""

    def __init__(self, database: Database):
        self._database = database

    async def store(
        self, stories: Sequence[IncomingStory], entry: WaitingEntry | None, now: datetime
    ) -> list[StoryOutcome]:
        """Store what one entry told of, most often one story; nothing of it waits any more.

        Stores nothing, and returns nothing, where its feed was removed meanwhile.
        """
        async with self._database.transaction() as connection:
            if not await _are_followed(connection, {story.feed_id for story in stories}):
                return []
            done = [
                await StoryUpdate(connection, now, each.community).put(each) for each in stories
            ]
            if entry is not None:
                await settle(connection, entry, done[0][1] if done else None)
        return [outcome for outcome, _ in done]

    async def withdraw(
        self,
        identities: Sequence[str],
        entry: WaitingEntry | None,
        now: datetime,
        community: str | None = None,
    ) -> bool:
        """Quote a story no more that its publisher took back; whether there was one to quote.

        What a community's feed takes back, it takes back from that community alone.
        """
        async with self._database.transaction() as connection:
            update = StoryUpdate(connection, now, community)
            number, is_withdrawn = await update.withdraw_named(identities)
            if entry is not None:
                await settle(connection, entry, number)
        return is_withdrawn

    async def withdraw_article(self, number: int, now: datetime) -> bool:
        """Quote an article no more whose page says that it is gone."""
        async with self._database.transaction() as connection:
            rows = await connection.execute_fetchall(
                "SELECT community FROM articles WHERE article_id = ?", (number,)
            )
            community = next((row[0] for row in rows), None)
            return await StoryUpdate(connection, now, community).withdraw(number)

    # ── pages ────────────────────────────────────────────────────────────────
    async def repeated_lines(self, host: str, now: datetime) -> frozenset[int]:
        """Return the lines that are a host's rather than an article's."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                _REPEATED_LINES, (host, (now - LINES_KEPT).date().isoformat())
            )
        return frozenset(row[0] for row in rows)

    async def due_checks(
        self, now: datetime, limit: int, *, of_communities: bool = False
    ) -> list[StandingPage]:
        """Return pages whose time has come to be looked at again, of everybody's articles.

        Or of communities' articles.
        """
        whose = "IS NOT NULL" if of_communities else "IS NULL"
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT article_id, page_url, gathered.etag, gathered.last_modified, check_count,"
                # a community's article always has a feed, which is read sooner than the article
                " feed_id, is_page_text, community FROM gathered LEFT JOIN feeds USING (feed_id)"
                f" WHERE next_check_at <= ? AND community {whose} ORDER BY next_check_at LIMIT ?",
                (written(now), limit),
            )
        return [
            StandingPage(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), row[7])
            for row in rows
        ]

    async def checked(self, number: int, next_check_at: datetime | None) -> None:
        """Note that a page was looked at, and when the next time is, if there is one."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE gathered SET check_count = check_count + 1, next_check_at = ?"
                " WHERE article_id = ?",
                (written_or_none(next_check_at), number),
            )

    # ── what readers are told ────────────────────────────────────────────────
    async def revisions(self, article_id: str) -> list[Revision]:
        """Return the texts that an article had before, the newest first."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT replaced_at, revisions.title, revisions.text FROM revisions"
                " JOIN articles USING (article_id) WHERE articles.id = ?"
                " ORDER BY revision_id DESC",
                (article_id,),
            )
        return [Revision(at, row[1], row[2]) for row in rows if (at := read(row[0]))]

    async def announcements(self, after: int, limit: int) -> list[Announcement]:
        """Return what is new to readers after an announcement, in the order in which it came."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT announcement_id, id, is_revision, community FROM announcements"
                " JOIN articles USING (article_id) WHERE announcement_id > ?"
                " ORDER BY announcement_id LIMIT ?",
                (after, limit),
            )
        return [Announcement(row[0], row[1], bool(row[2]), row[3]) for row in rows]

    async def newest_announcement(self) -> int:
        """Return the number of the newest announcement there ever was, 0 before the first."""
        async with self._database.snapshot() as connection:
            rows = list(
                await connection.execute_fetchall(
                    "SELECT seq FROM sqlite_sequence WHERE name = 'announcements'"
                )
            )
        return int(rows[0][0]) if rows else 0

    # ── what is kept ─────────────────────────────────────────────────────────
    async def remove_feed(self, feed_id: int, now: datetime, *, with_articles: bool) -> int:
        """Forget a feed; return how many articles went with it, those of a folder's files too.

        Of a community's feed, all go that no other feed of it has told of.
        """
        async with self._database.transaction() as connection:
            return await removed_feed(connection, feed_id, now, with_articles=with_articles)

    async def remove_old(self, kept: Kept, now: datetime) -> int:
        """Remove what came in by itself and is not among what is kept.

        An article of unknown date counts by when it was first seen. Returns how many went.
        """
        async with self._database.transaction() as connection:
            return await removed_old(connection, kept, now)

    async def forget(
        self, revisions_before: datetime | None, announcements_before: datetime
    ) -> None:
        """Forget old texts, old announcements and lines that no host has had for long."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM revisions WHERE replaced_at < ?", (written_or_none(revisions_before),)
            )
            await connection.execute(
                "DELETE FROM announcements WHERE announced_at < ?",
                (written(announcements_before),),
            )
            await connection.execute(
                "DELETE FROM host_lines WHERE seen_on < ?",
                ((announcements_before - LINES_KEPT).date().isoformat(),),
            )


async def _are_followed(connection: aiosqlite.Connection, feed_ids: Iterable[int | None]) -> bool:
    """Whether all of some feeds are still there."""
    for feed_id in feed_ids:
        rows = await connection.execute_fetchall(
            "SELECT 1 FROM feeds WHERE feed_id = ?", (feed_id,)
        )
        if feed_id is not None and not list(rows):
            return False
    return True
