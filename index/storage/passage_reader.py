"""Passages by id, for whoever is computing in a thread: read from SQLite without the event loop.

What is read is what stands there now. A passage that was removed a moment ago is not found.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from contextlib import closing, contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from index.analysis.phrases import folded_words, is_by
from index.model import CopyPlace, Passage
from index.storage.ownership import ownership_since
from index.storage.passages_seen import PassagesSeen
from index.storage.rows import ARTICLE_COLUMNS, article_from
from index.storage.sqlite_faults import translated_errors
from index.storage.transactions import BUSY_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.model import Article
    from index.storage.ownership import Ownership
    from index.storage.passage_store import Point

# an article has about 5 kB, and each remembered passage may be of another one
_REMEMBERED_COUNT = 2000
_MOST_VARIABLES = 500
_NOT_ASCII = "*[^\x01-\x7f]*"


class PassageReader:
    """Reads passages from a database file. Safe in any thread; one reads at a time.

    Passages are remembered for as long as nobody writes to the file: an id is never given to
    another, but a backup that takes the place of the content may have given it.
    """

    def __init__(self, path: Path):
        self._path = path
        self._lock = threading.Lock()
        self._remembered: OrderedDict[int, Passage] = OrderedDict()
        self._version = 0
        with translated_errors(path):
            self._connection = sqlite3.connect(
                path,
                timeout=BUSY_TIMEOUT_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )

    def seen_by(self, community: str | None) -> PassagesSeen:
        """Return what reads only what a community may see; everybody's alone for None."""
        return PassagesSeen(self, community)

    def ownership_since(self, point: Point) -> Ownership:
        """Return whose what is, for whoever has followed the store to a point.

        Raises StorageError.
        """
        with self._lock, self._transaction():
            return ownership_since(self._connection, point)

    def has_owners(self) -> bool:
        """Whether anything is not for everybody. Raises StorageError."""
        with self._lock, translated_errors(self._path):
            (found,) = self._connection.execute(
                "SELECT EXISTS (SELECT 1 FROM articles WHERE community IS NOT NULL)"
            ).fetchone()
        return bool(found)

    def seen_ids(self, ids: Sequence[int], community: str | None) -> set[int]:
        """Return the ids of the passages that are there and that a community may see."""
        seen: set[int] = set()
        with self._lock, self._transaction():
            for some in _portions(ids):
                marks = ", ".join("?" * len(some))
                rows = self._connection.execute(
                    "SELECT passage_id FROM passages JOIN articles USING (article_id)"
                    f" WHERE (community IS NULL OR community = ?) AND passage_id IN ({marks})",
                    (community, *some),
                )
                seen.update(row[0] for row in rows)
        return seen

    def close(self) -> None:
        """Close the file. Nothing can be read any more."""
        with self._lock:
            self._connection.close()

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages that are there, by id. Raises StorageError."""
        with self._lock:
            self._forget_what_is_old()
            missing = [each for each in ids if each not in self._remembered]
            fresh = self._read(missing) if missing else {}
            found = {
                each: fresh.get(each) or self._remembered[each]
                for each in ids
                if each in fresh or each in self._remembered
            }
            for each, passage in found.items():
                self._remembered[each] = passage
                self._remembered.move_to_end(each)
            while len(self._remembered) > _REMEMBERED_COUNT:
                self._remembered.popitem(last=False)
        return found

    def _forget_what_is_old(self) -> None:
        with translated_errors(self._path):
            # changes with every commit of another connection; a few microseconds
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._version = version
            self._remembered.clear()

    def passages_of(self, article_id: str) -> list[Passage]:
        """Return an article's passages in reading order; none where it is unknown."""
        if not article_id.isascii() and any("\ud800" <= each <= "\udfff" for each in article_id):
            # from bytes of a command line that are no text; SQLite would not even look
            return []
        with self._lock, self._transaction():
            rows = self._connection.execute(
                "SELECT passage_id FROM passages JOIN articles USING (article_id)"
                " WHERE id = ? ORDER BY passage_id",
                (article_id,),
            ).fetchall()
            passages = self._passages([row[0] for row in rows])
        return [passages[row[0]] for row in rows]

    def article_numbers(self, article_ids: Sequence[str]) -> set[int]:
        """Return the numbers by which engines know articles, of those that are there."""
        numbers = set()
        with self._lock, self._transaction():
            for article_id in article_ids:
                row = self._connection.execute(
                    "SELECT article_id FROM articles WHERE id = ?", (article_id,)
                ).fetchone()
                if row:
                    numbers.add(row[0])
        return numbers

    def article_numbers_by(self, authors: Sequence[str]) -> set[int]:
        """Return the numbers of the articles whose author has all words of one of some names."""
        names = [words for author in authors if (words := folded_words(author))]
        numbers: set[int] = set()
        with self._lock, self._transaction():
            for name in names:
                # the index alone is read; what LIKE does not fold, accents and the like, is looked
                # at in any case
                rows = self._connection.execute(
                    "SELECT article_id, author FROM articles WHERE author IS NOT NULL"
                    " AND (author LIKE ? OR author GLOB ?)",
                    (f"%{max(name, key=len)}%", _NOT_ASCII),
                )
                numbers.update(number for number, author in rows if is_by(author, [name]))
        return numbers

    def articles_of(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the numbers of the articles of the passages that are there, by passage id."""
        query = "SELECT passage_id, article_id FROM passages WHERE passage_id"
        with self._lock, self._transaction():
            return dict(chain.from_iterable(self._selected(query, some) for some in _portions(ids)))

    def texts_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield articles by number: title, publisher and text of those that are there."""
        query = "SELECT article_id, title, coalesce(publisher, ''), text FROM articles"
        for some in _portions(numbers):
            # others may read in between
            with self._lock, self._transaction():
                rows = self._selected(f"{query} WHERE article_id", some)
            yield from ((number, texts) for number, *texts in rows)

    def _read(self, ids: Sequence[int]) -> dict[int, Passage]:
        with self._transaction():
            return self._passages(ids)

    def _passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        found: dict[int, Passage] = {}
        for some in _portions(ids):
            rows = self._selected(
                "SELECT passage_id, article_id, start_offset, end_offset FROM passages"
                " WHERE passage_id",
                some,
            )
            articles = self._articles(sorted({row[1] for row in rows}))
            for passage_id, number, start, end in rows:
                found[passage_id] = Passage(passage_id, articles[number], start, end)
        return found

    def _articles(self, numbers: Sequence[int]) -> dict[int, Article]:
        copies: dict[int, list[CopyPlace]] = {}
        for number, *place in self._selected(
            # that a community has a copy of what everybody sees is its own business
            "SELECT copy.copy_of, copy.publisher, copy.url FROM articles AS copy JOIN articles AS"
            " original ON original.article_id = copy.copy_of"
            " WHERE copy.community IS original.community AND copy.copy_of",
            numbers,
            "ORDER BY copy.published IS NULL, copy.published, copy.article_id",
        ):
            copies.setdefault(number, []).append(CopyPlace(*place))
        return {
            number: article_from(fields, copies.get(number, ()))
            for number, *fields in self._selected(
                f"SELECT article_id, {ARTICLE_COLUMNS} FROM articles WHERE article_id", numbers
            )
        }

    def _selected(
        self, query: str, values: Sequence[int], order: str = ""
    ) -> list[tuple[Any, ...]]:
        marks = ", ".join("?" * len(values))
        query = f"{query} IN ({marks}) {order}"
        with closing(self._connection.execute(query, tuple(values))) as cursor:
            return cursor.fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Let all that is read be of one commit."""
        with translated_errors(self._path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), _MOST_VARIABLES):
        yield ids[first : first + _MOST_VARIABLES]
