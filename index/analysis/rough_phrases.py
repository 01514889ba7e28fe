"""Whether a text may hold a phrase, by a look that takes a fraction of the time of an exact one.

A text that holds the phrase always may; what else may is up to `phrases`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASCII, _BEYOND_ASCII = bytes(range(128)), bytes(range(128, 256))
_ANYTHING = re.compile("")


class RoughPhrase:
    """Folded words that stand in a row somewhere in a text, and perhaps in others."""

    def __init__(self, words: Sequence[str]):
        is_ascii = all(word.isascii() for word in words)
        between = r"[\W_]*".join(map(re.escape, words))
        self._pattern = re.compile(between) if is_ascii else _ANYTHING

    def may_be_in(self, text: str) -> bool:
        """Whether the text may hold the words in a row."""
        plain = _plain(text)
        return plain is None or self._pattern.search(plain) is not None


def _plain(text: str) -> str | None:
    """Return a text in ASCII, its words as they are folded; None where that takes more than this.

    Marks go; so do signs, which are in no word.
    """
    if text.isascii():
        return text.lower()
    text = text.replace("’", "'")
    encoded = text.encode("utf-8", "surrogatepass")
    if _has_letters(encoded.translate(None, _ASCII)):
        # most texts have signs alone, and need not be taken apart, which takes longer than the rest
        encoded = unicodedata.normalize("NFD", text).encode("utf-8", "surrogatepass")
        if _has_letters(encoded.translate(None, _ASCII)):
            return None
    return encoded.translate(None, _BEYOND_ASCII).decode().lower()


def _has_letters(encoded: bytes) -> bool:
    return any(map(str.isalnum, set(encoded.decode("utf-8", "surrogatepass"))))
