"""Seams at which nobody doubts that a sentence ends, told by one look at the words beside them.

Most news sentences end like "... the county said. The bridge ...": an ordinary word of Latin
letters, or a number, one mark and perhaps one quote after it, a space, and a word in Latin letters
that opens with a capital. There no rule of sentence_rules.py objects and Punkt always agrees, so
that neither need be asked; what stands before such a seam has no say in what comes after it.
Whatever looks any different is no plain seam, which never means that no sentence ends there.
"""

from __future__ import annotations

import re

from index.analysis.abbreviations import ABBREVIATIONS, NAME_TAILS

_LONGEST_WORD = 40
_PLAIN = re.compile(
    r"[\"“(]?(?P<word>(?:[A-Za-z]+-)?(?P<last>[A-Za-z]{2,}|(?P<number>[0-9]+)))"
    r"(?:\.[\"'”’)\]]?|[?!]) "
    rf"[\"“‘'(]?(?!(?i:{'|'.join(sorted(map(re.escape, NAME_TAILS)))}))[A-Z]"
)


def is_plain(text: str, mark: int, end: int, before: int) -> bool:
    """Whether the seam from its `mark` to its `end` in `text` is a plain one.

    `before` is where the seam before it ends, or where the text begins: a number that stands there
    is one of a list.
    """
    space = text.rfind(" ", max(mark - _LONGEST_WORD, 0), mark)
    found = _PLAIN.match(text, space + 1) if space >= 0 else None
    if not found or not found.start("word") < mark < end < found.end():
        return False
    if found["last"].lower() in ABBREVIATIONS or found["word"].lower() in ABBREVIATIONS:
        return False
    return not found["number"] or (space > before and not text[space - 1].isspace())
