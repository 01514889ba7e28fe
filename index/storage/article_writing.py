"""Articles and their passages, written inside one open transaction. Decides nothing.

All ways in end here. A passage that is replaced is never changed: it goes, and others come under
new numbers, so that whoever follows the store hears of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.storage.rows import ARTICLE_COLUMNS, ARTICLE_PLACES, columns_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiosqlite

    from index.model import Article


class ArticleWriter:
    """Writes through a connection for as long as its transaction lasts."""

    def __init__(self, connection: aiosqlite.Connection):
        self._connection = connection
        self._has_stored = False

    async def insert(
        self, article: Article, spans: Sequence[tuple[int, int]], file_id: int | None = None
    ) -> int:
        """Store a new article with its passages; return its number."""
        async with self._connection.execute(
            f"INSERT INTO articles (file_id, {ARTICLE_COLUMNS}) VALUES (?, {ARTICLE_PLACES})"
            " RETURNING article_id",
            (file_id, *columns_from(article)),
        ) as cursor:
            row = await cursor.fetchone()
        if row is None:
            raise AssertionError("INSERT … RETURNING gave no row")
        number = int(row[0])
        await self.insert_passages(number, spans)
        return number

    async def replace(
        self,
        number: int,
        article: Article,
        spans: Sequence[tuple[int, int]],
        file_id: int | None = None,
    ) -> None:
        """Put an article, and its passages, in the place of what stood under its number."""
        await self._connection.execute(
            f"UPDATE articles SET (file_id, {ARTICLE_COLUMNS}) = (?, {ARTICLE_PLACES})"
            " WHERE article_id = ?",
            (file_id, *columns_from(article), number),
        )
        await self.delete_passages(number)
        await self.insert_passages(number, spans)

    async def delete_passages(self, number: int) -> None:
        """Let nothing of an article be found."""
        await self._connection.execute("DELETE FROM passages WHERE article_id = ?", (number,))

    async def insert_passages(self, number: int, spans: Sequence[tuple[int, int]]) -> None:
        """Let an article be found by these stretches of its text."""
        if not self._has_stored:
            # one row is enough: those who follow see all of a transaction or nothing
            await self._connection.execute("INSERT INTO changes DEFAULT VALUES")
            self._has_stored = True
        await self._connection.executemany(
            "INSERT INTO passages (article_id, start_offset, end_offset) VALUES (?, ?, ?)",
            [(number, start, end) for start, end in spans],
        )
