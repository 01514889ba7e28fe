"""The names and numbers of a text, found by their capitals and digits. Knows no question.

No recogniser of entities: a capital after the first word of a sentence is taken for a name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(
    r"(?<![\w’'])(?:\d[\d,.]*\d|\d"
    # not the first word of a sentence or a line, unless another name follows
    r"|(?!\A)(?<!\n)(?<![.!?:”\"]\s)[A-Z][\w’'&.-]*\w"
    r"|[A-Z][\w’'&.-]*\w(?=\s[A-Z0-9][\w’'&.-]*\w))"
)
_FULL_NAME = re.compile(
    r"[A-Z][\w’'.-]*\w(?:\s+(?:(?:of|the|and|de|von|for|al)\s+)?[A-Z][\w’'.-]*\w)+"
)
# a text has few distinct names, and most come again in the next passage
_REMEMBERED_COUNT = 50_000
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


@lru_cache(maxsize=_REMEMBERED_COUNT)
def bare(word: str) -> str:
    """Return a word in lower case, without the `'s` of a possessor."""
    return word.lower().replace("’", "'").removesuffix("'s")


def names(text: str, known: frozenset[str]) -> Iterator[Name]:
    """Yield the single names and numbers of a text that are not known from the question."""
    for match in _NAME.finditer(text):
        word = bare(match.group())
        if word not in known and word not in _NO_NAMES:
            yield Name(match.start(), word)


def full_names(text: str, known: frozenset[str]) -> Iterator[Name]:
    """Yield the names of two and more words that are not made of known words alone."""
    for match in _FULL_NAME.finditer(text):
        words = match.group().split()
        if not known.issuperset(map(bare, words)):
            yield Name(match.start(), " ".join(words))
