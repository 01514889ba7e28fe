"""Passages in memory, and an engine over them: for tests, and for whoever stores nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from index.analysis.phrases import folded_words, is_by
from index.engines.embedded import EmbeddedEngine
from index.engines.term_lists import origin_of, passage_terms
from index.ranking.building import SegmentBuilder
from index.ranking.collection import Collection
from index.ranking.formula import Model
from index.ranking.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.analysis.analyzer import Analyzer
    from index.model import Passage
    from index.ranking.searching import Kernel


class PassagesInMemory:
    """A PassageSource. Articles are numbered in the order of their first passage."""

    def __init__(self, passages: Sequence[Passage]):
        self._by_id = {passage.id: passage for passage in passages}
        self._by_article: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in sorted(passages, key=lambda each: each.id):
            self._by_article[passage.article.id].append(passage)
        self._numbers = {name: number for number, name in enumerate(self._by_article)}

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages that are there, by id."""
        return {each: self._by_id[each] for each in ids if each in self._by_id}

    def articles_of(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the numbers of the articles of the passages that are there, by passage id."""
        return {
            number: self._numbers[passage.article.id]
            for number, passage in self.passages(ids).items()
        }

    def texts_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield articles by number: title, publisher and text of those that are there."""
        wanted = set(numbers)
        for article_id, number in self._numbers.items():
            if number in wanted:
                article = self._by_article[article_id][0].article
                yield number, (article.title, article.publisher or "", article.text)

    def passages_of(self, article_id: str) -> list[Passage]:
        """Return an article's passages in reading order; none where it is unknown."""
        return self._by_article.get(article_id, [])

    def article_numbers(self, article_ids: Sequence[str]) -> set[int]:
        """Return the numbers of those articles that are there."""
        return {self._numbers[name] for name in article_ids if name in self._numbers}

    def article_numbers_by(self, authors: Sequence[str]) -> set[int]:
        """Return the numbers of the articles by one of some authors."""
        names = [folded_words(author) for author in authors]
        return {
            self._numbers[article_id]
            for article_id, (first, *_) in self._by_article.items()
            if is_by(first.article.author, names)
        }


def engine_over(
    passages: Sequence[Passage],
    analyzer: Analyzer,
    model: Model = Model.PLUS,
    kernel: Callable[[], Kernel | None] = lambda: None,
) -> EmbeddedEngine:
    """Return an engine that finds these passages."""
    source = PassagesInMemory(passages)
    builder = SegmentBuilder()
    for passage in sorted(passages, key=lambda each: each.id):
        (number,) = source.article_numbers([passage.article.id])
        origin = origin_of(number, passage.article, passage.id)
        builder.add(origin, [passage_terms(passage.searched_texts, analyzer)])
    parts = [Part(builder.build())] if passages else []
    return EmbeddedEngine(Collection(parts, model, kernel), source, analyzer)
