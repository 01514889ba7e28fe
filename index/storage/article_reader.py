"""Articles as readers look at them: the newest, their headlines, and all that is known of one.

Reads what is stored; finds nothing by its words, and knows no passages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from index.model import CopyPlace, PublicationTime
from index.storage.moments import read, written
from index.storage.rows import ARTICLE_COLUMNS, article_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import aiosqlite

    from index.model import Article
    from index.storage.database import Database

_MOST_VARIABLES = 500
_IS_SEEN = "(community IS NULL OR community = ?)"
_IS_WANTED = f"{_IS_SEEN} AND (? IS NULL OR publisher IN (SELECT value FROM json_each(?)))"


class Headline(NamedTuple):
    """The title of a stored article, and the store's number for that article."""

    number: int
    title: str


class PublisherNews(NamedTuple):
    """How many quoted articles a publisher has, and the date of the newest, where one is known.

    `publisher` is None for all articles together that do not say theirs.
    """

    publisher: str | None
    article_count: int
    newest: PublicationTime | None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """An article and what has become of it. Times are aware.

    `withdrawn_at` is when it was noticed that its publisher took it back; `revised_at` when its
    text was replaced last, of `revision_count` times that are known. `copy_of` is the place of the
    article that is quoted in its stead.
    """

    number: int
    article: Article
    withdrawn_at: datetime | None = None
    revised_at: datetime | None = None
    revision_count: int = 0
    copy_of: CopyPlace | None = None


class ArticleReader:
    """The articles of an open database that a community may see; everybody's alone for None.

    Of `publishers` alone, where they are named, as they are written in the database.
    """

    def __init__(
        self,
        database: Database,
        community: str | None = None,
        publishers: Sequence[str] | None = None,
    ):
        self._database = database
        self._community = community
        names = None if publishers is None else json.dumps(list(publishers))
        self._wanted = (community, names, names)

    def of_publishers(self, publishers: Sequence[str]) -> ArticleReader:
        """Return what reads the articles of some publishers alone."""
        return ArticleReader(self._database, self._community, publishers)

    async def newest(self, before: datetime, limit: int) -> list[Article]:
        """Return quoted articles of known date, the newest first; none from `before` on.

        `before` is aware: what claims to be of the future is no news. Raises StorageError.
        """
        async with self._database.snapshot() as connection:
            rows = await _all(
                connection,
                f"SELECT article_id, {ARTICLE_COLUMNS} FROM articles"
                f" WHERE is_quoted AND published < ? AND {_IS_WANTED}"
                " ORDER BY published DESC, article_id DESC LIMIT ?",
                (written(before), *self._wanted, limit),
            )
            copies = await _copies(connection, [row[0] for row in rows])
        return [article_from(fields, copies.get(number, ())) for number, *fields in rows]

    async def headlines(self, limit: int) -> list[Headline]:
        """Return the titles of the newest articles, those that were taken back too.

        The newest is first. Raises StorageError.
        """
        async with self._database.snapshot() as connection:
            rows = await _all(
                connection,
                "SELECT article_id, title FROM articles WHERE copy_of IS NULL"
                " AND published IS NOT NULL AND title <> ''"
                f" AND {_IS_WANTED} ORDER BY published DESC, article_id DESC LIMIT ?",
                (*self._wanted, limit),
            )
        return [Headline(*row) for row in rows]

    async def publishers(self, before: datetime) -> list[PublisherNews]:
        """Return who has published quoted articles, the one with most of them first.

        A date from `before` on, which is aware, is no newest one. Raises StorageError.
        """
        async with self._database.snapshot() as connection:
            rows = await _all(
                connection,
                "SELECT publisher, count(*) AS n, max(published) FILTER (WHERE published < ?)"
                f" FROM articles WHERE is_quoted AND {_IS_WANTED}"
                " GROUP BY publisher ORDER BY n DESC, publisher",
                (written(before), *self._wanted),
            )
        return [
            PublisherNews(name, count, PublicationTime.fromisoformat(newest) if newest else None)
            for name, count, newest in rows
        ]

    async def newest_arrival(self) -> datetime | None:
        """Return when the newest article came in, by itself or with a file; None where none has.

        Raises StorageError.
        """
        async with self._database.snapshot() as connection:
            rows = await _all(
                connection,
                # articles are numbered as they come in
                "SELECT * FROM (SELECT first_seen_at FROM gathered JOIN articles USING (article_id)"
                f" WHERE {_IS_SEEN} ORDER BY article_id DESC LIMIT 1)"
                # what files bring in is everybody's
                " UNION ALL SELECT max(finished_at) FROM runs WHERE added_count > 0",
                (self._community,),
            )
        return max(filter(None, (read(row[0]) for row in rows)), default=None)

    async def numbered(self, number: int) -> ArticleFacts | None:
        """Return what is known of the article of a number. Raises StorageError."""
        return await self._facts("article_id", number)

    async def named(self, article_id: str) -> ArticleFacts | None:
        """Return what is known of the article of an id. Raises StorageError."""
        return await self._facts("id", article_id)

    async def _facts(self, column: str, value: int | str) -> ArticleFacts | None:
        async with self._database.snapshot() as connection:
            rows = await _all(
                connection,
                f"SELECT article_id, copy_of, {ARTICLE_COLUMNS} FROM articles"
                f" WHERE {column} = ? AND {_IS_WANTED}",
                (value, *self._wanted),
            )
            if not rows:
                return None
            number, copy_of, *fields = rows[0]
            copies = await _copies(connection, [number])
            originals = await _all(
                connection,
                f"SELECT publisher, url FROM articles WHERE article_id = ? AND {_IS_SEEN}",
                (copy_of, self._community),
            )
            withdrawn = await _all(
                connection, "SELECT withdrawn_at FROM gathered WHERE article_id = ?", (number,)
            )
            [(count, revised_at)] = await _all(
                connection,
                "SELECT count(*), max(replaced_at) FROM revisions WHERE article_id = ?",
                (number,),
            )
        return ArticleFacts(
            number,
            article_from(fields, copies.get(number, ())),
            withdrawn_at=read(withdrawn[0][0]) if withdrawn else None,
            revised_at=read(revised_at),
            revision_count=count,
            copy_of=CopyPlace(*originals[0]) if originals else None,
        )


async def _copies(
    connection: aiosqlite.Connection, numbers: Sequence[int]
) -> dict[int, list[CopyPlace]]:
    """Return where else articles were published, by their numbers, the earliest first."""
    found: dict[int, list[CopyPlace]] = {}
    for first in range(0, len(numbers), _MOST_VARIABLES):
        some = numbers[first : first + _MOST_VARIABLES]
        marks = ", ".join("?" * len(some))
        for number, *place in await _all(
            connection,
            "SELECT copy.copy_of, copy.publisher, copy.url FROM articles AS copy JOIN articles AS"
            " original ON original.article_id = copy.copy_of"
            # that a community has a copy of what everybody sees is its own business
            f" WHERE copy.community IS original.community AND copy.copy_of IN ({marks})"
            " ORDER BY copy.published IS NULL, copy.published, copy.article_id",
            tuple(some),
        ):
            found.setdefault(number, []).append(CopyPlace(*place))
    return found


async def _all(
    connection: aiosqlite.Connection, query: str, values: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await connection.execute_fetchall(query, values)]
