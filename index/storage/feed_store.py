"""Feeds: what is polled, how that goes, and when it is next. Decides nothing; it is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.storage.feed_rows import WITH_COUNTS, WITHOUT_COUNTS, feed_from
from index.storage.moments import read, written, written_or_none

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from index.model import Feed, FeedKind
    from index.storage.database import Database

_ANY_COUNT = 1 << 62


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed that is to be polled."""

    url: str
    kind: FeedKind
    title: str | None = None
    publisher: str | None = None
    tags: Sequence[str] = ()
    every_seconds: int | None = None
    field_map: Mapping[str, Any] | None = None
    community: str | None = None


@dataclass(frozen=True, slots=True)
class PollState:
    """What the last answer of a feed's server left behind for the next request."""

    etag: str | None = None
    last_modified: str | None = None
    ttl_seconds: int | None = None
    field_map: Mapping[str, Any] | None = None


class FeedStore:
    """The feeds of an open database."""

    def __init__(self, database: Database):
        self._database = database

    async def all(self) -> list[Feed]:
        """Return every feed, in the order in which they were added, with counts."""
        return await self._feeds(f"{WITH_COUNTS} ORDER BY feed_id")

    async def get(self, feed_id: int) -> Feed | None:
        """Return one feed, or None where there is no such feed (any more)."""
        found = await self._feeds(f"{WITHOUT_COUNTS} WHERE feed_id = ?", (feed_id,))
        return found[0] if found else None

    async def at(self, url: str, community: str | None = None) -> Feed | None:
        """Return the feed that a community, or everybody, has at an address, with its counts."""
        found = await self._feeds(
            f"{WITH_COUNTS} WHERE url = ? AND community IS ?", (url, community)
        )
        return found[0] if found else None

    async def seen_by(self, community: str | None) -> list[Feed]:
        """Return everybody's feeds and those of a community, in their order, with counts."""
        return await self._feeds(
            f"{WITH_COUNTS} WHERE community IS NULL OR community = ? ORDER BY feed_id",
            (community,),
        )

    async def communities(self) -> set[str]:
        """Return who has feeds of their own."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT DISTINCT community FROM feeds WHERE community IS NOT NULL"
            )
        return {row[0] for row in rows}

    async def due(self, now: datetime, without: Iterable[int], limit: int) -> list[Feed]:
        """Return everybody's feeds whose time has come, the most overdue first, but for some."""
        marks = ", ".join(str(int(each)) for each in without)
        return await self._feeds(
            f"{WITHOUT_COUNTS} WHERE paused_at IS NULL AND next_poll_at <= ? AND community IS NULL"
            f" AND feed_id NOT IN ({marks}) ORDER BY next_poll_at LIMIT ?",
            (written(now), limit),
        )

    async def due_of_communities(
        self, now: datetime, without: Iterable[int], busy: Collection[str], limit: int
    ) -> list[Feed]:
        """Return the most overdue feed of each community that is not busy, in the same order."""
        marks = ", ".join(str(int(each)) for each in without)
        communities = ", ".join("?" * len(busy))
        return await self._feeds(
            # with min(), SQLite takes the other columns from the row that has it
            f"{WITHOUT_COUNTS} WHERE feed_id IN"
            " (SELECT feed_id FROM (SELECT feed_id, min(next_poll_at) FROM feeds"
            " WHERE paused_at IS NULL AND next_poll_at <= ? AND community IS NOT NULL"
            f" AND feed_id NOT IN ({marks}) AND community NOT IN ({communities})"
            " GROUP BY community ORDER BY min(next_poll_at) LIMIT ?)) ORDER BY next_poll_at",
            (written(now), *busy, limit),
        )

    async def unpaused(self) -> list[Feed]:
        """Return all feeds that are polled, the most overdue first."""
        return await self._feeds(f"{WITHOUT_COUNTS} WHERE paused_at IS NULL ORDER BY next_poll_at")

    async def next_poll_at(self) -> datetime | None:
        """Return when the next feed is due, or None where none is polled."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT min(next_poll_at) FROM feeds WHERE paused_at IS NULL"
            )
        return read(next(iter(rows))[0])

    async def state(self, feed_id: int) -> PollState:
        """Return what the next request needs."""
        async with self._database.snapshot() as connection:
            rows = list(
                await connection.execute_fetchall(
                    "SELECT etag, last_modified, ttl_seconds, field_map FROM feeds"
                    " WHERE feed_id = ?",
                    (feed_id,),
                )
            )
        if not rows:
            return PollState()
        etag, last_modified, ttl_seconds, names = rows[0]
        field_map = json.loads(names) if names else None
        return PollState(etag, last_modified, ttl_seconds, field_map)

    async def add(self, feed: NewFeed, now: datetime, most: int | None = None) -> Feed | None:
        """Poll a feed from now on; return None where its address is polled already.

        None as well where its community has `most` feeds or more.
        """
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT INTO feeds (url, kind, title, publisher, tags, every_seconds, field_map,"
                " added_at, next_poll_at, community) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
                " WHERE ? > (SELECT count(*) FROM feeds WHERE community IS ?)"
                " ON CONFLICT DO NOTHING",
                (
                    feed.url,
                    feed.kind.value,
                    feed.title,
                    feed.publisher,
                    json.dumps(list(feed.tags), ensure_ascii=False),
                    feed.every_seconds,
                    json.dumps(feed.field_map) if feed.field_map else None,
                    written(now),
                    written(now),
                    feed.community,
                    _ANY_COUNT if most is None else most,
                    feed.community,
                ),
            )
            is_new = cursor.rowcount > 0
            await cursor.close()
        return await self.at(feed.url, feed.community) if is_new else None

    async def pause(self, feed_id: int, reason: str, now: datetime) -> None:
        """Poll a feed no more until it is resumed."""
        await self._update(feed_id, paused_at=written(now), paused_reason=reason)

    async def go_on(self, feed_id: int) -> None:
        """Poll a feed again when it was to be polled, as if it had never been paused."""
        await self._update(feed_id, paused_at=None, paused_reason=None)

    async def resume(self, feed_id: int, now: datetime) -> None:
        """Poll a feed again, at once and as if it had never failed."""
        await self._update(
            feed_id,
            paused_at=None,
            paused_reason=None,
            failure_count=0,
            failure=None,
            next_poll_at=written(now),
        )

    async def bring_forward(
        self, feed_id: int, now: datetime, *, not_polled_since: datetime
    ) -> bool:
        """Let a feed be due now, if not before.

        False where it is not polled, or has failed, so that its server is to be left alone, or was
        polled since a moment.
        """
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "UPDATE feeds SET next_poll_at = min(next_poll_at, ?) WHERE feed_id = ?"
                " AND paused_at IS NULL AND failure IS NULL"
                " AND (polled_at IS NULL OR polled_at < ?)",
                (written(now), feed_id, written(not_polled_since)),
            )
            is_due = cursor.rowcount > 0
            await cursor.close()
        return is_due

    async def put_back(
        self, feed_id: int, next_poll_at: datetime, *, brought_forward_at: datetime
    ) -> None:
        """Let a feed be due when it was to be, unless it was polled since."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE feeds SET next_poll_at = max(next_poll_at, ?) WHERE feed_id = ?"
                " AND next_poll_at <= ? AND (polled_at IS NULL OR polled_at < ?)",
                (
                    written(next_poll_at),
                    feed_id,
                    written(brought_forward_at),
                    written(brought_forward_at),
                ),
            )

    async def failed(
        self,
        feed_id: int,
        reason: str,
        *,
        now: datetime,
        next_poll_at: datetime,
        counts: bool = True,
    ) -> None:
        """Note that a poll failed; what the feed gave before stays.

        Unless it `counts`, it is not one failure more of several in a row.
        """
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE feeds SET polled_at = ?, failure_count = max(1, failure_count + ?),"
                " failure = ?, next_poll_at = ? WHERE feed_id = ?",
                (written(now), int(counts), reason, written(next_poll_at), feed_id),
            )

    async def unchanged(self, feed_id: int, *, now: datetime, next_poll_at: datetime) -> None:
        """Note that a feed has nothing new."""
        await self._update(
            feed_id,
            polled_at=written(now),
            succeeded_at=written(now),
            failure_count=0,
            failure=None,
            next_poll_at=written_or_none(next_poll_at),
        )

    async def move(self, feed_id: int, url: str) -> bool:
        """Give a feed its new address; where another feed has it, return False."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "UPDATE OR IGNORE feeds SET url = ? WHERE feed_id = ?", (url, feed_id)
            )
            is_moved = cursor.rowcount > 0
            await cursor.close()
        return is_moved

    async def _update(self, feed_id: int, **columns: object) -> None:
        assignments = ", ".join(f"{name} = ?" for name in columns)
        async with self._database.transaction() as connection:
            await connection.execute(
                f"UPDATE feeds SET {assignments} WHERE feed_id = ?", (*columns.values(), feed_id)
            )

    async def _feeds(self, query: str, values: tuple[object, ...] = ()) -> list[Feed]:
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(query, values)
        return [feed_from(tuple(row)) for row in rows]
