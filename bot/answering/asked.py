"""What a question is about: its terms by weight, and what else of it an answer may show.

Knows the words of the question and how rare they are; knows no article.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.expectation import ASKING_WORDS, Expectation, expectation_of
from bot.answering.names import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.model import Query
    from index.query.model import DateRange, Reading
    from index.searcher import Searcher

_WORD = re.compile(r"[\w’'-]+")
# where a question goes on to something else: "..., as reported by A, and ... according to B"
_SEAM = re.compile(
    r"[,;:?]\s+|\s+(?:and|while|but|whereas|with|as reported by|according to|after|before)\s+",
    re.IGNORECASE,
)
_FEWEST_TERMS_OF_CLAUSE = 2
# "director" and "directed" open alike; shorter words that do so are seldom of one family
_SHORTEST_DERIVED = 6
_SHORTEST_OPENING = 4
_LONGEST_ENDING = 3


class Pair(NamedTuple):
    """Two terms that stand one after the other in the question, and the sum of their idfs."""

    first: str
    second: str
    weight: float


@dataclass(frozen=True, slots=True)
class Asked:
    """The distinct terms of a question, each with its idf, and the kind of answer asked for.

    `query` has the question without the words that only ask, `mass` is the sum of the idfs. `when`
    and `publishers` (casefolded) are preferences. `words` are those typed, in lower case: what is
    among them is nothing new. `openings` are the terms that may stand in another form of the word,
    each with a space and the letters that such a form opens with.
    """

    query: Query
    when: DateRange | None
    publishers: frozenset[str]
    weights: Mapping[str, float]
    mass: float
    expectation: Expectation
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    pairs: tuple[Pair, ...]
    clauses: tuple[tuple[frozenset[str], float], ...]
    openings: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, reading: Reading, searcher: Searcher) -> Asked:
        """Weigh a question. Stop words and words that only ask are no terms; none may be left."""
        question = reading.query.text
        text = ASKING_WORDS.sub(" ", question)
        terms = searcher.terms(text)
        weights = {term: searcher.idf(term) for term in dict.fromkeys(terms)}
        found = [match for match in _WORD.finditer(question) if match.start() > 0]
        capitals = (match.group() for match in found if match.group()[0].isupper())
        return cls(
            query=replace(reading.query, text=text),
            when=reading.when,
            publishers=frozenset(map(str.casefold, reading.preferred_publishers)),
            weights=weights,
            mass=math.fsum(weights.values()),
            expectation=expectation_of(question),
            words=frozenset(bare(match.group()) for match in _WORD.finditer(question)),
            names=frozenset(t for word in capitals for t in searcher.terms(word) if t in weights),
            numbers=frozenset(term for term in weights if term[0].isdigit()),
            pairs=tuple(_pairs(terms, weights)),
            clauses=tuple(_clauses(text, weights, searcher)),
            openings=tuple(
                (term, " " + term[: max(_SHORTEST_OPENING, len(term) - _LONGEST_ENDING)])
                for term in weights
                if len(term) >= _SHORTEST_DERIVED and term.isalpha()
            ),
        )

    @property
    def greatest(self) -> float:
        """The idf of its rarest term."""
        return max(self.weights.values(), default=1.0)

    def held(self, terms: Iterable[str]) -> set[str]:
        """Return which of the question's terms are among `terms`."""
        return self.weights.keys() & terms

    def weight(self, held: Iterable[str]) -> float:
        """Return the sum of the idfs of some of its terms."""
        # rounded once, so that it is the same in whatever order a set has them
        return math.fsum(map(self.weights.__getitem__, held))

    def coverage(self, held: Iterable[str]) -> float:
        """Return the share, in [0, 1], of the question's idf mass that some of its terms hold."""
        return self.weight(held) / self.mass if self.mass else 0.0

    def share_of(self, some: frozenset[str], held: set[str]) -> float:
        """Return the share of the mass of `some` of its terms that is held; .5 of no terms."""
        mass = self.weight(some)
        return self.weight(some & held) / mass if mass else 0.5

    def clause_coverage(self, held: set[str]) -> float:
        """Return how much is covered of the clause that is covered best, in [0, 1].

        That is its covered share of the question's mass, times the root of its covered share of its
        own, so that a long clause is not preferred for its length alone.
        """
        best = 0.0
        for clause, mass in self.clauses:
            if covered := clause & held:
                weight = self.weight(covered)
                best = max(best, weight * math.sqrt(weight / mass))
        return best / self.mass if self.mass else 0.0

    def derived(self, terms: str, held: set[str]) -> float:
        """Return the share of the mass that only another form of a term covers.

        `terms` are joined by spaces, with one before the first.
        """
        missing = [(term, opening) for term, opening in self.openings if term not in held]
        return self.coverage([term for term, opening in missing if opening in terms])


def _pairs(terms: list[str], weights: Mapping[str, float]) -> Iterable[Pair]:
    for first, second in pairwise(terms):
        if first != second:
            yield Pair(first, second, weights[first] + weights[second])


def _clauses(
    text: str, weights: Mapping[str, float], searcher: Searcher
) -> Iterable[tuple[frozenset[str], float]]:
    for stretch in _SEAM.split(text):
        terms = frozenset(searcher.terms(stretch)) & weights.keys()
        if len(terms) >= _FEWEST_TERMS_OF_CLAUSE:
            yield frozenset(terms), math.fsum(map(weights.__getitem__, terms))
