"""The searches that go on, and whom they tell. Knows not what they have found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.storage.keeping import utc_text
from bot.storage.quiet_hours import QuietHours
from index.model import Query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import aiosqlite

    from index.storage.database import Database

MOST_OF_A_PERSON = 20
MOST_OF_A_SERVER = 50

_COLUMNS = (
    "alert_id, user_id, guild_id, channel_id, typed, query, locale,"
    " quiet_from, quiet_until, zone, after, paused_reason"
)
_AT_WORK = (
    "paused_reason IS NULL AND"
    " NOT EXISTS (SELECT 1 FROM left_servers WHERE left_servers.server_id = alerts.guild_id)"
)


class Pause(StrEnum):
    """Why an alert tells nothing any more."""

    CLOSED = "closed"
    """The person takes no direct messages from the bot."""
    FORBIDDEN = "forbidden"
    """The bot may not write in the channel."""
    DISALLOWED = "disallowed"
    """Those who run the server do not want the bot in that channel."""
    GONE = "gone"
    """The channel or the person is not there any more."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an alert tells: in a channel of a server, else in a direct message to who added it."""

    user_id: int | None
    guild_id: int | None = None
    channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert to be kept. `after` is the newest announcement: what came before is not told."""

    target: Target
    typed: str
    query: Query
    locale: str
    quiet: QuietHours | None
    after: int


@dataclass(frozen=True, slots=True)
class Alert(NewAlert):
    """An alert that is kept. `paused` is None while it is at work."""

    id: int
    paused: Pause | None = None


class TooManyAlertsError(Exception):
    """A person or a server has as many alerts as there may be, `most`."""

    def __init__(self, most: int):
        super().__init__(f"there are {most} alerts already")
        self.most = most


class Alerts:
    """The table of alerts. Every method raises StorageError where the file cannot be used."""

    def __init__(self, database: Database):
        self._database = database

    async def add(self, new: NewAlert, now: datetime) -> Alert:
        """Keep an alert, and return it.

        The same words for the same place are the same alert: it is at work again where it was
        paused, and its quiet hours are the new ones. Raises TooManyAlertsError.
        """
        quiet = new.quiet.written() if new.quiet else (None, None, None)
        async with self._database.transaction() as connection:
            known = await _same(connection, new)
            if known is None:
                await _check_room(connection, new.target)
                known = await _insert(connection, new, quiet, now)
            else:
                # what came while it was paused is not told
                await connection.execute(
                    "UPDATE alerts SET query = ?, locale = ?, quiet_from = ?, quiet_until = ?,"
                    " zone = ?, after = iif(paused_reason IS NULL, after, ?), paused_reason = NULL"
                    " WHERE alert_id = ?",
                    (_written(new.query), new.locale, *quiet, new.after, known),
                )
            (alert,) = await _found(connection, "alert_id = ?", known)
        return alert

    async def of_person(self, user_id: int) -> list[Alert]:
        """Return a person's own, the oldest first."""
        return await self._where("channel_id IS NULL AND user_id = ?", user_id)

    async def of_server(self, guild_id: int) -> list[Alert]:
        """Return those of a server's channels, the oldest first."""
        return await self._where("guild_id = ?", guild_id)

    async def at_work(self) -> list[Alert]:
        """Return all that are not paused, the oldest first.

        None of a server that the bot has been removed from: it may come back.
        """
        return await self._where(_AT_WORK)

    async def find(self, alert_id: int) -> Alert | None:
        """Return an alert by its id."""
        found = await self._where("alert_id = ?", alert_id)
        return found[0] if found else None

    async def remove(self, alert_id: int) -> None:
        """Forget an alert, and what it has told."""
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM alerts WHERE alert_id = ?", (alert_id,))

    async def _where(self, condition: str, *values: object) -> list[Alert]:
        async with self._database.snapshot() as connection:
            return await _found(connection, condition, *values)


async def _same(connection: aiosqlite.Connection, new: NewAlert) -> int | None:
    target = new.target
    # of a channel it does not matter who added it
    place, value = (
        ("channel_id IS NULL AND user_id = ?", target.user_id)
        if target.channel_id is None
        else ("channel_id = ?", target.channel_id)
    )
    for alert in await _found(connection, place, value):
        if alert.typed.casefold() == new.typed.casefold():
            return alert.id
    return None


async def _check_room(connection: aiosqlite.Connection, target: Target) -> None:
    if target.guild_id is None:
        found = await _found(connection, "channel_id IS NULL AND user_id = ?", target.user_id)
        most = MOST_OF_A_PERSON
    else:
        found = await _found(connection, "guild_id = ?", target.guild_id)
        most = MOST_OF_A_SERVER
    if len(found) >= most:
        raise TooManyAlertsError(most)


async def _insert(
    connection: aiosqlite.Connection,
    new: NewAlert,
    quiet: tuple[str | None, str | None, str | None],
    now: datetime,
) -> int:
    target = new.target
    async with connection.execute(
        "INSERT INTO alerts (user_id, guild_id, channel_id, typed, query, locale, quiet_from,"
        " quiet_until, zone, after, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            target.user_id,
            target.guild_id,
            target.channel_id,
            new.typed,
            _written(new.query),
            new.locale,
            *quiet,
            new.after,
            utc_text(now),
        ),
    ) as cursor:
        if cursor.lastrowid is None:
            raise AssertionError("SQLite gave a new row no number")
        return cursor.lastrowid


async def _found(connection: aiosqlite.Connection, condition: str, *values: object) -> list[Alert]:
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM alerts WHERE {condition} ORDER BY alert_id", values
    )
    return [_alert(tuple(row)) for row in rows]


def _alert(row: Sequence[Any]) -> Alert:
    number, user_id, guild_id, channel_id, typed, query, locale, *quiet, after, paused = row
    return Alert(
        id=number,
        target=Target(user_id, guild_id, channel_id),
        typed=typed,
        query=_query(json.loads(query)),
        locale=locale,
        quiet=QuietHours.read(*quiet) if quiet[0] else None,
        after=after,
        paused=Pause(paused) if paused else None,
    )


def _written(query: Query) -> str:
    return json.dumps(
        {
            "text": query.text,
            "publishers": sorted(query.publishers),
            "phrases": query.phrases,
            "excluded": query.excluded,
            "authors": sorted(query.authors),
        }
    )


def _query(written: dict[str, Any]) -> Query:
    return Query(
        written["text"],
        publishers=frozenset(written["publishers"]),
        phrases=tuple(written["phrases"]),
        excluded=tuple(written["excluded"]),
        authors=frozenset(written["authors"]),
    )
