"""What a question is about, as weighted terms, and how much of it a text covers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.expectation import ASKING_WORDS, Expectation, expectation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Wanted:
    """The distinct terms of a question, each with its idf, and the kind of answer asked for.

    `text` is the question without the words that only ask, `mass` the sum of the idfs.
    """

    text: str
    weights: Mapping[str, float]
    mass: float
    expectation: Expectation

    @classmethod
    def of(cls, question: str, searcher: Searcher) -> Wanted:
        """Read a question. Stop words and words that only ask are no terms; nothing may be left."""
        text = ASKING_WORDS.sub(" ", question)
        weights = {term: searcher.idf(term) for term in dict.fromkeys(searcher.terms(text))}
        return cls(text, weights, math.fsum(weights.values()), expectation_of(question))

    def held(self, terms: Iterable[str]) -> set[str]:
        """Return which of the question's terms are among `terms`."""
        return self.weights.keys() & terms

    def coverage(self, held: set[str]) -> float:
        """Return the share, in [0, 1], of the question's idf mass that some of its terms hold."""
        return math.fsum(map(self.weights.__getitem__, held)) / self.mass if self.mass else 0.0
