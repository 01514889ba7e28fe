"""Articles, their passages and the files they came from, in SQLite.

The only module that knows these tables. It decides nothing about files or text: it is told.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from index.model import CorpusStatistics, IndexRun, Passage
from index.storage.database import Database
from index.storage.file_update import FileUpdate
from index.storage.passage_reader import PassageReader
from index.storage.passage_store import PassageStore
from index.storage.rows import ARTICLE_COLUMNS, RUN_COLUMNS, StoredFile, article_from, run_from

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterable, Sequence
    from pathlib import Path

    import aiosqlite

    from index.model import Article

FILE_NAME = "pullquote.sqlite3"


class ArticleStore:
    """The stored corpus."""

    def __init__(self, database: Database):
        self._database = database

    @classmethod
    async def open(cls, data_dir: Path) -> ArticleStore:
        """Open, or make, the store in a data directory. Raises StorageError."""
        return cls(await Database.open(data_dir / FILE_NAME, "index.storage.migrations"))

    async def close(self) -> None:
        """Close the database."""
        await self._database.close()

    @property
    def database(self) -> Database:
        """The open file, for the stores of other tables in it."""
        return self._database

    # ── what has been read ───────────────────────────────────────────────────
    async def roots(self) -> list[str]:
        """Return the paths that were handed in, sorted."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall("SELECT path FROM roots ORDER BY path")
        return [row[0] for row in rows]

    async def remember_roots(self, paths: Iterable[str]) -> None:
        """Note paths that a later run reads again."""
        async with self._database.transaction() as connection:
            await connection.executemany(
                "INSERT OR IGNORE INTO roots (path) VALUES (?)", [(path,) for path in paths]
            )

    async def forget_roots(self, paths: Iterable[str]) -> None:
        """Read these paths no more in later runs."""
        async with self._database.transaction() as connection:
            await connection.executemany(
                "DELETE FROM roots WHERE path = ?", [(path,) for path in paths]
            )

    async def files(self) -> dict[str, StoredFile]:
        """Return what is known of each file, by path."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT path, file_id, content_hash, recipe FROM files"
            )
        return {path: StoredFile(*rest) for path, *rest in rows}

    async def article_counts(self) -> dict[int, int]:
        """Return how many articles each file gave, by file id."""
        async with self._database.snapshot() as connection:
            rows = await connection.execute_fetchall(
                "SELECT file_id, count(*) FROM articles WHERE file_id IS NOT NULL GROUP BY file_id"
            )
        return {file_id: count for file_id, count in rows}  # noqa: C416 (rows are sqlite3.Row)

    async def forget_files(self, file_ids: Sequence[int]) -> int:
        """Delete files with their articles and passages. Returns how many articles went."""
        async with self._database.transaction() as connection:
            before = await _count(connection, "articles")
            await connection.executemany(
                "DELETE FROM files WHERE file_id = ?", [(file_id,) for file_id in file_ids]
            )
            return before - await _count(connection, "articles")

    @asynccontextmanager
    async def update_file(
        self, path: str, content_hash: str, recipe: str, gone_file_ids: Collection[int]
    ) -> AsyncIterator[FileUpdate]:
        """Replace what a file gave, in one transaction: an error inside leaves all as it was.

        Articles of the files `gone_file_ids`, which are no longer on disk, may be taken over.
        """
        async with self._database.transaction() as connection:
            update = await FileUpdate.begin(connection, path, recipe, gone_file_ids)
            yield update
            await update.finish(content_hash, recipe)

    # ── what is searched ─────────────────────────────────────────────────────
    @property
    def followed(self) -> PassageStore:
        """The passages, as a search engine follows them."""
        return PassageStore(self._database)

    def reader(self) -> PassageReader:
        """Open the file once more, for threads to read passages from. Raises StorageError."""
        return PassageReader(self._database.path)

    async def forget_changes(self, before: int) -> None:
        """Drop what engines need not hear of any more: all changes before one that they know."""
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM changes WHERE change_id < ?", (before,))

    async def passages(self) -> list[Passage]:
        """Return every passage, by id: for measurements and checks of the whole corpus."""
        async with self._database.snapshot() as connection:
            articles: dict[int, Article] = {}
            query = f"SELECT article_id, {ARTICLE_COLUMNS} FROM articles"
            async with connection.execute(query) as cursor:
                async for article_id, *fields in cursor:
                    articles[article_id] = article_from(fields)
            rows = await connection.execute_fetchall(
                "SELECT passage_id, article_id, start_offset, end_offset"
                " FROM passages ORDER BY passage_id"
            )
        return [
            Passage(passage_id, articles[article_id], start, end)
            for passage_id, article_id, start, end in rows
        ]

    # ── what people are told ─────────────────────────────────────────────────
    async def record_run(self, run: IndexRun) -> None:
        """Note how an index run ended."""
        values = (
            run.finished_at.isoformat(),
            run.duration_seconds,
            run.added_count,
            run.changed_count,
            run.removed_count,
            run.unchanged_count,
            run.refused_count,
        )
        async with self._database.transaction() as connection:
            await connection.execute(
                f"INSERT INTO runs ({RUN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values
            )

    async def statistics(self) -> CorpusStatistics:
        """Count what is stored."""
        return await self._statistics("TRUE", ())

    async def statistics_seen_by(self, community: str | None) -> CorpusStatistics:
        """Count what a community may see; everybody's alone for None."""
        return await self._statistics("(community IS NULL OR community IS ?)", (community,))

    async def _statistics(self, which: str, values: tuple[str | None, ...]) -> CorpusStatistics:
        async with self._database.snapshot() as connection:
            publishers = await connection.execute_fetchall(
                "SELECT publisher, count(*) AS n FROM articles"
                f" WHERE publisher IS NOT NULL AND is_quoted AND {which} GROUP BY publisher"
                " ORDER BY n DESC, publisher",
                values,
            )
            # most often there is nothing to leave out, and counting all of them is fast
            is_everything = not await _count(connection, f"articles WHERE NOT {which}", values)
            counted = "" if is_everything else f" JOIN articles USING (article_id) WHERE {which}"
            newest = await _first(
                connection,
                f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE published IS NOT NULL AND is_quoted"
                f" AND {which} ORDER BY published DESC, id LIMIT 1",
                values,
            )
            run = await _first(
                connection, f"SELECT {RUN_COLUMNS} FROM runs ORDER BY run_id DESC LIMIT 1"
            )
            return CorpusStatistics(
                article_count=await _count(
                    connection, f"articles WHERE is_quoted AND {which}", values
                ),
                passage_count=await _count(
                    connection, f"passages{counted}", () if is_everything else values
                ),
                articles_by_publisher={name: int(count) for name, count in publishers},
                newest=article_from(newest) if newest else None,
                last_run=run_from(run) if run else None,
            )


async def _first(
    connection: aiosqlite.Connection, query: str, values: tuple[Any, ...] = ()
) -> tuple[Any, ...] | None:
    async with connection.execute(query, values) as cursor:
        row = await cursor.fetchone()
    return tuple(row) if row else None


async def _count(connection: aiosqlite.Connection, table: str, values: tuple[Any, ...] = ()) -> int:
    async with connection.execute(f"SELECT count(*) FROM {table}", values) as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0
