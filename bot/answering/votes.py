"""What the passages found have in common beside the question: likely parts of its answer.

An answer is said more often than anything else near the words of a question (Dumais et al. 2002,
"Web Question Answering: Is More Always Better?"), and terms that many of the best passages hold
tell what the question is about (Lavrenko and Croft 2001, "Relevance-Based Language Models").
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.answering.found import FoundPassage

VOTER_COUNT = 20
# a passage that scores half as much as the best one has a sixteenth of its vote
_STEEPNESS = 4
_TERM_COUNT = 30
# only these are asked for their idf
_CONSIDERED_TERM_COUNT = 80
# of how many terms a sentence may hold before it holds much
_MANY = 5.0


@dataclass(frozen=True, slots=True)
class Votes:
    """How often each is said, from 0 to 1 for what is said most. Terms count by their idf too."""

    names: Mapping[str, float]
    full_names: Mapping[str, float]
    terms: Mapping[str, float]

    @classmethod
    def of(
        cls, found: Sequence[FoundPassage], known: Iterable[str], idf: Callable[[str], float]
    ) -> Votes:
        """Count the votes of the best passages, which come best first; an article votes once."""
        voters = found[:VOTER_COUNT]
        return cls(
            _counted(voters, lambda each: each.name_words),
            _counted(voters, lambda each: {name.text for name in each.full_names}),
            _related(voters, frozenset(known), idf),
        )

    def name(self, names: Iterable[str]) -> float:
        """Return the votes of the name that has most."""
        return max((self.names.get(name, 0.0) for name in names), default=0.0)

    def all_names(self, names: set[str]) -> float:
        """Return the votes of all, a third of them, so that few sentences are above 1."""
        return sum(self.names.get(name, 0.0) for name in names) / 3

    def full_name(self, names: Iterable[str]) -> float:
        """Return the votes of the full name that has most."""
        return max((self.full_names.get(name, 0.0) for name in names), default=0.0)

    def relevance(self, terms: set[str]) -> float:
        """Return the votes of the terms held, by so many as make much."""
        return sum(map(self.terms.__getitem__, self.terms.keys() & terms)) / _MANY


def _counted(
    voters: Sequence[FoundPassage], said_by: Callable[[FoundPassage], set[str]]
) -> dict[str, float]:
    votes: defaultdict[str, float] = defaultdict(float)
    counted = set()
    for each in voters:
        article_id = each.hit.passage.article.id
        for text in said_by(each):
            if (text, article_id) not in counted:
                counted.add((text, article_id))
                votes[text] += each.share**_STEEPNESS
    return _from_zero_to_one(votes)


def _related(
    voters: Sequence[FoundPassage], known: frozenset[str], idf: Callable[[str], float]
) -> dict[str, float]:
    votes: defaultdict[str, float] = defaultdict(float)
    for each in voters:
        weight = each.share**_STEEPNESS
        for term in each.distinct:
            votes[term] += weight
    for term in known:
        votes.pop(term, None)
    weighed = {t: weight * idf(t) for t, weight in _most(votes, _CONSIDERED_TERM_COUNT)}
    return _from_zero_to_one(dict(_most(weighed, _TERM_COUNT)))


def _most(votes: Mapping[str, float], count: int) -> list[tuple[str, float]]:
    """Return those with most votes, in an order that depends on nothing else."""
    if len(votes) > count:
        # numbers alone are sorted much faster than pairs
        least = sorted(votes.values(), reverse=True)[count - 1]
        votes = {term: vote for term, vote in votes.items() if vote >= least}
    return sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))[:count]


def _from_zero_to_one(votes: Mapping[str, float]) -> dict[str, float]:
    most = max(votes.values(), default=1.0)
    return {text: vote / most for text, vote in votes.items()}
