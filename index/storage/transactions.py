"""One transaction of a connection: committed whole or not at all, also where it is cancelled."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from index.storage.sqlite_faults import translated_errors

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import aiosqlite

# how long a connection waits for another that writes
BUSY_TIMEOUT_SECONDS = 10.0


@asynccontextmanager
async def transaction_on(
    connection: aiosqlite.Connection, path: Path, kind: str
) -> AsyncIterator[aiosqlite.Connection]:
    """Hold a transaction, IMMEDIATE or DEFERRED, for as long as the block lasts.

    Raises StorageError, and DatabaseBusyError where another holds the file `path` for too long.
    """
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
