"""LanceDB's full-text index over a columnar table. k1 is fixed at 1.2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from benchmarks.engines.peers.versions import installed_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed
    from benchmarks.engines.protocol import NewArticle

_TABLE = "passages"


class LanceDB:
    """A table of passages with an index on their terms and one on their days."""

    name: ClassVar[str] = "lancedb"
    largest: ClassVar[int | None] = 1_000_000
    model: ClassVar[str] = "BM25Okapi"
    is_exact: ClassVar[bool] = False

    @classmethod
    def version(cls) -> str | None:
        """Return the version of LanceDB."""
        return installed_version("lancedb")

    def build(self, feed: Feed, directory: Path) -> None:
        """Write the table, then its indices."""
        import lancedb
        import pyarrow as pa
        from lancedb.index import FTS, BTree

        columns = {
            "passage": pa.array(range(feed.corpus.passage_count), pa.int64()),
            "day": pa.array(feed.corpus.days),
            "article": pa.array(feed.corpus.article_of),
            "body": pa.array(" ".join(terms) for terms in feed.term_lists()),
        }
        table = lancedb.connect(str(directory)).create_table(_TABLE, pa.table(columns))
        words = FTS(
            base_tokenizer="whitespace",
            with_position=False,
            stem=False,
            remove_stop_words=False,
            lower_case=False,
            ascii_folding=False,
            max_token_length=None,
        )
        table.create_index("body", config=words)
        for column in ("day", "article"):
            table.create_index(column, config=BTree())

    def open(self, directory: Path) -> None:
        """Open the table."""
        import lancedb

        self._table: Any = lancedb.connect(str(directory)).open_table(_TABLE)

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Search for any of the terms."""
        return _hits(self._query(terms), k)

    def search_between(
        self, terms: Sequence[str], k: int, first_day: int, last_day: int
    ) -> list[tuple[int, float]]:
        """Filter before the search."""
        days = f"day >= {first_day} AND day <= {last_day}"
        return _hits(self._query(terms).where(days, prefilter=True), k)

    def add(self, article: NewArticle, *, durable: bool) -> None:  # noqa: ARG002 # writes files
        """Append rows, which are searched without the index until it is optimised."""
        import pyarrow as pa

        count = len(article.passages)
        columns = {
            "passage": pa.array(article.passage_numbers, pa.int64()),
            "day": pa.array([article.day] * count, pa.int32()),
            "article": pa.array([article.number] * count, pa.int32()),
            "body": pa.array(" ".join(terms) for terms in article.passages),
        }
        self._table.add(pa.table(columns))

    def delete(self, article: NewArticle, *, durable: bool) -> None:  # noqa: ARG002 # writes files
        """Delete the rows of an article."""
        self._table.delete(f"article = {article.number}")

    def _query(self, terms: Sequence[str]) -> Any:
        return self._table.search(" ".join(terms), query_type="fts")


def _hits(query: Any, k: int) -> list[tuple[int, float]]:
    found = query.limit(k).select(["passage", "_score"]).to_arrow()
    return list(zip(found["passage"].to_pylist(), found["_score"].to_pylist(), strict=True))
