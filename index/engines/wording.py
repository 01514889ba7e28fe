"""What a query says of the very words: phrases that must stand there, and words that must not.

A passage that holds a phrase holds its terms, so postings leave few passages; the text of these is
looked at. A single excluded word is left to the postings altogether.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from index.analysis.phrases import folded_words, holds_phrase
from index.analysis.rough_phrases import RoughPhrase
from index.analysis.stop_words import NAMES_LIKE_STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.analysis.analyzer import Analyzer
    from index.model import Passage, Query


@dataclass(frozen=True)
class Wording:
    """`required` and `excluded` are terms; `phrases` and `banned` are folded words in a row."""

    required: tuple[str, ...]
    excluded: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    banned: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, query: Query, analyzer: Analyzer) -> Wording:
        """Take apart what a query requires and excludes."""
        banned = []
        excluded: list[str] = []
        for text in query.excluded:
            words, terms = tuple(folded_words(text)), analyzer.terms(text)
            if len(words) == len(terms) == 1:
                excluded += terms
            elif words:
                banned.append(words)
        # not "WHO": "who", which has no term, is the same word to a phrase
        required = (
            token.term
            for text in query.phrases
            for token in analyzer.tokens(text)
            if text[token.start : token.end] not in NAMES_LIKE_STOP_WORDS
        )
        phrases = (tuple(folded_words(text)) for text in query.phrases)
        return cls(
            tuple(dict.fromkeys(required)),
            tuple(excluded),
            tuple(words for words in phrases if words),
            tuple(banned),
        )

    @property
    def is_checked_by_terms(self) -> bool:
        """Whether no text has to be looked at."""
        return not self.phrases and not self.banned

    @cached_property
    def _rough(self) -> tuple[RoughPhrase, ...]:
        return tuple(map(RoughPhrase, self.phrases))

    def admits(self, passage: Passage) -> bool:
        """Whether a passage has all phrases and nothing that is banned."""
        if self.is_checked_by_terms:
            return True
        texts = passage.searched_texts
        if not all(map(partial(_holds, texts), self.phrases, self._rough)):
            return False
        return not self.banned or not any(
            holds_phrase(words, phrase)
            for words in map(folded_words, texts)
            for phrase in self.banned
        )


def _holds(texts: Sequence[str], phrase: Sequence[str], rough: RoughPhrase) -> bool:
    return any(rough.may_be_in(text) and holds_phrase(folded_words(text), phrase) for text in texts)
