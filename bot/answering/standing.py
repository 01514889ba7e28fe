"""Whether a sentence stands alone, or needs another one to be understood. Knows words, no article.

A sentence that opens with "he" or "the statement" needs the one that names whom or what it means;
words in quotation marks need the one that says whose they are.
"""

from __future__ import annotations

import re

_LEANING = re.compile(
    r"^[\s“\"‘(]*+(?:(?:He|She|It|They|His|Her|Its|Their|Hers|Theirs|These|Those|Such|This|That)\b"
    r"|(?:But|And|However|Still|Yet|So|Meanwhile|Then|Later),?\s+(?:he|she|it|they|his|her|their)\b"
    r"|The (?:former|latter|statement|move|decision|announcement|pair|duo|two|group|ruling|measure"
    r"|incident|deal|agreement|plan|proposal|report|company|firm|actor|singer|author|suspect)\b"
    r"(?! (?:of|that|in|on|by|for|to|from|between|behind)\b))"
)
_ONLY_SPEECH = re.compile(r"^\s*[“\"](?P<said>[^”\"]*+)[”\"]?\s*$")
_SAYING = re.compile(
    r"\b(?:sa(?:id|ys)|told|tells|add(?:ed|s)|wr(?:ote|ites)|tweeted|according to|explain(?:ed|s)"
    r"|announced|argue[ds]|claim(?:ed|s)|insist(?:ed|s)|warn(?:ed|s)|asked|recalled|noted|continued"
    r"|stated|declared|joked)\b"
)


def dangles(text: str) -> bool:
    """Whether a sentence opens with a word for something that was named before it."""
    return _LEANING.match(text) is not None


def is_speech_alone(text: str) -> bool:
    """Whether a sentence is somebody's words, and does not say whose."""
    found = _ONLY_SPEECH.match(text)
    return found is not None and not _SAYING.search(text)


def names_a_speaker(text: str) -> bool:
    """Whether a sentence says that somebody said something."""
    return _SAYING.search(text) is not None
