"""Whether an article that came in is what an alert looks for. Pure.

An article is held to an alert as a whole, since a headline's word and one of the last paragraph
may be what makes it a story about both: filters, phrases and exclusions are the search's own, over
this one article. Of one to three words all have to be there. Of more, a question most often, the
rarest has to, and all that are there must have LEAST_SHARE of the sum of the words' idfs in the
corpus. So the name of someone nobody has heard of yet is needed, unless the question has another
word that is new to the corpus.

BM25 scores are not used: they say which of many articles is best, not whether one is about it. The
79 judged questions that the 36 sample articles answer, as alerts, let through their own article and
others (of the same small town, so many of these are about it as well):

    least share of idf          1.00   0.80   0.65   0.50   0.40
    with the rarest    own      27 %   39 %   53 %   59 %   61 %
                       others   0.22   0.27   0.39   0.51   0.65
    without            own      27 %   39 %   58 %   75 %   78 %
                       others   0.22   0.27   0.53   1.10   1.80
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.answering.expectation import ASKING_WORDS
from index.model import Passage
from index.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.model import Article, Query

LEAST_SHARE = 0.5
_MOST_WORDS_ALL_NEEDED = 3
# sums of the same numbers in another order
_ROUNDING = 1e-9


class Weighing(Protocol):
    """What the whole corpus knows about words."""

    def terms(self, text: str) -> list[str]:
        """Return the terms of a text."""
        ...

    def idf(self, term: str) -> float:
        """Return how much a term tells."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an alert looks for: its distinct terms, each with its idf, and its filters."""

    query: Query
    weights: Mapping[str, float]

    @classmethod
    def of(cls, query: Query, corpus: Weighing) -> Wanted:
        """Weigh the words of an alert; words that only ask do not count."""
        text = ASKING_WORDS.sub(" ", query.text)
        terms = corpus.terms(text) or corpus.terms(query.text)
        return cls(query, {term: corpus.idf(term) for term in terms})

    @property
    def needs_all(self) -> bool:
        """Whether every word has to be there."""
        return len(self.weights) <= _MOST_WORDS_ALL_NEEDED


class Arrival:
    """An article that came in, with its passages (one at least), ready to be held to alerts."""

    def __init__(self, passages: Sequence[Passage]):
        self.article: Article = passages[0].article
        self._passages = passages
        whole = Passage(1, self.article, 0, len(self.article.text))
        self._whole = Searcher.over([whole])

    def is_wanted(self, wanted: Wanted) -> bool:
        """Whether it is what an alert looks for."""
        weights = wanted.weights
        held = [term for term in weights if self._whole.document_frequency(term)]
        return (
            bool(held)
            and (len(held) == len(weights) if wanted.needs_all else _is_enough(held, weights))
            and bool(self._whole.search(wanted.query, 1))
        )

    def best_passage(self, query: Query) -> Passage:
        """Return the passage to show of it: the one with most of an alert's words, or the first."""
        # what the article as a whole has to have need not stand in one passage
        words = replace(query, phrases=(), excluded=(), authors=frozenset(), publishers=frozenset())
        hits = Searcher.over(self._passages).search(words, 1)
        return hits[0].passage if hits else self._passages[0]


def _is_enough(held: Sequence[str], weights: Mapping[str, float]) -> bool:
    there = [weights[term] for term in held]
    if max(there) < max(weights.values()) - _ROUNDING:
        return False
    return math.fsum(there) >= LEAST_SHARE * math.fsum(weights.values()) - _ROUNDING
