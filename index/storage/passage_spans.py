"""Whether passages are spans of their articles' text as it is stored, and putting that right.

The same tables as in `article_store`. How a text is split is told from outside.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from index.storage.article_writing import ArticleWriter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    import aiosqlite

    from index.storage.database import Database

Span: TypeAlias = tuple[int, int]
_ARTICLES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class WrongArticle:
    """An article with passages that it cannot have; `number` is its row, `problem` a clause."""

    number: int
    id: str
    problem: str


def span_problem(text: str, spans: Sequence[Span], *, is_quoted: bool) -> str | None:
    """Return what is wrong with the passages of a text, in the order of their ids; None if nothing.

    A passage is some of the text, behind the one before it, and neither blank nor padded.
    """
    if spans and not is_quoted:
        return "has passages, though it is not to be quoted"
    end_before = 0
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            return f"has a passage from {start} to {end}, and {len(text)} characters"
        if start < end_before:
            return f"has passages that overlap at {start}"
        if text[start:end] != text[start:end].strip():
            return f"has a passage that begins or ends with white space at {start}"
        end_before = end
    return None


async def wrong_articles(database: Database) -> list[WrongArticle]:
    """Return every article whose passages are no passages of its text. Reads the whole corpus.

    Raises StorageError.
    """
    return [
        WrongArticle(number, article_id, problem)
        async for number, article_id, text, is_quoted, spans in _articles(database)
        if (problem := span_problem(text, spans, is_quoted=is_quoted))
    ]


async def split_anew(
    database: Database, number: int, split: Callable[[str, str], Sequence[Span]]
) -> None:
    """Replace the passages of an article by those of its text; `split` takes title and text.

    An article that is gone meanwhile stays gone. Raises StorageError.
    """
    async with database.transaction() as connection:
        rows = list(
            await connection.execute_fetchall(
                "SELECT title, text, is_quoted FROM articles WHERE article_id = ?", (number,)
            )
        )
        writer = ArticleWriter(connection)
        await writer.delete_passages(number)
        for title, text, is_quoted in rows:
            if is_quoted:
                await writer.insert_passages(number, split(title, text))


async def _articles(
    database: Database,
) -> AsyncIterator[tuple[int, str, str, bool, list[Span]]]:
    last = -1
    while True:
        async with database.snapshot() as connection:
            rows = list(
                await connection.execute_fetchall(
                    "SELECT article_id, id, text, is_quoted FROM articles WHERE article_id > ?"
                    " ORDER BY article_id LIMIT ?",
                    (last, _ARTICLES_AT_ONCE),
                )
            )
            if not rows:
                return
            first, last = rows[0][0], rows[-1][0]
            spans = await _spans_between(connection, first, last)
        for number, article_id, text, is_quoted in rows:
            yield number, article_id, text, bool(is_quoted), spans[number]


async def _spans_between(
    connection: aiosqlite.Connection, first: int, last: int
) -> defaultdict[int, list[Span]]:
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    rows = await connection.execute_fetchall(
        "SELECT article_id, start_offset, end_offset FROM passages"
        " WHERE article_id BETWEEN ? AND ? ORDER BY passage_id",
        (first, last),
    )
    for number, start, end in rows:
        spans[number].append((start, end))
    return spans
