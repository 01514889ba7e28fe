"""One SQLite file: how it is opened, migrated, read and written. Knows no table.

Two connections: a writer, whose transactions are taken one at a time, and a reader, which in WAL
mode sees the last commit and never waits for the writer. Any module that owns tables brings its
own numbered migrations (`0001_*.sql`, `0002_*.sql`, …).
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing, suppress
from typing import TYPE_CHECKING, Self

import aiosqlite

from index.errors import StorageError
from index.storage.migrating import migrate
from index.storage.migration_files import read_migrations
from index.storage.sqlite_faults import cannot_open, translated_errors
from index.storage.transactions import BUSY_TIMEOUT_SECONDS, transaction_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class Database:
    """An open SQLite file with its schema up to date. Make one with `Database.open`."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection):
        self.path = path
        self._writer = writer
        self._reader = reader
        self._writing = asyncio.Lock()
        self._reading = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path, migrations: str) -> Self:
        """Open `path`, made if missing, and bring it up to date.

        `migrations` is the dotted name of the package that holds the `.sql` files.
        A file that migrations change is copied beside itself first. Raises NewerSchemaError when
        the file knows more migrations than this program does, and StorageError when it is no
        database, or cannot be written or copied.
        """
        with translated_errors(path):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StorageError(cannot_open(path, error.strerror or str(error))) from error
            writer = await _connect(path)
            try:
                await migrate(writer, path, read_migrations(migrations))
                reader = await _connect(path)
            except BaseException:
                await writer.close()
                raise
            return cls(path, writer, reader)

    def byte_count(self) -> int:
        """Return what the file takes on disk, with what is not folded into it yet."""
        count = 0
        for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
            with suppress(FileNotFoundError):
                count += path.stat().st_size
        return count

    async def close(self) -> None:
        """Close both connections; the last one out folds the WAL into the file."""
        await self._reader.close()
        await self._writer.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """Write: all that happens inside is committed together, or not at all."""
        async with (
            self._writing,
            transaction_on(self._writer, self.path, "IMMEDIATE") as connection,
        ):
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[aiosqlite.Connection]:
        """Read: all queries inside see the same commit."""
        async with self._reading, transaction_on(self._reader, self.path, "DEFERRED") as connection:
            yield connection


async def _connect(path: Path) -> aiosqlite.Connection:
    # tried here first: where opening fails, aiosqlite's own thread outlives the event loop
    await asyncio.to_thread(_try_to_open, path)
    connection = await aiosqlite.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
    try:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("PRAGMA synchronous = FULL")
        await connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        await connection.close()
        raise
    return connection


def _try_to_open(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)) as connection:
        connection.execute("PRAGMA user_version").fetchone()
