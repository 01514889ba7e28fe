"""Whatever is kept of one person, in all tables: counted, handed over, and forgotten as a whole.

Every table of the bot's file is named here, so that none is overlooked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import aiosqlite

    from index.storage.database import Database


class Kept(Enum):
    """What tables are about."""

    ALERTS = auto()
    DIGESTS = auto()
    RATINGS = auto()
    QUESTIONS = auto()
    SEARCHES = auto()
    BLOCKS = auto()
    """Whom servers do not want answered; it is theirs to say."""
    SERVERS = auto()
    """Of no person."""
    WORKINGS = auto()
    """Of nobody."""


TABLES: Mapping[str, Kept] = {
    "alerts": Kept.ALERTS,
    "alert_posts": Kept.ALERTS,
    "alert_stories": Kept.ALERTS,
    "alert_progress": Kept.WORKINGS,
    "allowed_channels": Kept.SERVERS,
    "chosen_publishers": Kept.SERVERS,
    "blocked_users": Kept.BLOCKS,
    "command_hashes": Kept.WORKINGS,
    "digests": Kept.DIGESTS,
    "digest_stories": Kept.DIGESTS,
    "left_servers": Kept.SERVERS,
    "questions": Kept.QUESTIONS,
    "ratings": Kept.RATINGS,
    "searches": Kept.SEARCHES,
    "servers": Kept.SERVERS,
    "threads": Kept.SERVERS,
}

_OWN_ALERTS = "(SELECT alert_id FROM alerts WHERE channel_id IS NULL AND user_id = ?)"
_OWN_DIGEST = "(SELECT digest_id FROM digests WHERE channel_id IS NULL AND user_id = ?)"
_EVERYTHING: Mapping[str, str] = {
    "alerts": "SELECT * FROM alerts WHERE user_id = ? ORDER BY alert_id",
    "alert_posts": f"SELECT * FROM alert_posts WHERE alert_id IN {_OWN_ALERTS}"
    " ORDER BY alert_id, begun_at",
    "alert_stories": f"SELECT * FROM alert_stories WHERE alert_id IN {_OWN_ALERTS}"
    " ORDER BY alert_id, matched_at",
    "digests": "SELECT * FROM digests WHERE user_id = ? ORDER BY digest_id",
    "digest_stories": f"SELECT * FROM digest_stories WHERE digest_id = {_OWN_DIGEST}"
    " ORDER BY told_at, story",
    "ratings": "SELECT ratings.*, text AS question FROM ratings JOIN questions"
    " USING (question_id) WHERE user_id = ? ORDER BY rated_at",
    "questions": "SELECT * FROM questions WHERE asked_by = ? ORDER BY asked_at",
    "searches": "SELECT * FROM searches WHERE asked_by = ? ORDER BY asked_at",
    "blocked_users": "SELECT * FROM blocked_users WHERE user_id = ? ORDER BY server_id",
}
_JSON_COLUMNS = ("query", "rest", "reading", "publishers")

Tables = dict[str, list[dict[str, Any]]]
"""Rows of tables, by the tables' names; each row by the names of its columns."""


@dataclass(frozen=True, slots=True)
class PersonCounts:
    """How much is kept of a person.

    `channel_alerts` and `channel_digests` are the servers', and note who added them. `blocks` are
    the servers' as well, and stay where all else is forgotten.
    """

    alerts: int = 0
    channel_alerts: int = 0
    ratings: int = 0
    digests: int = 0
    channel_digests: int = 0
    questions: int = 0
    searches: int = 0
    blocks: int = 0

    @property
    def is_forgettable(self) -> bool:
        """Whether there is anything that can be forgotten."""
        return replace(self, blocks=0) != PersonCounts()


class People:
    """What the tables hold of a person. Every method may raise StorageError."""

    def __init__(self, database: Database):
        self._database = database

    async def counts(self, user_id: int) -> PersonCounts:
        """Count what is kept."""
        async with self._database.snapshot() as connection:
            return await _counted(connection, user_id)

    async def everything(self, user_id: int) -> Tables:
        """Return all that is kept, as it is kept."""
        async with self._database.snapshot() as connection:
            return {
                table: await _rows(connection, select, user_id)
                for table, select in _EVERYTHING.items()
            }

    async def forget(self, user_id: int) -> PersonCounts:
        """Forget all of it, or nothing where that fails; return how much there was.

        What is told in channels is their servers', and stays without who added it; so are those
        whom servers do not want answered, who could else let themselves in again.
        """
        async with self._database.transaction() as connection:
            counts = await _counted(connection, user_id)
            for statement in (
                "DELETE FROM ratings WHERE user_id = ?",
                "DELETE FROM questions WHERE asked_by = ?",
                "DELETE FROM searches WHERE asked_by = ?",
                "DELETE FROM alerts WHERE channel_id IS NULL AND user_id = ?",
                "UPDATE alerts SET user_id = NULL WHERE user_id = ?",
                "DELETE FROM digests WHERE channel_id IS NULL AND user_id = ?",
                "UPDATE digests SET user_id = NULL WHERE user_id = ?",
            ):
                await connection.execute(statement, (user_id,))
        return counts


async def _counted(connection: aiosqlite.Connection, user_id: int) -> PersonCounts:
    alerts, channel_alerts = await _own_and_of_channels(connection, "alerts", user_id)
    digests, channel_digests = await _own_and_of_channels(connection, "digests", user_id)
    ((ratings, questions, searches, blocks),) = await connection.execute_fetchall(
        "SELECT (SELECT count(*) FROM ratings WHERE user_id = ?1),"
        " (SELECT count(*) FROM questions WHERE asked_by = ?1),"
        " (SELECT count(*) FROM searches WHERE asked_by = ?1),"
        " (SELECT count(*) FROM blocked_users WHERE user_id = ?1)",
        (user_id,),
    )
    return PersonCounts(
        alerts, channel_alerts, ratings, digests, channel_digests, questions, searches, blocks
    )


async def _own_and_of_channels(
    connection: aiosqlite.Connection, table: str, user_id: int
) -> tuple[int, int]:
    ((own, of_channels),) = await connection.execute_fetchall(
        f"SELECT count(*) - count(channel_id), count(channel_id) FROM {table} WHERE user_id = ?",
        (user_id,),
    )
    return own, of_channels


async def _rows(
    connection: aiosqlite.Connection, select: str, user_id: int
) -> list[dict[str, Any]]:
    async with connection.execute(select, (user_id,)) as cursor:
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]
    for row in rows:
        for name in _JSON_COLUMNS:
            if name in row:
                row[name] = json.loads(row[name])
    return rows
