"""What a question is about, as weighted terms, and how much of it a text covers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.expectation import ASKING_WORDS, Expectation, expectation_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from index.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Wanted:
    """The distinct terms of a question, each with its idf, and the kind of answer asked for.

    `text` is the question without the words that only ask.
    """

    text: str
    weights: Mapping[str, float]
    expectation: Expectation

    @classmethod
    def of(cls, question: str, searcher: Searcher) -> Wanted:
        """Read a question. Stop words and words that only ask are no terms; nothing may be left."""
        text = ASKING_WORDS.sub(" ", question)
        weights = {term: searcher.idf(term) for term in dict.fromkeys(searcher.terms(text))}
        return cls(text, weights, expectation_of(question))

    def coverage(self, terms: Collection[str]) -> float:
        """Return the share, in [0, 1], of the question's idf mass that `terms` hold."""
        mass = math.fsum(self.weights.values())
        if not mass:
            return 0.0
        held = math.fsum(weight for term, weight in self.weights.items() if term in terms)
        return held / mass
