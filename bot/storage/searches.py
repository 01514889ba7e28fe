"""What was searched for, by an id that fits into a button."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from index.model import Query
from index.query.model import Correction, Reading

if TYPE_CHECKING:
    from index.storage.database import Database

# random and long, so that a button of a lost database never opens somebody else's search
_ID_BYTE_COUNT = 12
_FORGET = "DELETE FROM searches WHERE asked_at < ?"


class Searches:
    """The table of searches; each is forgotten after `kept_days`."""

    def __init__(self, database: Database, kept_days: int):
        self._database = database
        self._kept = timedelta(days=kept_days)

    async def remember(self, reading: Reading, asked_at: datetime) -> str:
        """Keep a search and return its id, at most 16 characters of base64url. Raises StorageError.

        `asked_at` is aware. Searches that are too old are forgotten on the way.
        """
        search_id = secrets.token_urlsafe(_ID_BYTE_COUNT)
        query = reading.query
        row = (
            search_id,
            query.text,
            _text(query.since) if query.since else None,
            _text(query.until) if query.until else None,
            json.dumps(sorted(query.publishers)),
            _text(asked_at),
            json.dumps(_rest(reading)),
        )
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET, (self._oldest(asked_at),))
            await connection.execute("INSERT INTO searches VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return search_id

    async def forget_old(self, now: datetime) -> None:
        """Forget the searches that are too old at an aware time. Raises StorageError."""
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET, (self._oldest(now),))

    async def find(self, search_id: str, now: datetime) -> Reading | None:
        """Return the search of an id, None for one that is unknown or too old at an aware time."""
        async with (
            self._database.snapshot() as connection,
            connection.execute(
                "SELECT text, since, until, publishers, reading FROM searches "
                "WHERE search_id = ? AND asked_at >= ?",
                (search_id, self._oldest(now)),
            ) as cursor,
        ):
            row = await cursor.fetchone()
        if row is None:
            return None
        text, since, until, publishers, rest = row
        query = Query(text, _time(since), _time(until), frozenset(json.loads(publishers)))
        return _reading(query, json.loads(rest))

    def _oldest(self, now: datetime) -> str:
        return _text(now - self._kept)


def _text(time: datetime) -> str:
    # always with microseconds, so that the order of the texts is the order of the times
    return time.astimezone(UTC).isoformat(timespec="microseconds")


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
