"""Messages taken apart into words; what stands in quotes stays together. Knows no commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTED = r'"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»'
_TOKEN = re.compile(rf"(?:{_QUOTED}|\S)+")
_WHOLE = re.compile(_QUOTED)
_AT_THE_END = ":,;.!?"


class Token(NamedTuple):
    """A word as it was typed."""

    text: str

    @property
    def word(self) -> str:
        """The word as it is compared: folded, without what ends a sentence or leads to a value."""
        return self.text.casefold().rstrip(_AT_THE_END)

    @property
    def leads_on(self) -> bool:
        """Whether it says itself that something follows: `since:`."""
        return self.text.endswith(":")


def tokens(text: str) -> list[Token]:
    """Return the words of a text."""
    return [Token(found[0]) for found in _TOKEN.finditer(text)]


def joined(words: Sequence[Token]) -> str:
    """Return words as a text."""
    return " ".join(each.text for each in words)


def unquoted(text: str) -> str:
    """Return a text without the quotes around all of it."""
    return text[1:-1].strip() if _WHOLE.fullmatch(text) else text


def compared(text: str) -> str:
    """Return a text as it is compared: its words folded, one space between any two."""
    return " ".join(each.word for each in tokens(unquoted(text.strip())))


def begins_with(words: Sequence[Token], name: Sequence[str]) -> bool:
    """Whether words begin with those of a name, which are folded."""
    return len(words) >= len(name) and all(
        token.word == each for token, each in zip(words, name, strict=False)
    )


def forms(name: str) -> set[tuple[str, ...]]:
    """Return how a name is typed: in one word, or with spaces in place of its hyphens."""
    return {
        tuple(each.word for each in tokens(written)) for written in (name, name.replace("-", " "))
    }
