"""The sentences of a passage, each with its terms and its names. Weighs nothing."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answering.windows import sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.found import FoundPassage
    from bot.answering.names import Name
    from index.analysis.analyzer import Analyzer
    from index.model import Article


@dataclass(frozen=True)
class Sentence:
    """A sentence: `article.text[start:end]`, short enough to be quoted."""

    article: Article
    start: int
    end: int
    terms: Sequence[str]
    names: Sequence[Name]
    full_names: Sequence[Name]

    @cached_property
    def text(self) -> str:
        """Its words, byte for byte."""
        return self.article.text[self.start : self.end]

    @cached_property
    def joined(self) -> str:
        """Its terms, each with a space before it."""
        return "".join(f" {term}" for term in self.terms)

    @cached_property
    def distinct(self) -> set[str]:
        """Its distinct terms."""
        return set(self.terms)


def sentences(found: FoundPassage, analyzer: Analyzer) -> list[Sentence]:
    """Return the sentences of a passage in reading order."""
    passage = found.hit.passage
    article = passage.article
    return [
        Sentence(
            article,
            start,
            end,
            analyzer.terms(article.text[start:end]),
            _within(found.names, start - passage.start, end - passage.start),
            _within(found.full_names, start - passage.start, end - passage.start),
        )
        for start, end in sentences_of(passage)
    ]


def _within(names: Sequence[Name], start: int, end: int) -> Sequence[Name]:
    first = bisect_left(names, start, key=lambda name: name.start)
    return names[first : bisect_left(names, end, key=lambda name: name.start)]
