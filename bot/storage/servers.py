"""What each server has decided, and which servers the bot has been removed from.

All of it is held in memory, read once, so that nobody waits for a disk before they are answered;
whatever changes goes to the file first. Knows no Discord beyond its ids.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.storage.keeping import oldest, utc_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import aiosqlite

    from index.storage.database import Database

_COLUMNS = (
    "server_id, language, zone, is_private, question_channel_id, log_channel_id,"
    " person_limit, server_limit, opens_threads"
)
_PLACES = ", ".join("?" * len(_COLUMNS.split(",")))
_KNOWN = (
    "SELECT server_id FROM servers UNION SELECT guild_id FROM alerts WHERE guild_id IS NOT NULL"
    " UNION SELECT guild_id FROM digests WHERE guild_id IS NOT NULL"
    " UNION SELECT asked_in FROM questions WHERE asked_in IS NOT NULL"
    " UNION SELECT asked_in FROM searches WHERE asked_in IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server has decided; as it is made, nothing.

    `language` is a Discord locale, `zone` an IANA name. Without `allowed_channel_ids` the bot may
    be asked in every channel. With `is_private`, answers to commands are shown to who asked alone
    where they do not say otherwise. The limits are questions an hour, of one person and of all.
    With `opens_threads`, a question in a message is answered in a thread of its own. Without
    `publishers`, answers come from all of them.
    """

    language: str | None = None
    zone: str | None = None
    is_private: bool = False
    question_channel_id: int | None = None
    log_channel_id: int | None = None
    allowed_channel_ids: frozenset[int] = frozenset()
    blocked_user_ids: frozenset[int] = frozenset()
    person_limit: int | None = None
    server_limit: int | None = None
    opens_threads: bool = False
    publishers: frozenset[str] = frozenset()

    def allows(self, *channel_ids: int | None) -> bool:
        """Whether the bot may be asked in a channel, or in the channel that it is a thread of."""
        if not self.allowed_channel_ids:
            return True
        allowed = self.allowed_channel_ids | {self.question_channel_id} - {None}
        return not allowed.isdisjoint(channel_ids)


UNDECIDED = ServerSettings()


class Servers:
    """The tables of servers. `load` it before it is asked."""

    def __init__(self, database: Database):
        self._database = database
        self._changing = asyncio.Lock()
        self._decided: dict[int, ServerSettings] = {}

    async def load(self) -> None:
        """Read what there is. Raises StorageError."""
        async with self._changing:
            self._decided = await self._read()

    def of(self, server_id: int | None) -> ServerSettings:
        """Return what a server has decided; nothing, where there is no server."""
        return UNDECIDED if server_id is None else self._decided.get(server_id, UNDECIDED)

    def decided(self) -> Mapping[int, ServerSettings]:
        """Return every server that has decided something."""
        return dict(self._decided)

    async def change(
        self, server_id: int, change: Callable[[ServerSettings], ServerSettings]
    ) -> tuple[ServerSettings, ServerSettings]:
        """Decide otherwise; return how it was and how it is. Raises StorageError.

        `change` is handed what is decided once nobody else is changing it. Where the file cannot
        be written, nothing has changed.
        """
        async with self._changing:
            before = self.of(server_id)
            after = change(before)
            if after != before:
                async with self._database.transaction() as connection:
                    await _write(connection, server_id, after)
                self._decided[server_id] = after
            return before, after

    async def leave(self, server_id: int, at: datetime) -> None:
        """Note that the bot has been removed from a server, unless that is known."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT OR IGNORE INTO left_servers VALUES (?, ?)", (server_id, utc_text(at))
            )

    async def come_back(self, server_id: int, at: datetime, grace: timedelta) -> bool:
        """Note that it is in a server again since an aware time.

        Whether all is as it was: what was left longer than `grace` before that is forgotten.
        Raises StorageError.
        """
        async with self._changing:
            async with self._database.transaction() as connection:
                found = await connection.execute_fetchall(
                    "DELETE FROM left_servers WHERE server_id = ? RETURNING left_at", (server_id,)
                )
                is_late = any(row[0] < oldest(at, grace) for row in found)
                if is_late:
                    await _forget(connection, server_id)
            if is_late:
                self._decided.pop(server_id, None)
        return not is_late

    async def left(self) -> Mapping[int, datetime]:
        """Return when the bot was removed from which servers, of which there may be rows."""
        rows = await self._all("SELECT server_id, left_at FROM left_servers")
        return {server_id: datetime.fromisoformat(left_at) for server_id, left_at in rows}

    async def known(self) -> set[int]:
        """Return every server of which there are rows, whatever they say. Raises StorageError."""
        return {row[0] for row in await self._all(_KNOWN)}

    async def left_too_long(self, now: datetime, grace: timedelta) -> set[int]:
        """Return the servers that were left longer than `grace` before an aware time."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT server_id FROM left_servers WHERE left_at < ?", (oldest(now, grace),)
            )
        return {int(row[0]) for row in rows}

    async def purge(self, now: datetime, grace: timedelta) -> Sequence[int]:
        """Forget the servers that were left longer than `grace` ago, with all that was asked there.

        The alerts of their channels go, too; those that tell a person directly stay theirs. Returns
        the servers' ids. Raises StorageError.
        """
        async with self._changing:
            async with self._database.transaction() as connection:
                found = await connection.execute_fetchall(
                    "SELECT server_id FROM left_servers WHERE left_at < ?", (oldest(now, grace),)
                )
                purged = [int(row[0]) for row in found]
                for server_id in purged:
                    await _forget(connection, server_id)
            for server_id in purged:
                self._decided.pop(server_id, None)
        return purged

    async def _read(self) -> dict[int, ServerSettings]:
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(f"SELECT {_COLUMNS} FROM servers")
            allowed = await connection.execute_fetchall("SELECT * FROM allowed_channels")
            blocked = await connection.execute_fetchall("SELECT * FROM blocked_users")
            chosen = await connection.execute_fetchall("SELECT * FROM chosen_publishers")
        found = {row[0]: _settings(tuple(row)) for row in rows}
        for server_id, channel_id in allowed:
            known = found[server_id]
            channel_ids = known.allowed_channel_ids | {channel_id}
            found[server_id] = replace(known, allowed_channel_ids=channel_ids)
        for server_id, user_id in blocked:
            known = found[server_id]
            found[server_id] = replace(known, blocked_user_ids=known.blocked_user_ids | {user_id})
        for server_id, name in chosen:
            known = found[server_id]
            found[server_id] = replace(known, publishers=known.publishers | {name})
        return found

    async def _all(self, query: str) -> Sequence[Any]:
        async with self._database.snapshot() as connection:
            return list(await connection.execute_fetchall(query))


