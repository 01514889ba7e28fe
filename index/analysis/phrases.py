"""Whether a text holds some words one after another. Knows no stems: a phrase is what was written.

Case, accents and what stands between the words do not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis.folding import fold
from index.analysis.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence


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
