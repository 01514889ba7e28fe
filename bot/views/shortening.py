"""A text's beginning, cut where a reader would. Knows nothing of Discord.

What is cut is never called a quote: quotes are shown whole.
"""

from __future__ import annotations

import re

ELLIPSIS = "…"
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s)")
_LEAST_SHARE = 0.6


def shortened(text: str, longest: int) -> str:
    """Return `text`, or its beginning and an ellipsis: at most `longest` code points in all.

    The cut is after a sentence or between words when that keeps at least three fifths of what
    there is room for.
    """
    text = text.strip()
    if len(text) <= longest:
        return text
    room = text[: max(longest - 2, 0)]
    least = int(len(room) * _LEAST_SHARE)
    sentence_ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, len(room) + 1)]
    if sentence_ends and least <= sentence_ends[-1] <= len(room):
        return f"{room[: sentence_ends[-1]]} {ELLIPSIS}"
    word_end = len(room) if text[len(room)].isspace() else _last_space(room)
    if word_end < least:
        word_end = len(room)
    return f"{room[:word_end].rstrip()}{ELLIPSIS}"[:longest]


def _last_space(text: str) -> int:
    return max((match.start() for match in re.finditer(r"\s", text)), default=0)
