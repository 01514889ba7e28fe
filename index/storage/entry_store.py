"""What feeds have told of, and which of it is still to be stored. Decides nothing; it is told.

A feed's answer is one transaction: its validators, and every story in it that is new or changed.
So a feed that says "not modified" next time has lost nothing, whenever a process ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from index.storage.moments import read, written

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    import aiosqlite

    from index.storage.database import Database

_MOST_VARIABLES = 500
# an entry that is told of at every poll is not written at every poll
_SEEN_AGAIN_AFTER = timedelta(days=1)
# more than an hour of work at a page a second; what else a feed tells of is taken in later
MOST_WAITING = 5000
_CAME_IN = (
    "SELECT count(*) FILTER (WHERE first_seen_at >= :since),"
    " count(*) FILTER (WHERE first_seen_at < :since AND changed_at >= :since),"
    " (SELECT count(*) FROM entries WHERE feed_id = :feed AND waiting IS NULL"
    " AND failure IS NOT NULL AND seen_at >= :since),"
    " (SELECT count(*) FROM entries WHERE feed_id = :feed AND waiting IS NOT NULL"
    " AND next_attempt_at <= :now),"
    " (SELECT count(*) FROM entries WHERE feed_id = :feed AND waiting IS NOT NULL"
    " AND next_attempt_at > :now)"
    " FROM gathered WHERE feed_id = :feed"
)


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """A story as a feed tells of it: by which key, with which digest, and all of it as JSON."""

    key: str
    digest: str
    waiting: str


@dataclass(frozen=True, slots=True)
class PollAnswer:
    """What came of a poll that worked, and when the next one is."""

    entries: Sequence[ToldEntry]
    next_poll_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    ttl_seconds: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """A story that is to be stored: `attempt_count` times that did not work so far."""

    id: int
    feed_id: int
    waiting: str
    is_announced: bool
    attempt_count: int


@dataclass(frozen=True, slots=True)
class CameIn:
    """What came of a feed's stories since a moment, and what is still to come, in counts.

    New ones, those that their publisher changed, those that were left out, those that are to be
    stored now, and those that are tried again later.
    """

    new_count: int = 0
    changed_count: int = 0
    left_out_count: int = 0
    waiting_count: int = 0
    later_count: int = 0


class EntryStore:
    """The entries of an open database."""

    def __init__(self, database: Database):
        self._database = database

    async def take_in(self, feed_id: int, answer: PollAnswer, now: datetime) -> int:
        """Store a feed's answer; return how many of its entries are new or changed.

        What the first answer of a feed holds is old, and not announced, even where it changes
        before it is stored. Where too much of the feed waits already, the rest of the answer is
        left for another time, and so are its validators.
        """
        async with self._database.transaction() as connection:
            rows = list(
                await connection.execute_fetchall(
                    "SELECT succeeded_at IS NOT NULL FROM feeds WHERE feed_id = ?", (feed_id,)
                )
            )
            if not rows:  # removed meanwhile
                return 0
            known = await _known(connection, feed_id, [entry.key for entry in answer.entries])
            changed = [entry for entry in answer.entries if known.get(entry.key) != entry.digest]
            room = max(0, MOST_WAITING - await _waiting_count(connection, feed_id))
            if len(changed) > room:
                changed = changed[:room]
                answer = replace(answer, etag=None, last_modified=None)
            await _write(connection, feed_id, changed, now, is_announced=bool(rows[0][0]))
            same = [entry.key for entry in answer.entries if entry.key in known]
            await connection.executemany(
                "UPDATE entries SET seen_at = ? WHERE feed_id = ? AND key = ? AND seen_at < ?",
                [(written(now), feed_id, key, written(now - _SEEN_AGAIN_AFTER)) for key in same],
            )
            await _note_answer(connection, feed_id, answer, now)
        return len(changed)

    async def feeds_with_work(self, now: datetime) -> list[tuple[int, str | None]]:
        """Return the feeds with stories to be stored now, and whose they are, None for everybody's.

        Those with what is news are first.
        """
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT feed_id, community FROM entries JOIN feeds USING (feed_id)"
                " WHERE waiting IS NOT NULL AND next_attempt_at <= ?"
                " GROUP BY feed_id ORDER BY max(is_announced) DESC, min(next_attempt_at)",
                (written(now),),
            )
        return [(row[0], row[1]) for row in rows]

    async def waiting(
        self, feed_id: int, now: datetime, without: Collection[int], limit: int
    ) -> list[WaitingEntry]:
        """Return stories of a feed that are to be stored now: first what is new to readers."""
        marks = ", ".join(str(int(each)) for each in without)
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT entry_id, feed_id, waiting, is_announced, attempt_count FROM entries"
                " WHERE feed_id = ? AND waiting IS NOT NULL AND next_attempt_at <= ?"
                f" AND entry_id NOT IN ({marks})"
                " ORDER BY is_announced DESC, next_attempt_at, entry_id LIMIT ?",
                (feed_id, written(now), limit),
            )
        return [WaitingEntry(row[0], row[1], row[2], bool(row[3]), row[4]) for row in rows]

    async def came_in(self, feed_id: int, since: datetime, now: datetime) -> CameIn:
        """Count what came of a feed since a moment, and what is still to come."""
        moments = {"feed": feed_id, "since": written(since), "now": written(now)}
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(_CAME_IN, moments)
        return CameIn(*map(int, next(iter(rows))))

    async def next_attempt_at(self) -> datetime | None:
        """Return when the next story is to be stored; None where none waits."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT min(next_attempt_at) FROM entries WHERE waiting IS NOT NULL"
            )
        return read(next(iter(rows))[0])

    async def waiting_count(self) -> int:
        """Return how many stories are to be stored, now or later."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT count(*) FROM entries WHERE waiting IS NOT NULL"
            )
        return int(next(iter(rows))[0])

    async def postpone(
        self, entry: WaitingEntry, reason: str, next_attempt_at: datetime, *, counts: bool = True
    ) -> None:
        """Try a story again later, if its feed says the same of it as before.

        Unless it `counts`, it was no attempt.
        """
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE entries SET attempt_count = attempt_count + ?, failure = ?,"
                " next_attempt_at = ? WHERE entry_id = ? AND waiting = ?",
                (int(counts), reason, written(next_attempt_at), entry.id, entry.waiting),
            )

    async def give_up(self, entry: WaitingEntry, reason: str) -> None:
        """Leave a story out until its feed says something else of it."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE entries SET waiting = NULL, failure = ? WHERE entry_id = ? AND waiting = ?",
                (reason, entry.id, entry.waiting),
            )

    async def forget(self, before: datetime) -> None:
        """Forget what no feed has told of since; nothing of the articles goes."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM entries WHERE seen_at < ? AND waiting IS NULL", (written(before),)
            )


async def settle(
    connection: aiosqlite.Connection, entry: WaitingEntry, article_id: int | None
) -> None:
    """Note, inside the transaction that stores it, that a story is stored.

    What its feed has said of it meanwhile still waits.
    """
    await connection.execute(
        "UPDATE entries SET article_id = ?, failure = NULL,"
        " waiting = CASE WHEN waiting = ? THEN NULL ELSE waiting END WHERE entry_id = ?",
        (article_id, entry.waiting, entry.id),
    )


async def _write(
    connection: aiosqlite.Connection,
    feed_id: int,
    changed: Sequence[ToldEntry],
    now: datetime,
    *,
    is_announced: bool,
) -> None:
    await connection.executemany(
        "INSERT INTO entries"
        " (feed_id, key, digest, seen_at, waiting, is_announced, next_attempt_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (feed_id, key) DO UPDATE SET"
        " (digest, seen_at, waiting, is_announced, next_attempt_at, attempt_count, failure)"
        " = (excluded.digest, excluded.seen_at, excluded.waiting,"
        # what waits since the first poll is no news, whatever is said of it meanwhile
        " excluded.is_announced AND (is_announced OR waiting IS NULL),"
        " excluded.next_attempt_at, 0, NULL)",
        [
            (feed_id, e.key, e.digest, written(now), e.waiting, is_announced, written(now))
            for e in changed
        ],
    )


async def _note_answer(
    connection: aiosqlite.Connection, feed_id: int, answer: PollAnswer, now: datetime
) -> None:
    await connection.execute(
        "UPDATE feeds SET etag = ?, last_modified = ?, ttl_seconds = ?,"
        " title = coalesce(title, ?), polled_at = ?, succeeded_at = ?, next_poll_at = ?,"
        " failure_count = 0, failure = NULL WHERE feed_id = ?",
        (
            answer.etag,
            answer.last_modified,
            answer.ttl_seconds,
            answer.title,
            written(now),
            written(now),
            written(answer.next_poll_at),
            feed_id,
        ),
    )


async def _waiting_count(connection: aiosqlite.Connection, feed_id: int) -> int:
    rows = await connection.execute_fetchall(
        "SELECT count(*) FROM entries WHERE feed_id = ? AND waiting IS NOT NULL", (feed_id,)
    )
    return int(next(iter(rows))[0])


async def _known(
    connection: aiosqlite.Connection, feed_id: int, keys: Sequence[str]
) -> dict[str, str]:
    known: dict[str, str] = {}
    for first in range(0, len(keys), _MOST_VARIABLES):
        some = keys[first : first + _MOST_VARIABLES]
        marks = ", ".join("?" * len(some))
        rows = await connection.execute_fetchall(
            f"SELECT key, digest FROM entries WHERE feed_id = ? AND key IN ({marks})",
            (feed_id, *some),
        )
        known.update({key: digest for key, digest in rows})  # noqa: C416 (rows are sqlite3.Row)
    return known
