"""Which commands Discord was last told of, as a hash for each application."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.storage.database import Database


class CommandHashes:
    """The table of hashes."""

    def __init__(self, database: Database):
        self._database = database

    async def find(self, application_id: int) -> str | None:
        """Return the hash last remembered, None when there is none."""
        async with (
            self._database.snapshot() as connection,
            connection.execute(
                "SELECT hash FROM command_hashes WHERE application_id = ?", (application_id,)
            ) as cursor,
        ):
            row = await cursor.fetchone()
        return str(row[0]) if row else None

    async def remember(self, application_id: int, command_hash: str) -> None:
        """Keep the hash of the commands that Discord has just been told of."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT OR REPLACE INTO command_hashes VALUES (?, ?)",
                (application_id, command_hash),
            )
