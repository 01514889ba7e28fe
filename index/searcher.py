"""The read flow: an immutable view of one corpus, to be searched from any thread.

Knows no storage; whoever holds a Searcher finds the same articles until it takes a newer one, save
those that are gone from the store.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

from index.analysis.analyzer import Analyzer
from index.engines.memory import engine_over
from index.query.publishers import PublisherNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.engines.protocol import SearchEngine
    from index.model import Explanation, Hit, Passage, Query


class Searcher:
    """Finds passages in a corpus, and knows how much each word of a question says."""

    def __init__(self, engine: SearchEngine, analyzer: Analyzer):
        self._engine = engine
        self.analyzer = analyzer

    @classmethod
    def over(cls, passages: Sequence[Passage]) -> Searcher:
        """Search passages in memory: seconds of computing for a large corpus."""
        analyzer = Analyzer()
        return cls(engine_over(passages, analyzer), analyzer)

    @property
    def engine(self) -> SearchEngine:
        """What finds the passages."""
        return self._engine

    @cached_property
    def publishers(self) -> tuple[str, ...]:
        """The publishers of the corpus, the one with most articles first."""
        counts = self._engine.publishers()
        return tuple(sorted(counts, key=lambda name: (-counts[name], name)))

    @cached_property
    def publisher_names(self) -> PublisherNames:
        """The publishers, by all the forms of their names."""
        return PublisherNames(self.publishers)

    @property
    def passage_count(self) -> int:
        """How many passages can be found."""
        return self._engine.passage_count

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages for a query, best first, at most `limit`."""
        return self._engine.search(query, limit)

    def explain(self, query: Query, passage: Passage) -> Explanation:
        """Return the numbers behind a passage's score. Raises KeyError for one not indexed."""
        return self._engine.explain(query, passage)

    def terms(self, text: str) -> list[str]:
        """Return the terms of a question, as they are looked up."""
        return self._engine.terms(text)

    def idf(self, term: str) -> float:
        """Return how much a term tells: ln((N + 1) / n), N being the number of passages.

        BM25+'s idf, carried on to words that no passage holds, since a question about something
        unheard of must not be answered by its other words alone. For them n is 0.5 and a little:
        some hundred passages lack most words of the language, the common ones too, so that a word
        they lack tells as much as one that three of them hold. The more passages, the more it
        tells; and of a handful everybody knows what they are about.
        """
        count = self.passage_count
        held = self.document_frequency(term) or 0.5 + min(count / 40, 700 / (count + 120))
        return math.log((count + 1) / held)

    def document_frequency(self, term: str) -> int:
        """Count the passages that hold a term."""
        return self._engine.document_frequency(term)

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """Return an article's passages in reading order; none where it is unknown."""
        return self._engine.passages_of(article_id)

    def terms_like(self, beginnings: str, shortest: int, longest: int) -> Sequence[str]:
        """Return the terms that begin with one of some letters and have so many bytes."""
        return self._engine.terms_like(beginnings, shortest, longest)

    def words_of(self, term: str) -> Sequence[str]:
        """Return words that passages write for a term, the most frequent first."""
        return self._engine.words_of(term)
