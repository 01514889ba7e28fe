"""A question as words that know where they stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.follow_ups.lexicon import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"\w(?:[\w’'&.-]*\w)?")
_POSSESSOR = re.compile(r"['’]s?$")
_EDGES = " \t\n?!.,;:–-"


class Word(NamedTuple):
    """A word at `text[start:end]` of a question, and as it is looked up."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In lower case, with straight apostrophes."""
        return self.text.lower().replace("’", "'")

    @property
    def is_capital(self) -> bool:
        """Whether it is written as names are, and is no word of the language's frame."""
        return self.text[0].isupper() and self.lower not in FUNCTION_WORDS

    @property
    def has_content(self) -> bool:
        """Whether it says what is asked about."""
        return self.lower.removesuffix("'s") not in FUNCTION_WORDS


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order."""
    return [Word(match.group(), *match.span()) for match in _WORD.finditer(text)]


def content_count(words: Iterable[Word]) -> int:
    """Count the words that say what is asked about."""
    return sum(word.has_content for word in words)


def bare(text: str) -> str:
    """Return a text without the marks and spaces around it."""
    return text.strip(_EDGES)


def unpossessed(text: str) -> str:
    """Return a name without the `'s` of a possessor."""
    return _POSSESSOR.sub("", text)


def possessor(text: str) -> str:
    """Return a name as that of a possessor."""
    return text if _POSSESSOR.search(text) else f"{text}'s"


def asked(text: str) -> str:
    """Return a text as a question: a capital before it and a question mark behind."""
    text = bare(text)
    return f"{text[:1].upper()}{text[1:]}?"
