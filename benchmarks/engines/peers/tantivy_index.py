"""tantivy: a Lucene in Rust, through its Python binding. k1 is 1.2, and lengths are rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from benchmarks.engines.peers.versions import installed_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed
    from benchmarks.engines.protocol import NewArticle

_BUILDING_BYTES, _UPDATING_BYTES = 256_000_000, 64_000_000
_NUMBERS = ("passage", "day", "article")


class Tantivy:
    """Terms joined by spaces, numbers in columns."""

    name: ClassVar[str] = "tantivy"
    largest: ClassVar[int | None] = 1_000_000
    model: ClassVar[str] = "BM25Okapi"
    is_exact: ClassVar[bool] = False

    _writer: Any = None

    @classmethod
    def version(cls) -> str | None:
        """Return the version of tantivy."""
        return installed_version("tantivy")

    def build(self, feed: Feed, directory: Path) -> None:
        """Write with one thread, and wait until all is merged."""
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("body", tokenizer_name="spaces", index_option="freq")
        for name in _NUMBERS:
            schema.add_integer_field(name, indexed=True, fast=True)
        index = tantivy.Index(schema.build(), path=str(directory))
        self._register(tantivy, index)
        writer = index.writer(_BUILDING_BYTES, 1)
        columns = (feed.corpus.days.tolist(), feed.corpus.article_of.tolist())
        for passage, (terms, day, article) in enumerate(
            zip(feed.term_lists(), *columns, strict=True)
        ):
            body = " ".join(terms)
            writer.add_document(
                tantivy.Document(body=body, passage=passage, day=day, article=article)
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, directory: Path) -> None:
        """Open the index and a searcher."""
        import tantivy

        self._tantivy: Any = tantivy
        self._index = tantivy.Index.open(str(directory))
        self._register(tantivy, self._index)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Search for any of the terms."""
        return self._search(self._any_of(terms), k)

    def search_between(
        self, terms: Sequence[str], k: int, first_day: int, last_day: int
    ) -> list[tuple[int, float]]:
        """Require the day, without a score of its own."""
        query, must = self._tantivy.Query, self._tantivy.Occur.Must
        integer = self._tantivy.FieldType.Integer
        days = query.range_query(self._schema, "day", integer, first_day, last_day)
        wanted = [(must, self._any_of(terms)), (must, query.const_score_query(days, 0.0))]
        return self._search(query.boolean_query(wanted), k)

    def add(self, article: NewArticle, *, durable: bool) -> None:  # noqa: ARG002 # always is
        """Commit the passages: nothing is found before that."""
        for passage, terms in zip(article.passage_numbers, article.passages, strict=True):
            self._opened_writer().add_document(
                self._tantivy.Document(
                    body=" ".join(terms), passage=passage, day=article.day, article=article.number
                )
            )
        self._commit()

    def delete(self, article: NewArticle, *, durable: bool) -> None:  # noqa: ARG002 # always is
        """Commit the deletion of an article's number."""
        self._opened_writer().delete_documents_by_term("article", article.number)
        self._commit()

    @staticmethod
    def _register(tantivy: Any, index: Any) -> None:
        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("spaces", spaces)

    def _any_of(self, terms: Sequence[str]) -> Any:
        query, should = self._tantivy.Query, self._tantivy.Occur.Should
        return query.boolean_query(
            [
                (should, query.term_query(self._schema, "body", t, index_option="freq"))
                for t in terms
            ]
        )

    def _search(self, query: Any, k: int) -> list[tuple[int, float]]:
        hits: list[Any] = self._searcher.search(query, k, count=False).hits
        numbers: list[Any] = self._searcher.fast_field_values(
            "passage", [address for _, address in hits]
        )
        return [(number, score) for number, (score, _) in zip(numbers, hits, strict=True)]

    def _opened_writer(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(_UPDATING_BYTES, 1)
        return self._writer

    def _commit(self) -> None:
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()
