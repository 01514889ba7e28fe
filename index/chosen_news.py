"""The news of some publishers alone, out of what is seen: for whoever has chosen them.

A story that several have told is quoted from the first of them, and is there if that one is chosen.
Whether a word is known is told of all that is seen: this is a choice and no secret.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from index.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.engines.protocol import SearchEngine
    from index.model import CorpusStatistics, Explanation, Hit, Passage, Query
    from index.seen_news import SeenNews
    from index.storage.article_reader import ArticleReader


class ChosenNews:
    """What is `seen`, of publishers by any of their names alone, whatever their letters' case."""

    def __init__(self, seen: SeenNews, chosen: frozenset[str]):
        self.seen = seen
        self.chosen = chosen
        self.community = seen.community
        self.is_everything = seen.is_everything
        engine = ChosenEngine(seen.searcher.engine, chosen)
        self.searcher = Searcher(engine, seen.searcher.analyzer)

    def publishers(self) -> Sequence[str]:
        """Return the publishers that are chosen and there, the one with most articles first."""
        return self.searcher.publishers

    async def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages, best first, at most `limit`."""
        return await asyncio.to_thread(self.searcher.search, query, limit)

    async def passages_of(self, article_id: str) -> list[Passage]:
        """Return an article's passages in reading order; none of who was not chosen."""
        return _of_chosen(await self.seen.passages_of(article_id), self.chosen)

    @property
    def articles(self) -> ArticleReader:
        """The articles of who was chosen, for readers to look at."""
        return self.seen.articles.of_publishers(self.searcher.publishers)

    async def statistics(self) -> CorpusStatistics:
        """Count all that is seen."""
        return await self.seen.statistics()


class ChosenEngine:
    """A SearchEngine that finds what another does, of some publishers alone."""

    def __init__(self, engine: SearchEngine, chosen: frozenset[str]):
        self._engine = engine
        self._chosen = frozenset(name.casefold() for name in chosen)

    @property
    def passage_count(self) -> int:
        """How many passages there are, of everybody."""
        return self._engine.passage_count

    def publishers(self) -> Mapping[str, int]:
        """Count the articles of each that was chosen."""
        counts = self._engine.publishers()
        return {name: n for name, n in counts.items() if name.casefold() in self._chosen}

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages, best first; none where only others are asked for."""
        wanted = self._chosen
        if query.publishers:
            wanted = wanted & {name.casefold() for name in query.publishers}
        return self._engine.search(replace(query, publishers=wanted), limit) if wanted else []

    def explain(self, query: Query, passage: Passage) -> Explanation:
        """Return the numbers behind a passage's score. Raises KeyError for one not indexed."""
        return self._engine.explain(query, passage)

    def terms(self, text: str) -> list[str]:
        """Return the terms of a question, as they are looked up."""
        return self._engine.terms(text)

    def document_frequency(self, term: str) -> int:
        """Count the passages that hold a term, of everybody."""
        return self._engine.document_frequency(term)

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """Return an article's passages in reading order; none of who was not chosen."""
        return _of_chosen(self._engine.passages_of(article_id), self._chosen)

    def terms_like(self, beginnings: str, shortest: int, longest: int) -> Sequence[str]:
        """Return the terms that begin with one of some letters and are of some length."""
        return self._engine.terms_like(beginnings, shortest, longest)

    def words_of(self, term: str) -> Sequence[str]:
        """Return words that passages write for a term, the most frequent first."""
        return self._engine.words_of(term)


def _of_chosen(passages: Sequence[Passage], chosen: frozenset[str]) -> list[Passage]:
    names = {name.casefold() for name in chosen}
    return [p for p in passages if (p.article.publisher or "").casefold() in names]