class ServerLanguages:
    """The languages that servers have chosen."""

    def __init__(self, servers: Servers):
        self._servers = servers

    async def of(self, guild_id: int) -> str | None:
        """Return a server's language, None where it chose none."""
        return self._servers.of(guild_id).language


def _settings(row: tuple[Any, ...]) -> ServerSettings:
    _, language, zone, is_private, questions, log, of_person, of_server, threads = row
    return ServerSettings(
        language,
        zone,
        bool(is_private),
        questions,
        log,
        person_limit=of_person,
        server_limit=of_server,
        opens_threads=bool(threads),
    )


async def _write(
    connection: aiosqlite.Connection, server_id: int, settings: ServerSettings
) -> None:
    # with its channels, users and publishers, whose rows go with it
    await connection.execute("DELETE FROM servers WHERE server_id = ?", (server_id,))
    row = (
        server_id,
        settings.language,
        settings.zone,
        int(settings.is_private),
        settings.question_channel_id,
        settings.log_channel_id,
        settings.person_limit,
        settings.server_limit,
        int(settings.opens_threads),
    )
    await connection.execute(f"INSERT INTO servers ({_COLUMNS}) VALUES ({_PLACES})", row)
    await connection.executemany(
        "INSERT INTO allowed_channels VALUES (?, ?)",
        [(server_id, channel_id) for channel_id in settings.allowed_channel_ids],
    )
    await connection.executemany(
        "INSERT INTO blocked_users VALUES (?, ?)",
        [(server_id, user_id) for user_id in settings.blocked_user_ids],
    )
    await connection.executemany(
        "INSERT INTO chosen_publishers VALUES (?, ?)",
        [(server_id, name) for name in settings.publishers],
    )


async def _forget(connection: aiosqlite.Connection, server_id: int) -> None:
    for statement in (
        "DELETE FROM servers WHERE server_id = ?",
        "DELETE FROM questions WHERE asked_in = ?",
        "DELETE FROM searches WHERE asked_in = ?",
        "DELETE FROM alerts WHERE guild_id = ?",
        "DELETE FROM digests WHERE guild_id = ?",
        "DELETE FROM left_servers WHERE server_id = ?",
    ):
        await connection.execute(statement, (server_id,))
