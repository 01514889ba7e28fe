"""Which passages can have a query's phrases, by a quick look at the texts of their articles.

Every term of a phrase may be in thousands of passages that do not have it. To read and fold all
these takes several times as long as to look whether their articles have the phrase, once each. A
passage that has the phrase always passes; what else does is up to `Wording`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.engines.protocol import PassageSource

_ASCII = bytes(range(128))
_ANYTHING = re.compile("")


class Prefilter:
    """For one query; remembers what it has seen of each article."""

    def __init__(self, phrases: Sequence[Sequence[str]], source: PassageSource):
        self._patterns = [_pattern(phrase) for phrase in phrases]
        self._source = source
        self._passes: dict[int, bool] = {}

    def passing(self, passage_ids: Sequence[int]) -> list[int]:
        """Return those of some passages that can have all phrases, in the same order."""
        article_of = self._source.articles_of(passage_ids)
        fresh = sorted(set(article_of.values()) - self._passes.keys())
        for number, texts in self._source.texts_of(fresh):
            self._passes[number] = self._can_hold(texts)
        return [each for each in passage_ids if self._passes.get(article_of.get(each, -1), False)]

    def _can_hold(self, texts: Sequence[str]) -> bool:
        plain = [_plain(text) for text in texts]
        return all(
            any(text is None or pattern.search(text) for text in plain)
            for pattern in self._patterns
        )


def _pattern(phrase: Sequence[str]) -> re.Pattern[str]:
    """Match where the folded words of a phrase follow each other, and perhaps elsewhere."""
    if not all(word.isascii() for word in phrase):
        return _ANYTHING
    return re.compile(r"[\W_]*".join(map(re.escape, phrase)))


def _plain(text: str) -> str | None:
    """Return a text in ASCII, its words as they are folded; None where that takes more than this.

    Marks go; so do signs, which are in no word.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.replace("’", "'"))
    rest = apart.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    if any(map(str.isalnum, set(rest.decode("utf-8", "surrogatepass")))):
        return None
    return apart.encode("ascii", "ignore").decode("ascii").lower()
