"""How values of the model stand in the columns of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from index.model import Article, IndexRun, PublicationTime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import CopyPlace

ARTICLE_COLUMNS = "id, title, text, url, publisher, author, published, category, is_partial"
ARTICLE_PLACES = ", ".join("?" * len(ARTICLE_COLUMNS.split(",")))
RUN_COLUMNS = (
    "finished_at, duration_seconds,"
    " added_count, changed_count, removed_count, unchanged_count, refused_count"
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was last read. `recipe` names the code that made its passages.

    `content_hash` is empty where the file must be read again: something in it was refused, or is
    also given by another file.
    """

    file_id: int
    content_hash: str
    recipe: str


@dataclass(frozen=True, slots=True)
class SplitArticle:
    """An article with the offsets of its passages, ready to be stored."""

    article: Article
    spans: Sequence[tuple[int, int]]


def article_from(fields: Sequence[Any], also_in: Sequence[CopyPlace] = ()) -> Article:
    """Make an article from its columns, in the order of `ARTICLE_COLUMNS`."""
    article_id, title, text, url, publisher, author, published, category, is_partial = fields
    return Article(
        id=article_id,
        title=title,
        text=text,
        url=url,
        publisher=publisher,
        author=author,
        published=PublicationTime.fromisoformat(published) if published else None,
        category=category,
        is_partial=bool(is_partial),
        also_in=tuple(also_in),
    )


def columns_from(article: Article) -> tuple[str | int | None, ...]:
    """Return an article's columns, in the order of `ARTICLE_COLUMNS`."""
    return (
        article.id,
        article.title,
        article.text,
        article.url,
        article.publisher,
        article.author,
        article.published.isoformat() if article.published else None,
        article.category,
        int(article.is_partial),
    )


def run_from(fields: Sequence[Any]) -> IndexRun:
    """Make an index run from its columns, in the order of `RUN_COLUMNS`."""
    return IndexRun(datetime.fromisoformat(fields[0]), *fields[1:])
