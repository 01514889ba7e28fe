"""How a database is brought up to date: which migrations it lacks, each in a transaction.

`PRAGMA user_version` counts those applied. Before the first of them changes a database that was
there, a copy of it is kept beside it. Knows no table.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.errors import NewerSchemaError
from index.storage.copies_before_migrations import keep_copy
from index.storage.transactions import transaction_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import aiosqlite

_log = logging.getLogger(__name__)


async def migrate(connection: aiosqlite.Connection, path: Path, migrations: list[str]) -> None:
    """Apply what is missing, each in a transaction of its own.

    Raises NewerSchemaError for a file that has seen more than these, and StorageError, also where
    there is no room for the copy that is kept before the first change.
    """
    first = await _version(connection)
    if first > len(migrations):
        raise NewerSchemaError(
            f"{path} was written by a newer version of Pullquote "
            f"(schema {first}, this one knows {len(migrations)}); "
            "upgrade Pullquote or choose another data directory."
        )
    is_kept = first == 0  # of a file that is new there is nothing to keep
    # most often nothing is missing, and then nobody's writing is waited for
    for number in range(first + 1, len(migrations) + 1):
        async with transaction_on(connection, path, "IMMEDIATE"):
            # read inside the transaction: another process may have migrated meanwhile
            version = await _version(connection)
            if version >= number:
                continue
            # and here, where nobody else can write: what is kept is what is changed
            if not is_kept:
                copy = await asyncio.to_thread(keep_copy, path, version, datetime.now(UTC))
                _log.info("%s is upgraded; as it was, it is kept as %s", path, copy.name)
                is_kept = True
            for statement in _statements(migrations[number - 1]):
                await connection.execute(statement)
            await connection.execute(f"PRAGMA user_version = {number}")


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
