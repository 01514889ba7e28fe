"""Whether a text holds an evidence sentence, or says an answer. Plain functions over strings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# so much of a sentence that straddles two passages makes each of them relevant
_ENOUGH_OF_A_SENTENCE = 0.4
_GRAM_LENGTH = 4
_WORD = re.compile(r"\w+")
# a currency and a point change what a number says; other marks change nothing
_NO_PART_OF_AN_ANSWER = re.compile(r"[^\w$%£€.]+")
# these are everywhere, and answer nothing by being there
_TOO_COMMON = frozenset({"", "yes", "no"})


def holds(text: str, evidence: str) -> bool:
    """Whether `text` has the evidence, white space aside, or 40 % of its word 4-grams."""
    if _without_space(evidence) in _without_space(text):
        return True
    wanted = _grams(evidence)
    return len(wanted & _grams(text)) >= _ENOUGH_OF_A_SENTENCE * len(wanted)


def says(text: str, answers: Iterable[str]) -> bool:
    """Whether `text` has one of the answers as whole words; case and most marks are ignored."""
    folded = _folded(text)
    told = [answer for answer in map(_folded, answers) if answer not in _TOO_COMMON]
    return any(re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", folded) for answer in told)


def _without_space(text: str) -> str:
    return "".join(text.split())


@lru_cache(maxsize=1024)
def _grams(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    count = max(1, len(words) - _GRAM_LENGTH + 1)
    return frozenset(tuple(words[at : at + _GRAM_LENGTH]) for at in range(count))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    return _NO_PART_OF_AN_ANSWER.sub(" ", plain).strip(" .")
