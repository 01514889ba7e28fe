"""Xapian, from the system's packages (Debian: python3-xapian)."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed
    from benchmarks.engines.protocol import NewArticle

_SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"
_DAY = 0


class Xapian:
    """A document a passage; document ids count from 1."""

    name: ClassVar[str] = "xapian"
    largest: ClassVar[int | None] = 1_000_000
    model: ClassVar[str] = "BM25Okapi"
    is_exact: ClassVar[bool] = False

    _writable: Any = None

    @classmethod
    def version(cls) -> str | None:
        """Return the version of Xapian."""
        try:
            return str(_xapian().version_string())
        except ImportError:
            return None

    def build(self, feed: Feed, directory: Path) -> None:
        """Add all passages, and commit."""
        xapian = _xapian()
        database = xapian.WritableDatabase(str(directory), xapian.DB_CREATE_OR_OVERWRITE)
        days, articles = feed.corpus.days.tolist(), feed.corpus.article_of.tolist()
        for terms, day, article in zip(feed.term_lists(), days, articles, strict=True):
            database.add_document(_document(xapian, terms, day, article))
        database.commit()
        database.close()

    def open(self, directory: Path) -> None:
        """Open for reading."""
        self._xapian = _xapian()
        self._directory = directory
        self._database = self._xapian.Database(str(directory))
        self._prepare()

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Search for any of the terms."""
        return self._search(self._any_of(terms), k)

    def search_between(
        self, terms: Sequence[str], k: int, first_day: int, last_day: int
    ) -> list[tuple[int, float]]:
        """Filter by the value of the day."""
        query, serialised = self._xapian.Query, self._xapian.sortable_serialise
        days = query(query.OP_VALUE_RANGE, _DAY, serialised(first_day), serialised(last_day))
        return self._search(query(query.OP_FILTER, self._any_of(terms), days), k)

    def add(self, article: NewArticle, *, durable: bool) -> None:  # noqa: ARG002 # always is
        """Commit the passages."""
        writable = self._opened_writable()
        for passage, terms in zip(article.passage_numbers, article.passages, strict=True):
            document = _document(self._xapian, terms, article.day, article.number)
            writable.replace_document(passage + 1, document)
        self._commit()

    def delete(self, article: NewArticle, *, durable: bool) -> None:  # noqa: ARG002 # always is
        """Commit the deletion of an article's number."""
        self._opened_writable().delete_document(f"XA{article.number}")
        self._commit()

    def _any_of(self, terms: Sequence[str]) -> Any:
        return self._xapian.Query(self._xapian.Query.OP_OR, list(terms))

    def _search(self, query: Any, k: int) -> list[tuple[int, float]]:
        self._enquire.set_query(query)
        return [(match.docid - 1, match.weight) for match in self._enquire.get_mset(0, k)]

    def _prepare(self) -> None:
        self._enquire = self._xapian.Enquire(self._database)
        self._enquire.set_weighting_scheme(self._xapian.BM25Weight(1.5, 0, 1, 0.75, 0))

    def _opened_writable(self) -> Any:
        if self._writable is None:
            self._writable = self._xapian.WritableDatabase(
                str(self._directory), self._xapian.DB_OPEN
            )
        return self._writable

    def _commit(self) -> None:
        self._writable.commit()
        self._database.reopen()
        self._prepare()


def _document(xapian: Any, terms: Sequence[str], day: int, article: int) -> Any:
    document = xapian.Document()
    for term in terms:
        document.add_term(term)
    document.add_boolean_term(f"XA{article}")
    document.add_value(_DAY, xapian.sortable_serialise(day))
    return document


def _xapian() -> Any:
    """Import Xapian from the system's packages, and nothing else of them."""
    if "xapian" not in sys.modules:
        spec = PathFinder.find_spec("xapian", [*sys.path, _SYSTEM_PACKAGES])
        if spec is None or spec.loader is None:
            raise ImportError("xapian")
        module = module_from_spec(spec)
        sys.modules["xapian"] = module
        try:
            spec.loader.exec_module(module)
        except ImportError:
            del sys.modules["xapian"]
            raise
    return sys.modules["xapian"]
