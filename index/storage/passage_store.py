"""Stored passages as search engines follow them: what is new since a point, and what is gone.

The same tables as in `article_store`, read only. Knows nothing of segments or terms.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.storage.rows import ARTICLE_COLUMNS, article_from

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence
    from typing import Any, TypeAlias

    import aiosqlite

    from index.model import Article
    from index.storage.database import Database

    Run: TypeAlias = tuple[int, int, list[tuple[int, int]]]

_PASSAGES_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Point:
    """How far the store was followed: to a change, with its token, and to a passage."""

    change_id: int
    token: str
    passage_id: int


START = Point(0, "", 0)


@dataclass(frozen=True, slots=True)
class Changes:
    """The store's newest point, and the passages that are gone since an earlier one."""

    point: Point
    removed_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article by its number, with spans of passages whose ids follow one another."""

    number: int
    article: Article
    first_passage_id: int
    spans: Sequence[tuple[int, int]]


class PassageStore:
    """Reads passages from an open database, some of them at a time."""

    def __init__(self, database: Database, passages_at_once: int = _PASSAGES_AT_ONCE):
        self._database = database
        self._passages_at_once = passages_at_once

    async def changes_since(self, point: Point) -> Changes | None:
        """Return what has changed, or None where the store does not know the point (any more)."""
        async with self._database.snapshot() as connection:
            now = await _point(connection)
            if not await _knows(connection, point):
                return None
            rows = await connection.execute_fetchall(
                "SELECT removed_passage_id FROM changes"
                " WHERE change_id > ? AND removed_passage_id <= ?",
                (point.change_id, point.passage_id),
            )
        return Changes(now, [row[0] for row in rows])

    async def ids(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return the ids of all passages, ascending."""
        async with (
            self._database.snapshot() as connection,
            connection.execute("SELECT passage_id FROM passages ORDER BY passage_id") as cursor,
        ):
            rows = await cursor.fetchall()
            return await asyncio.to_thread(np.fromiter, (row[0] for row in rows), np.int64)

    async def articles_between(self, after: int, last: int) -> AsyncIterator[list[StoredArticle]]:
        """Yield the articles with passages of ids above `after`, up to `last`, some at a time."""
        while after < last:
            batch, after = await self._articles_after(after, last)
            if batch:
                yield batch

    async def _articles_after(self, after: int, last: int) -> tuple[list[StoredArticle], int]:
        """Return some articles, and the id up to which they are complete."""
        async with self._database.snapshot() as connection:
            rows = await _all(
                connection,
                "SELECT passage_id, article_id, start_offset, end_offset FROM passages"
                " WHERE passage_id > ? AND passage_id <= ? ORDER BY passage_id LIMIT ?",
                (after, last, self._passages_at_once),
            )
            runs = _runs([(row[0], row[1], row[2], row[3]) for row in rows])
            articles = await _articles(connection, {number for number, _, _ in runs})
        batch = [StoredArticle(n, articles[n], first, spans) for n, first, spans in runs]
        # where the limit cuts through an article, the rest of it comes with the next batch
        return batch, rows[-1][0] if len(rows) == self._passages_at_once else last


def _runs(passages: Iterable[tuple[int, int, int, int]]) -> list[Run]:
    """Join passages of one article with ids that follow one another: number, first id, spans."""
    runs: list[Run] = []
    for passage_id, number, start, end in passages:
        if runs and runs[-1][0] == number and runs[-1][1] + len(runs[-1][2]) == passage_id:
            runs[-1][2].append((start, end))
        else:
            runs.append((number, passage_id, [(start, end)]))
    return runs


async def _articles(connection: aiosqlite.Connection, numbers: set[int]) -> dict[int, Article]:
    marks = ", ".join("?" * len(numbers))
    rows = await connection.execute_fetchall(
        f"SELECT article_id, {ARTICLE_COLUMNS} FROM articles WHERE article_id IN ({marks})",
        tuple(numbers),
    )
    return {number: article_from(fields) for number, *fields in rows}


async def _all(
    connection: aiosqlite.Connection, query: str, values: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await connection.execute_fetchall(query, values)]


async def _knows(connection: aiosqlite.Connection, point: Point) -> bool:
    if point == START:
        return True
    async with connection.execute(
        "SELECT token FROM changes WHERE change_id = ?", (point.change_id,)
    ) as cursor:
        row = await cursor.fetchone()
    return row is not None and row[0] == point.token


async def _point(connection: aiosqlite.Connection) -> Point:
    async with connection.execute(
        "SELECT change_id, token, (SELECT coalesce(max(passage_id), 0) FROM passages)"
        " FROM changes ORDER BY change_id DESC LIMIT 1"
    ) as cursor:
        row = await cursor.fetchone()
    return Point(*row) if row else START
