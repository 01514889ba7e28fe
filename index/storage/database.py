"""One SQLite file: how it is opened, migrated, read and written. Knows no table.

Two connections: a writer, whose transactions are taken one at a time, and a reader, which in WAL
mode sees the last commit and never waits for the writer. Any module that owns tables brings its
own numbered migrations (`0001_*.sql`, `0002_*.sql`, …); `PRAGMA user_version` counts those applied.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from importlib import resources
from typing import TYPE_CHECKING, Self

import aiosqlite

from index.errors import NewerSchemaError, StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

BUSY_TIMEOUT_SECONDS = 10.0


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
        Raises NewerSchemaError when the file knows more migrations than this program does, and
        StorageError when it is no database or cannot be written.
        """
        with translated_errors(path):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StorageError(_cannot_open(path, error.strerror or str(error))) from error
            writer = await _connect(path)
            try:
                await migrate(writer, path, read_migrations(migrations))
                reader = await _connect(path)
            except BaseException:
                await writer.close()
                raise
            return cls(path, writer, reader)

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
        async with self._writing, _transaction(self._writer, self.path, "IMMEDIATE") as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[aiosqlite.Connection]:
        """Read: all queries inside see the same commit."""
        async with self._reading, _transaction(self._reader, self.path, "DEFERRED") as connection:
            yield connection


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what a person can do about it."""
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            message = f"{path} is in use by another program; wait for it to end, then try again."
        elif "not a database" in text or "malformed" in text:
            message = f"{path} is damaged ({text}); restore it from a backup or move it away."
        elif "Could not decode" in text:
            message = f"{path} is damaged (text that is no UTF-8); restore it from a backup."
        elif "disk is full" in text:
            message = f"The disk that holds {path} is full; free some space, then try again."
        else:
            message = _cannot_open(path, text)
        raise StorageError(message) from error


def read_migrations(package: str) -> list[str]:
    """Return the SQL of each migration; the n-th (from 1) is in a file named `000n_*.sql`."""
    files = sorted(
        (entry for entry in resources.files(package).iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    for number, file in enumerate(files, start=1):
        if int(file.name.partition("_")[0]) != number:
            raise ValueError(f"{package}: {file.name} is out of sequence")
    return [file.read_text(encoding="utf-8") for file in files]


async def migrate(connection: aiosqlite.Connection, path: Path, migrations: list[str]) -> None:
    """Apply what is missing, each in a transaction of its own."""
    if await _version(connection) > len(migrations):
        raise NewerSchemaError(
            f"{path} was written by a newer version of Pullquote "
            f"(schema {await _version(connection)}, this one knows {len(migrations)}); "
            "upgrade Pullquote or choose another data directory."
        )
    # most often nothing is missing, and then nobody's writing is waited for
    for number in range(await _version(connection) + 1, len(migrations) + 1):
        async with _transaction(connection, path, "IMMEDIATE"):
            # read inside the transaction: another process may have migrated meanwhile
            if await _version(connection) < number:
                for statement in _statements(migrations[number - 1]):
                    await connection.execute(statement)
                await connection.execute(f"PRAGMA user_version = {number}")


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


@asynccontextmanager
async def _transaction(
    connection: aiosqlite.Connection, path: Path, kind: str
) -> AsyncIterator[aiosqlite.Connection]:
    with translated_errors(path):
        await _begin(connection, kind)
        try:
            yield connection
        except BaseException:
            # SQLite has already rolled back by itself after a full disk or an I/O error
            if connection.in_transaction:
                await connection.execute("ROLLBACK")
            raise
        await connection.execute("COMMIT")


async def _begin(connection: aiosqlite.Connection, kind: str) -> None:
    beginning = asyncio.ensure_future(connection.execute(f"BEGIN {kind}"))
    try:
        await asyncio.shield(beginning)
    except asyncio.CancelledError:
        # the connection's thread begins it all the same, and nothing else would ever end it
        with suppress(sqlite3.Error):
            await beginning
            await connection.execute("ROLLBACK")
        raise


async def _version(connection: aiosqlite.Connection) -> int:
    async with connection.execute("PRAGMA user_version") as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0


def _statements(sql: str) -> Iterator[str]:
    # executescript() would commit the open transaction, so the script is taken apart here
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _cannot_open(path: Path, reason: str) -> str:
    return f"The database {path} cannot be used ({reason}); check the path and its permissions."
