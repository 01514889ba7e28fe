"""SQLite's FTS5, which comes with Python. k1 is fixed at 1.2; the terms are kept as text, too."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed
    from benchmarks.engines.protocol import NewArticle

_FILE = "index.sqlite3"
_TOKENIZE = """"unicode61 remove_diacritics 0 tokenchars '.,:&@/-''’'\""""
_SCHEMA = (
    "pragma journal_mode = wal",
    f"create virtual table body using fts5(terms, tokenize = {_TOKENIZE})",
    "create table passage (id integer primary key, day integer, article integer)",
)
_AFTERWARDS = (
    "create index passage_day on passage (day)",
    "create index passage_article on passage (article)",
    "commit",
    "insert into body (body) values ('optimize')",
    "pragma wal_checkpoint(truncate)",
)
_INSERT_BODY = "insert into body (rowid, terms) values (?, ?)"
_INSERT_PASSAGE = "insert into passage values (?, ?, ?)"
_SEARCH = "select rowid, -rank from body where body match ? order by rank limit ?"
_SEARCH_BETWEEN = (
    "select rowid, -rank from body where body match ?"
    " and rowid between (select min(id) from passage where day between ? and ?)"
    " and (select max(id) from passage where day between ? and ?) order by rank limit ?"
)


class FTS5:
    """An FTS5 table, and one of days and articles; passages stand in the order of their days."""

    name: ClassVar[str] = "sqlite-fts5"
    largest: ClassVar[int | None] = 1_000_000
    model: ClassVar[str] = "BM25Okapi"
    is_exact: ClassVar[bool] = False

    @classmethod
    def version(cls) -> str | None:
        """Return the version of SQLite."""
        return sqlite3.sqlite_version

    def build(self, feed: Feed, directory: Path) -> None:
        """Insert everything in one transaction, then merge."""
        connection = sqlite3.connect(directory / _FILE, isolation_level=None)
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute("begin")
        bodies = ((number, " ".join(terms)) for number, terms in enumerate(feed.term_lists()))
        connection.executemany(_INSERT_BODY, bodies)
        days, articles = feed.corpus.days.tolist(), feed.corpus.article_of.tolist()
        connection.executemany(_INSERT_PASSAGE, zip(range(len(days)), days, articles, strict=True))
        for statement in _AFTERWARDS:
            connection.execute(statement)
        connection.close()

    def open(self, directory: Path) -> None:
        """Connect, and let SQLite map the file."""
        self._connection = sqlite3.connect(directory / _FILE, isolation_level=None)
        self._connection.execute("pragma mmap_size = 4000000000")
        self._connection.execute("pragma cache_size = -200000")

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Match any of the terms."""
        return self._connection.execute(_SEARCH, (_any_of(terms), k)).fetchall()

    def search_between(
        self, terms: Sequence[str], k: int, first_day: int, last_day: int
    ) -> list[tuple[int, float]]:
        """Match within the run of passages of these days."""
        days = (first_day, last_day) * 2
        return self._connection.execute(_SEARCH_BETWEEN, (_any_of(terms), *days, k)).fetchall()

    def add(self, article: NewArticle, *, durable: bool) -> None:
        """Insert in a transaction."""
        self._begin(durable=durable)
        numbered = list(zip(article.passage_numbers, article.passages, strict=True))
        bodies = ((number, " ".join(terms)) for number, terms in numbered)
        self._connection.executemany(_INSERT_BODY, bodies)
        rows = [(number, article.day, article.number) for number, _ in numbered]
        self._connection.executemany(_INSERT_PASSAGE, rows)
        self._connection.execute("commit")

    def delete(self, article: NewArticle, *, durable: bool) -> None:
        """Delete in a transaction."""
        self._begin(durable=durable)
        self._connection.execute(
            "delete from body where rowid in (select id from passage where article = ?)",
            (article.number,),
        )
        self._connection.execute("delete from passage where article = ?", (article.number,))
        self._connection.execute("commit")

    def _begin(self, *, durable: bool) -> None:
        self._connection.execute(f"pragma synchronous = {'full' if durable else 'off'}")
        self._connection.execute("begin")


def _any_of(terms: Sequence[str]) -> str:
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
