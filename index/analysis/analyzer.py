"""Text to terms, the same for passages and questions. Knows no passage, query or score.

A term is a word folded (folding.py) and stemmed by nltk's English Snowball stemmer (Porter 2001,
"Snowball: A language for stemming algorithms"), which is asked once a distinct word. No word goes
across white space, so what stands between two spaces (a word with its marks) always has the same
terms, and is taken apart once. The stemmer is imported at the first word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from index.analysis.folding import fold
from index.analysis.irregular_forms import BASE_OF
from index.analysis.nltk_modules import nltk_module
from index.analysis.stop_words import NAMES_LIKE_STOP_WORDS, STOP_WORDS
from index.analysis.words import word_spans, words

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_TERM_CHARACTER_COUNT = 64
# about 100 MB; the English of 100,000 articles has fewer distinct words
MAX_REMEMBERED_WORD_COUNT = 500_000
# about 25 MB; words with their marks are many, and taken apart again soon enough
MAX_REMEMBERED_STRETCH_COUNT = 200_000

Value = TypeVar("Value")

_ENDINGS = ("'s", "'ll", "'ve", "'re", "'d", "'m")
_ONE_NAME = {"us": "usa", "u.s": "usa", "u.s.a": "usa", "bn": "billion", "tn": "trillion"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word as found, `text[start:end]`, and the term it is indexed by."""

    start: int
    end: int
    term: str


class Analyzer:
    """Turns text into terms. One may serve several threads."""

    def __init__(self) -> None:
        self._term_of = _Remembered(_term_unless_stop_word, MAX_REMEMBERED_WORD_COUNT)
        self._terms_of = _Remembered(self._terms_of_stretch, MAX_REMEMBERED_STRETCH_COUNT)

    def terms(self, text: str) -> list[str]:
        """Return the terms of `text`, in order and with repetitions, without stop words.

        A text of nothing else ("Who is it?") has no terms.
        """
        return list(chain.from_iterable(map(self._terms_of.__getitem__, text.split())))

    def tokens(self, text: str) -> list[Token]:
        """Return the same terms with the offsets of their words in `text`."""
        found = ((start, end, self._term_of[text[start:end]]) for start, end in word_spans(text))
        return [Token(start, end, term) for start, end, term in found if term]

    def _terms_of_stretch(self, text: str) -> tuple[str, ...]:
        return tuple(term for word in words(text) if (term := self._term_of[word]))


class _Remembered(dict[str, Value], Generic[Value]):
    """What is computed of short texts, once each; forgets everything when full."""

    def __init__(self, compute: Callable[[str], Value], most: int):
        super().__init__()
        self._compute = compute
        self._most = most

    def __missing__(self, text: str) -> Value:
        value = self._compute(text)
        if len(text) <= MAX_TERM_CHARACTER_COUNT:
            if len(self) >= self._most:
                self.clear()
            self[text] = value
        return value


def _term_unless_stop_word(word: str) -> str:
    """Return the term of a word, or nothing for a stop word."""
    folded = _without_ending(fold(word))
    if folded in STOP_WORDS and word not in NAMES_LIKE_STOP_WORDS:
        return ""
    if folded in _ONE_NAME:
        return _ONE_NAME[folded]
    plain = folded.replace("'", "")
    if not plain.isalpha():
        joined = plain if any(map(str.isdigit, plain)) else plain.replace(".", "")
        return joined.replace(",", "")[:MAX_TERM_CHARACTER_COUNT]
    return _stemmer().stem(BASE_OF.get(plain, plain)[:MAX_TERM_CHARACTER_COUNT])


def _without_ending(folded: str) -> str:
    if not folded.endswith(_ENDINGS):
        return folded
    return next(folded[: -len(ending)] for ending in _ENDINGS if folded.endswith(ending))


class _Stemmer(Protocol):
    def stem(self, word: str) -> str: ...


@cache
def _stemmer() -> _Stemmer:
    stemmer: _Stemmer = nltk_module("nltk.stem.snowball").EnglishStemmer()
    return stemmer
