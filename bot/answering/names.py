"""The names and numbers of a text, found by their capitals and digits. Knows no question.

No recogniser of entities: a capital after the first word of a sentence is taken for a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_NAME = re.compile(r"(?<![\w’'])(?:[A-Z][\w’'&.-]*\w|\d[\d,.]*\d|\d)")
_FULL_NAME = re.compile(
    r"[A-Z][\w’'.-]*\w(?:\s+(?:(?:of|the|and|de|von|for|al)\s+)?[A-Z][\w’'.-]*\w)+"
)
_BEFORE_A_SENTENCE = frozenset('.!?:\n”"')  # fmt: skip
_NO_NAMES = frozenset(
    {
        "a", "after", "an", "and", "as", "at", "be", "before", "but", "by", "did", "do", "does",
        "dr", "for", "from", "had", "has", "have", "he", "her", "here", "his", "how", "i", "if",
        "in", "is", "it", "its", "mr", "mrs", "ms", "my", "new", "no", "not", "of", "on", "one",
        "or", "our", "said", "says", "she", "so", "that", "the", "their", "there", "these", "they",
        "this", "those", "three", "to", "two", "was", "we", "were", "what", "when", "where",
        "which", "while", "who", "why", "with", "are", "yes", "you",
    }
)  # fmt: skip


class Name(NamedTuple):
    """A name or a number in lower case, and where it starts."""

    start: int
    text: str

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()


def bare(word: str) -> str:
    """Return a word in lower case, without the `'s` of a possessor."""
    return word.lower().replace("’", "'").removesuffix("'s")


def names(text: str, known: Container[str]) -> Iterator[Name]:
    """Yield the single names and numbers of a text whose words are not known from the question.

    The first word of a sentence is one only where another name follows.
    """
    for match in _NAME.finditer(text):
        word = bare(match.group())
        if word in known or word in _NO_NAMES:
            continue
        start = match.start()
        opens = start == 0 or text[start - 1 : start] == "\n" or _follows_an_end(text, start)
        if opens and not word[0].isdigit() and not _NAME.match(text, match.end() + 1):
            continue
        yield Name(start, word)


def full_names(text: str, known: frozenset[str]) -> Iterator[Name]:
    """Yield the names of two and more words that are not made of known words alone."""
    for match in _FULL_NAME.finditer(text):
        words = match.group().split()
        if not known.issuperset(map(bare, words)):
            yield Name(match.start(), " ".join(words))


def _follows_an_end(text: str, start: int) -> bool:
    return start > 1 and text[start - 2] in _BEFORE_A_SENTENCE
