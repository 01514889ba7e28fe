"""What alerts have found, on its way to whom they tell.

A story waits until it is part of a post. A post is noted before it is sent, and its end after:
one without an end may have arrived or not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.storage.keeping import new_id, oldest, utc_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import aiosqlite

    from bot.storage.alerts import Pause
    from index.storage.database import Database


_LAST = (
    "(SELECT max(begun_at) FROM alert_posts AS ended"
    " WHERE ended.alert_id = alerts.alert_id AND ended.outcome IN ('sent', 'lost')"
    # not by a clock that was ahead: it would silence an alert for as long
    " AND ended.begun_at <= :now)"
)
_ON_THEIR_WAY = (
    f"SELECT alert_id, json_group_array(article_id), post_id, begun_at, {_LAST}"
    " FROM alert_posts JOIN alerts USING (alert_id) JOIN alert_stories USING (alert_id, post_id)"
    " WHERE outcome IS NULL AND paused_reason IS NULL GROUP BY post_id"
)
_WAITING = (
    f"SELECT alert_id, json_group_array(article_id), NULL, NULL, {_LAST}"
    " FROM (SELECT alert_id, article_id FROM alert_stories WHERE post_id IS NULL"
    " ORDER BY alert_id, matched_at, article_id) JOIN alerts USING (alert_id)"
    " WHERE paused_reason IS NULL GROUP BY alert_id"
)


class Outcome(StrEnum):
    """How a post ended."""

    SENT = "sent"
    LOST = "lost"
    """Nobody knows whether it arrived."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Match:
    """A story that an alert is about. `others` are the addresses of its copies."""

    alert_id: int
    article_id: str
    url: str | None
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Post:
    """A message on its way since an aware time; `id` has at most 16 characters."""

    id: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """What there is to tell of one alert.

    `post` is on its way without a known end; then `article_ids` are its own, else those that wait.
    `last_at` is when the last post was begun that may have arrived.
    """

    alert_id: int
    article_ids: tuple[str, ...]
    post: Post | None
    last_at: datetime | None


class AlertQueue:
    """Stories and posts of alerts. Every method raises StorageError where the file fails."""

    def __init__(self, database: Database, kept_days: int):
        self._database = database
        self._kept = timedelta(days=kept_days)

    async def handled(self) -> int | None:
        """Return the last announcement that every alert was held to, None before the first."""
        async with self._database.snapshot() as connection:
            rows = list(
                await connection.execute_fetchall("SELECT announcement FROM alert_progress")
            )
        return int(rows[0][0]) if rows else None

    async def start_after(self, announcement: int) -> None:
        """Take all announcements up to this one as handled."""
        async with self._database.transaction() as connection:
            await _progress(connection, announcement)
            # of another database, where announcements counted further
            await connection.execute("UPDATE alerts SET after = min(after, ?)", (announcement,))

    async def take(self, matches: Iterable[Match], announcement: int, now: datetime) -> None:
        """Let stories wait, and note up to which announcement, both or neither.

        A story that an alert has had already, as a copy or before it was revised, waits no more.
        """
        async with self._database.transaction() as connection:
            for match in matches:
                addresses = sorted({*match.others, *([match.url] if match.url else [])})
                await connection.execute(
                    "INSERT OR IGNORE INTO alert_stories (alert_id, article_id, url, matched_at)"
                    " SELECT alert_id, ?, ?, ? FROM alerts WHERE alert_id = ?"
                    " AND paused_reason IS NULL AND NOT EXISTS (SELECT 1 FROM alert_stories"
                    " AS told WHERE told.alert_id = alerts.alert_id"
                    " AND told.url IN (SELECT value FROM json_each(?)))",
                    (
                        match.article_id,
                        match.url,
                        utc_text(now),
                        match.alert_id,
                        json.dumps(addresses),
                    ),
                )
            await _progress(connection, announcement)
            # with its posts go a story's rows
            await connection.execute(
                "DELETE FROM alert_posts WHERE outcome IS NOT NULL AND begun_at < ?",
                (oldest(now, self._kept),),
            )

    async def due(self, now: datetime) -> list[Due]:
        """Return each alert at work that has something to tell, by its id."""
        values = {"now": utc_text(now)}
        async with self._database.snapshot() as connection:
            rows = [
                *await connection.execute_fetchall(_ON_THEIR_WAY, values),
                *await connection.execute_fetchall(_WAITING, values),
            ]
        found: dict[int, Due] = {}
        for alert_id, articles, post_id, begun_at, last_at in rows:
            due = Due(
                alert_id, tuple(json.loads(articles)), _post(post_id, begun_at), _time(last_at)
            )
            # what waits goes on waiting until it is known how the post before has ended
            found.setdefault(alert_id, due)
        return [found[alert_id] for alert_id in sorted(found)]

    async def begin(self, alert_id: int, article_ids: Sequence[str], now: datetime) -> Post | None:
        """Note that a message about some stories is sent now.

        None where the alert was removed or paused, or a story does not wait any more.
        """
        post = Post(new_id(), now)
        async with self._database.transaction() as connection:
            rows = list(
                await connection.execute_fetchall(
                    "SELECT article_id FROM alert_stories JOIN alerts USING (alert_id)"
                    " WHERE alert_id = ? AND post_id IS NULL AND paused_reason IS NULL",
                    (alert_id,),
                )
            )
            if not set(article_ids) <= {row[0] for row in rows}:
                return None
            await connection.execute(
                "INSERT INTO alert_posts VALUES (?, ?, ?, NULL)", (post.id, alert_id, utc_text(now))
            )
            await connection.executemany(
                "UPDATE alert_stories SET post_id = ? WHERE alert_id = ? AND article_id = ?",
                [(post.id, alert_id, each) for each in article_ids],
            )
        return post

    async def end(self, post: Post, outcome: Outcome) -> None:
        """Note how a post ended; its stories are not told again."""
        async with self._database.transaction() as connection:
            await _end(connection, post, outcome)

    async def undo(self, post: Post) -> None:
        """Note that a post was certainly not sent: its stories wait again."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE alert_stories SET post_id = NULL WHERE post_id = ?", (post.id,)
            )
            await connection.execute("DELETE FROM alert_posts WHERE post_id = ?", (post.id,))

    async def pause(self, alert_id: int, post: Post, reason: Pause) -> None:
        """Let an alert rest whose post was refused for good, with all that waited."""
        async with self._database.transaction() as connection:
            await _end(connection, post, Outcome.REFUSED)
            await connection.execute(
                "UPDATE alerts SET paused_reason = ? WHERE alert_id = ?", (reason.value, alert_id)
            )
            await connection.execute(
                "DELETE FROM alert_stories WHERE alert_id = ? AND post_id IS NULL", (alert_id,)
            )


async def _progress(connection: aiosqlite.Connection, announcement: int) -> None:
    await connection.execute(
        "INSERT INTO alert_progress VALUES (1, ?)"
        " ON CONFLICT (only_row) DO UPDATE SET announcement = excluded.announcement",
        (announcement,),
    )


async def _end(connection: aiosqlite.Connection, post: Post, outcome: Outcome) -> None:
    await connection.execute(
        "UPDATE alert_posts SET outcome = ? WHERE post_id = ?", (outcome.value, post.id)
    )


def _post(post_id: str | None, begun_at: str | None) -> Post | None:
    return Post(post_id, datetime.fromisoformat(begun_at)) if post_id and begun_at else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
