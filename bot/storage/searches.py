"""What was searched for, by an id that fits into a button."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.storage.keeping import Asker, new_id, oldest, utc_text
from index.model import Query
from index.query.model import Correction, Reading

if TYPE_CHECKING:
    from index.storage.database import Database

_INSERT = (
    "INSERT INTO searches "
    "(search_id, text, since, until, publishers, asked_at, reading, asked_by, asked_in) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_FORGET = "DELETE FROM searches WHERE asked_at < ?"


class Searches:
    """The table of searches; each is forgotten after `kept_days`."""

    def __init__(self, database: Database, kept_days: int):
        self._database = database
        self._kept = timedelta(days=kept_days)

    async def remember(
        self, reading: Reading, asked_at: datetime, asker: Asker | None = None
    ) -> str:
        """Keep a search and return its id, at most 16 characters of base64url. Raises StorageError.

        `asked_at` is aware. `asker` may have it exported and deleted. Searches that are too old are
        forgotten on the way.
        """
        search_id = new_id()
        query = reading.query
        row = (
            search_id,
            query.text,
            utc_text(query.since) if query.since else None,
            utc_text(query.until) if query.until else None,
            json.dumps(sorted(query.publishers)),
            utc_text(asked_at),
            json.dumps(_rest(reading)),
            asker and asker.user_id,
            asker and asker.server_id,
        )
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET, (oldest(asked_at, self._kept),))
            await connection.execute(_INSERT, row)
        return search_id

    async def forget_old(self, now: datetime) -> None:
        """Forget the searches that are too old at an aware time. Raises StorageError."""
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET, (oldest(now, self._kept),))

    async def find(self, search_id: str, now: datetime) -> Reading | None:
        """Return the search of an id, None for one that is unknown or too old at an aware time."""
        async with (
            self._database.snapshot() as connection,
            connection.execute(
                "SELECT text, since, until, publishers, reading FROM searches "
                "WHERE search_id = ? AND asked_at >= ?",
                (search_id, oldest(now, self._kept)),
            ) as cursor,
        ):
            row = await cursor.fetchone()
        if row is None:
            return None
        text, since, until, publishers, rest = row
        query = Query(text, _time(since), _time(until), frozenset(json.loads(publishers)))
        return _reading(query, json.loads(rest))


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _rest(reading: Reading) -> dict[str, Any]:
    """Return what of a reading is shown or searched for and has no column of its own."""
    return {
        "phrases": reading.query.phrases,
        "excluded": reading.query.excluded,
        "authors": sorted(reading.query.authors),
        "corrections": [(each.typed, each.read) for each in reading.corrections],
        "notes": reading.notes,
    }


def _reading(query: Query, rest: dict[str, Any]) -> Reading:
    """Undo `_rest`; a search of an older version has nothing there."""
    query = replace(
        query,
        phrases=tuple(rest.get("phrases", ())),
        excluded=tuple(rest.get("excluded", ())),
        authors=frozenset(rest.get("authors", ())),
    )
    corrections = tuple(Correction(*each) for each in rest.get("corrections", ()))
    return Reading(query, corrections=corrections, notes=tuple(rest.get("notes", ())))
