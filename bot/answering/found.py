"""The passages in which an answer is looked for, each taken apart once.

The best by BM25, and the best of the last days: news is asked about while it is new. Weighs and
chooses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answering.closeness import Place, places
from bot.answering.names import Name, full_names, names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.answering.asked import Asked
    from index.analysis.analyzer import Analyzer
    from index.model import Hit, Query
    from index.searcher import Searcher

BEST_COUNT = 20
RECENT_COUNT = 10
RECENT_DAYS = 15


@dataclass(frozen=True)
class FoundPassage:
    """A passage with its terms, and what it holds of the question.

    `share` is its BM25 score by that of the best passage. `title` and `publisher` are the terms of
    its article's, and `known` the words of the question.
    """

    hit: Hit
    share: float
    terms: Sequence[str]
    places: Sequence[Place]
    title: frozenset[str]
    publisher: frozenset[str]
    known: frozenset[str]

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Its distinct terms."""
        return frozenset(self.terms)

    @cached_property
    def anywhere(self) -> frozenset[str]:
        """Its distinct terms, and those of its title and its publisher."""
        return self.distinct | self.title | self.publisher

    @cached_property
    def held(self) -> set[str]:
        """The question's terms in its own words."""
        return {term for _, term in self.places}

    @cached_property
    def joined_title(self) -> str:
        """The terms of its title, each with a space before it."""
        return "".join(f" {term}" for term in sorted(self.title))

    @cached_property
    def names(self) -> Sequence[Name]:
        """The names and numbers that the question does not have, where they stand."""
        return list(names(self.hit.passage.text, self.known))

    @cached_property
    def full_names(self) -> Sequence[Name]:
        """Those of more than one word."""
        return list(full_names(self.hit.passage.text, self.known))


def find(query: Query, now: datetime, searcher: Searcher) -> list[Hit]:
    """Return the passages to look at, best first by BM25."""
    best = searcher.search(query, BEST_COUNT)
    since, until = _later(now, -RECENT_DAYS), _later(now, 1)
    if not best or (query.since is not None and query.since >= since):
        return best
    newest = replace(query, since=since, until=min(query.until or until, until))
    known = {hit.passage.id for hit in best}
    recent = searcher.search(newest, RECENT_COUNT)
    # they come after the others: whatever of them scores higher is among the others
    return best + [hit for hit in recent if hit.passage.id not in known]


def _later(now: datetime, days: int) -> datetime:
    """Return the time so many days later, or `now` where the calendar has ended by then."""
    try:
        return now + timedelta(days=days)
    except OverflowError:
        return now


def taken_apart(hits: Sequence[Hit], asked: Asked, analyzer: Analyzer) -> list[FoundPassage]:
    """Take passages apart, which come best first."""
    best_score = hits[0].score if hits else 0.0
    titles: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    found = []
    for hit in hits:
        article = hit.passage.article
        if article.id not in titles:
            titles[article.id] = (
                frozenset(analyzer.terms(article.title)),
                frozenset(analyzer.terms(article.publisher or "")),
            )
        terms = analyzer.terms(hit.passage.text)
        share = hit.score / best_score if best_score > 0 else 1.0
        found.append(
            FoundPassage(
                hit, share, terms, places(terms, asked.weights), *titles[article.id], asked.words
            )
        )
    return found
