"""Replace what one file gave by what it gives now, inside one open transaction.

Is told articles; decides which are new, changed, the same, or not this file's to give.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from index.storage.article_writing import ArticleWriter
from index.storage.rows import ARTICLE_COLUMNS, SplitArticle, columns_from

if TYPE_CHECKING:
    from collections.abc import Collection

    import aiosqlite


class Outcome(Enum):
    """What became of an article that was put."""

    ADDED = auto()
    CHANGED = auto()
    UNCHANGED = auto()
    COPY = auto()  # another file or feed has given the very same article
    CLAIMED = auto()  # another file or feed has given a different article under this id
    REPEATED = auto()  # this file has already given an article under this id


class FileUpdate:
    """The articles of one file, being replaced."""

    def __init__(
        self,
        connection: aiosqlite.Connection,
        file_id: int,
        *,
        resplit: bool,
        gone_file_ids: Collection[int],
    ):
        self._connection = connection
        self._file_id = file_id
        self._resplit = resplit
        self._gone_file_ids = gone_file_ids
        self._seen: set[str] = set()
        self._incomplete = False
        self._unfinished = False
        self._writer = ArticleWriter(connection)
        self.removed_count = 0

    @classmethod
    async def begin(
        cls,
        connection: aiosqlite.Connection,
        path: str,
        recipe: str,
        gone_file_ids: Collection[int],
    ) -> FileUpdate:
        """Find or make the file's row."""
        async with connection.execute(
            "SELECT file_id, recipe FROM files WHERE path = ?", (path,)
        ) as cursor:
            row = await cursor.fetchone()
        if row is not None:
            return cls(connection, row[0], resplit=row[1] != recipe, gone_file_ids=gone_file_ids)
        async with connection.execute(
            "INSERT INTO files (path, content_hash, recipe) VALUES (?, '', ?) RETURNING file_id",
            (path, recipe),
        ) as cursor:
            row = await cursor.fetchone()
        if row is None:
            raise AssertionError("INSERT … RETURNING gave no row")
        return cls(connection, row[0], resplit=False, gone_file_ids=gone_file_ids)

    def mark_incomplete(self) -> None:
        """Note that something of the file was refused.

        What the file gave before and does not give now is then kept, since it may be just what
        was refused; and the file is read again by the next run.
        """
        self._incomplete = True

    def mark_unfinished(self) -> None:
        """Note that the next run must read the file again, though nothing was refused."""
        self._unfinished = True

    async def put(self, split: SplitArticle) -> Outcome:
        """Store one article, if it is new or changed."""
        article = split.article
        if article.id in self._seen:
            return Outcome.REPEATED
        columns = columns_from(article)
        async with self._connection.execute(
            f"SELECT article_id, file_id, {ARTICLE_COLUMNS} FROM articles WHERE id = ?",
            (article.id,),
        ) as cursor:
            row = await cursor.fetchone()
        if row is None:
            self._seen.add(article.id)
            await self._writer.insert(article, split.spans, self._file_id)
            return Outcome.ADDED
        article_id, owner, *stored = row
        same = tuple(stored) == columns
        if owner != self._file_id and owner not in self._gone_file_ids:
            return Outcome.COPY if same else Outcome.CLAIMED
        self._seen.add(article.id)
        if same and owner == self._file_id and not self._resplit:
            return Outcome.UNCHANGED
        await self._writer.replace(article_id, article, split.spans, self._file_id)
        return Outcome.UNCHANGED if same else Outcome.CHANGED

    async def finish(self, content_hash: str, recipe: str) -> None:
        """Delete what the file no longer gives, and note that it has been read."""
        if not self._incomplete:
            async with self._connection.execute(
                "SELECT article_id, id FROM articles WHERE file_id = ?", (self._file_id,)
            ) as cursor:
                gone = [(row[0],) for row in await cursor.fetchall() if row[1] not in self._seen]
            await self._connection.executemany("DELETE FROM articles WHERE article_id = ?", gone)
            self.removed_count = len(gone)
        await self._connection.execute(
            "UPDATE files SET content_hash = ?, recipe = ? WHERE file_id = ?",
            (
                "" if self._incomplete or self._unfinished else content_hash,
                recipe,
                self._file_id,
            ),
        )
