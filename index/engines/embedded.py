"""A search engine in this process's memory: passages, analysed, ranked by BM25.

Knows nothing of where passages are stored. It is built whole and never changed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from index.model import Hit
from index.ranking.bm25 import BM25, Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.analysis.analyzer import Analyzer
    from index.model import Explanation, Passage, Query
    from index.ranking.bm25 import Positions


class EmbeddedEngine:
    """A SearchEngine over `passages`, which are sorted by id here."""

    def __init__(self, passages: Sequence[Passage], analyzer: Analyzer, model: Model = Model.PLUS):
        self._passages = sorted(passages, key=lambda passage: passage.id)
        self._analyzer = analyzer
        self._by_article: defaultdict[str, list[Passage]] = defaultdict(list)
        self._position = {p.id: position for position, p in enumerate(self._passages)}
        for passage in self._passages:
            self._by_article[passage.article.id].append(passage)
        self._ranking = BM25([self._indexed_terms(p) for p in self._passages], model)

    @property
    def passage_count(self) -> int:
        """How many passages can be found."""
        return len(self._passages)

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages that hold a term of the query and pass its filters."""
        found, all_scores = self._ranking.search(self.terms(query.text))
        admitted = self._admitted(found, query)
        positions, scores = found[admitted], all_scores[admitted]
        # a stable sort on ascending positions, so that equal scores stand in the order of ids
        best = np.argsort(-scores, kind="stable")[:limit]
        return [
            Hit(self._passages[positions[i]], float(scores[i]), rank)
            for rank, i in enumerate(best, start=1)
        ]

    def explain(self, query: Query, passage: Passage) -> Explanation:
        """Return the numbers behind a passage's score. Raises KeyError for one not indexed."""
        return self._ranking.explain(self.terms(query.text), self._position[passage.id])

    def terms(self, text: str) -> list[str]:
        """Return the terms of a question, as they are looked up: none for stop words alone."""
        return self._analyzer.terms(text)

    def document_frequency(self, term: str) -> int:
        """Count the passages that hold a term."""
        return self._ranking.document_frequency(term)

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """Return an article's passages in reading order; none where it is unknown."""
        return self._by_article.get(article_id, [])

    def _indexed_terms(self, passage: Passage) -> list[str]:
        return [term for text in passage.searched_texts for term in self._analyzer.terms(text)]

    def _admitted(self, positions: Positions, query: Query) -> slice | list[bool]:
        if not query.is_filtered:
            return slice(None)
        verdicts: dict[str, bool] = {}
        for position in positions.tolist():
            article = self._passages[position].article
            if article.id not in verdicts:
                verdicts[article.id] = query.admits(article)
        return [verdicts[self._passages[p].article.id] for p in positions.tolist()]
