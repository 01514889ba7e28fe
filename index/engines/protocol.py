"""What the rest of Pullquote asks of anything that can search passages, and what that needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.model import Explanation, Hit, Passage, Query


class SearchEngine(Protocol):
    """An immutable set of passages that can be searched.

    Every method is plain computation: safe in any thread, and several at a time.
    """

    @property
    def passage_count(self) -> int:
        """How many passages can be found."""
        ...

    def publishers(self) -> Mapping[str, int]:
        """Count the articles of each known publisher."""
        ...

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages that hold a term of the query and pass its filters.

        Best first; equal scores by publication, the newest first, then by passage id.
        """
        ...

    def explain(self, query: Query, passage: Passage) -> Explanation:
        """Return the numbers behind a passage's score. Raises KeyError for one not indexed."""
        ...

    def terms(self, text: str) -> list[str]:
        """Return the terms of a question, as they are looked up."""
        ...

    def document_frequency(self, term: str) -> int:
        """Count the passages that hold a term."""
        ...

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """Return an article's passages in reading order; none where it is unknown."""
        ...

    def terms_like(self, beginnings: str, shortest: int, longest: int) -> Sequence[str]:
        """Return the terms that begin with one of some letters and are of some length."""
        ...

    def words_of(self, term: str) -> Sequence[str]:
        """Return words that passages write for a term, the most frequent first."""
        ...


class PassageSource(Protocol):
    """Where an engine that keeps numbers finds the passages they stand for. Safe in any thread."""

    def passages(self, ids: Sequence[int]) -> Mapping[int, Passage]:
        """Return the passages that are there, by id."""
        ...

    def articles_of(self, ids: Sequence[int]) -> Mapping[int, int]:
        """Return the numbers of the articles of the passages that are there, by passage id."""
        ...

    def texts_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield articles by number: title, publisher and text of those that are there."""
        ...

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """Return an article's passages in reading order; none where it is unknown."""
        ...

    def article_numbers(self, article_ids: Sequence[str]) -> set[int]:
        """Return the numbers of those articles that are there."""
        ...

    def article_numbers_by(self, authors: Sequence[str]) -> set[int]:
        """Return the numbers of the articles whose author has all words of one of some names.

        The words stand there in a row, as in a phrase (index/analysis/phrases.py).
        """
        ...
