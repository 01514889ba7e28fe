"""Which stretches of a text are words: one regular expression, made at its first use.

U.S. a.m.        letters with periods, without the last period
AT&T Q&A         short names with an ampersand
1,500 3.5 2:30   numbers with separators
5bn 10pm         a number and its unit are two words
don't O’Neill    letters and digits in any script, with apostrophes inside
東京 ประเทศ        a run of a script without spaces, which is cut into pairs of characters
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Thai, Lao, Myanmar, Khmer, Kana, Han, Hangul
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_JOINERS = "\u00ad\u200b-\u200d\u2060"
_UNITS = "am|pm|bn|tn|mn|km|kg|cm|mm|mph|kph|mb|gb|tb"


def words(text: str) -> list[str]:
    """Return the words of `text`, in reading order."""
    if text.isascii() or not _unspaced_character().search(text):
        return _spaced_word().findall(text)
    return [text[start:end] for start, end in word_spans(text)]


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the same words; pairs of characters overlap."""
    for found in _word().finditer(text):
        if found.lastgroup == "unspaced" and found.end() - found.start() > 1:
            yield from ((first, second + 1) for first, second in pairwise(range(*found.span())))
        else:
            yield found.span()


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script without spaces."""
    return _unspaced_character().match(character) is not None


@cache
def _unspaced_character() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(f"(?P<unspaced>[{_UNSPACED}]++)|{_spaced_word().pattern}")


@cache
def _spaced_word() -> re.Pattern[str]:
    """Match a word of a script with spaces. Without groups, so that `findall` gives words."""
    # a mark or joiner is no letter to `re`, yet belongs to the letter before it
    trailing = f"{_marks()}{_JOINERS}"
    inside = f"(?:[^\\W_{_UNSPACED}][{trailing}]*+)"
    letter = f"[^\\W\\d_{_UNSPACED}]"
    return re.compile(
        # most words are this plain, and told so at once
        f"[A-Za-z]{{2,}}+(?![&'’\\w{trailing}])"
        f"|(?<![^\\W_])(?:{letter}\\.)+{letter}(?![^\\W_])"
        f"|(?<![^\\W_]){letter}{{1,3}}&{letter}{{1,3}}(?![^\\W_])"
        r"|\d{1,3}(?:,\d{2,3})+(?!\d)(?:\.\d+)?|\d+(?:[.:]\d+)+"
        f"|\\d+(?=(?:{_UNITS})(?![^\\W_]))"
        # not `*+`: before Python 3.11.5 that keeps an apostrophe with no letter after it
        # (https://github.com/python/cpython/issues/106052)
        f"|{inside}++(?:['’]{inside}++)*"
    )


def _marks() -> str:
    """Return the combining marks of all scripts, as ranges for a character class."""
    codes = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
    codes += [code for code in range(0x10000, min(0x1F000, sys.maxunicode)) if _is_mark(code)]
    breaks = [at for at in range(1, len(codes)) if codes[at] != codes[at - 1] + 1]
    runs = pairwise([0, *breaks, len(codes)])
    return "".join(f"{chr(codes[begin])}-{chr(codes[end - 1])}" for begin, end in runs)


def _is_mark(code: int) -> bool:
    return unicodedata.category(chr(code)).startswith("M")
