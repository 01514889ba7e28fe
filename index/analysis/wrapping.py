"""Lines of a text, and which of them were broken only to fit a width. Knows no kinds of lines.

Wrapped text is told by its cause: a line was broken because the next word would have passed the
width. Where most lines are that full, though their sentence goes on, full lines are joined with
what follows them. A blank line or the opening of a list item always ends a paragraph.
"""

from __future__ import annotations

import re
from itertools import pairwise

MIN_WIDTH = 50
MAX_WIDTH = 100

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_MIN_PAIR_COUNT = 3
# of the line breaks of wrapped text, how many come for want of room, and how many have some reason
_BROKEN_SHARE = 0.6
_EXPLAINED_SHARE = 0.9
# a few lines may be longer than the width: an address cannot be broken
_WIDTH_QUANTILE = 0.95
# how much shorter than the width a full line may be: programs differ in how they count
_SLACK = 0.9
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-*+•·▪>|]|#{1,6}|\d{1,3}[.)])\s")

Span = tuple[int, int]


def lines(text: str) -> list[Span]:
    """Return the trimmed spans of the lines of `text` that are not blank."""
    spans = []
    for found in _LINE.finditer(text):
        line = found[0]
        start = found.start() + len(line) - len(line.lstrip())
        if trimmed := line.strip():
            spans.append((start, start + len(trimmed)))
    return spans


def joined_lines(text: str) -> list[Span]:
    """Return the spans of lines; those of hard-wrapped text joined to paragraphs."""
    spans = lines(text)
    neighbours = [pair for pair in pairwise(spans) if _is_one_break(text, *pair)]
    width = _width([end - start for (start, end), _ in neighbours])
    if not _is_wrapped(text, neighbours, width):
        return spans
    joined = spans[:1]
    for before, after in pairwise(spans):
        if _is_one_break(text, before, after) and _is_full(text, before, after, width):
            joined[-1] = (joined[-1][0], after[1])
        else:
            joined.append(after)
    return joined


def _is_one_break(text: str, before: Span, after: Span) -> bool:
    gap = text[before[1] : after[0]]
    return len(_BREAK.findall(gap)) == 1 and not _ITEM.match(text, after[0])


def _width(lengths: list[int]) -> int:
    return sorted(lengths)[int(len(lengths) * _WIDTH_QUANTILE)] if lengths else 0


def _is_full(text: str, before: Span, after: Span, width: int) -> bool:
    first_word = text[after[0] : after[1]].split(maxsplit=1)[0]
    return before[1] - before[0] + 1 + len(first_word) > width * _SLACK


def _is_wrapped(text: str, neighbours: list[tuple[Span, Span]], width: int) -> bool:
    """Whether most lines were broken for want of room, and nearly all others end a sentence."""
    if len(neighbours) < _MIN_PAIR_COUNT or not MIN_WIDTH <= width <= MAX_WIDTH:
        return False
    broken_count = explained_count = 0
    for before, after in neighbours:
        is_full = _is_full(text, before, after, width)
        has_ended = bool(_SENTENCE_END.search(text, max(before[0], before[1] - 8), before[1]))
        broken_count += is_full and not has_ended
        explained_count += is_full or has_ended
    return broken_count >= _BROKEN_SHARE * len(
        neighbours
    ) and explained_count >= _EXPLAINED_SHARE * len(neighbours)
