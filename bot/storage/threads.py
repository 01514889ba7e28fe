"""Which question each thread of answers goes on from. Knows no Discord beyond its ids.

A thread is forgotten with its question, whatever that is forgotten for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.storage.database import Database

_NOTE = (
    "INSERT INTO threads SELECT ?, question_id FROM questions WHERE question_id = ?"
    " ON CONFLICT (thread_id) DO UPDATE SET question_id = excluded.question_id"
)


class Threads:
    """The table of threads. Every method may raise StorageError."""

    def __init__(self, database: Database):
        self._database = database

    async def note(self, thread_id: int, question_id: str) -> None:
        """Note the last question of a thread, unless it is forgotten already."""
        async with self._database.transaction() as connection:
            await connection.execute(_NOTE, (thread_id, question_id))

    async def question_of(self, thread_id: int) -> str | None:
        """Return the id of a thread's last question; None where none is known."""
        async with (
            self._database.snapshot() as connection,
            connection.execute(
                "SELECT question_id FROM threads WHERE thread_id = ?", (thread_id,)
            ) as cursor,
        ):
            row = await cursor.fetchone()
        return None if row is None else str(row[0])
