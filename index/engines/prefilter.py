"""Which passages can have a query's phrases, by a quick look at the texts of their articles.

Every term of a phrase may be in thousands of passages that do not have it. To read and fold all
these takes several times as long as to look whether their articles have the phrase, once each. A
passage that has the phrase always passes; what else does is up to `Wording`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis.rough_phrases import RoughPhrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.engines.protocol import PassageSource


class Prefilter:
    """For one query; remembers what it has seen of each article."""

    def __init__(self, phrases: Sequence[Sequence[str]], source: PassageSource):
        self._phrases = [RoughPhrase(phrase) for phrase in phrases]
        self._source = source
        self._passes: dict[int, bool] = {}

    def passing(self, passage_ids: Sequence[int]) -> list[int]:
        """Return those of some passages that can have all phrases, in the same order."""
        article_of = self._source.articles_of(passage_ids)
        fresh = sorted(set(article_of.values()) - self._passes.keys())
        for number, texts in self._source.texts_of(fresh):
            self._passes[number] = self._can_hold(texts)
        return [each for each in passage_ids if self._passes.get(article_of.get(each, -1), False)]

    def _can_hold(self, texts: Sequence[str]) -> bool:
        return all(any(map(phrase.may_be_in, texts)) for phrase in self._phrases)
