"""Whether a text holds some words one after another. Knows no stems: a phrase is what was written.

Case, accents and what stands between the words do not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis.folding import fold
from index.analysis.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def folded_words(text: str) -> list[str]:
    """Return the words of a text in the form in which phrases compare them."""
    return [fold(word) for word in words(text)]


def holds_phrase(text: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether folded words hold others in a row; no words are in everything."""
    if not phrase:
        return True
    length = len(phrase)
    return any(
        text[at] == phrase[0] and list(text[at : at + length]) == list(phrase)
        for at in range(len(text) - length + 1)
    )


def is_by(author: str | None, names: Iterable[Sequence[str]]) -> bool:
    """Whether an article's author, where it is known, holds one of some names, as folded words."""
    if not author:
        return False
    words = folded_words(author)
    return any(name and holds_phrase(words, name) for name in names)
