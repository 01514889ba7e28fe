"""What stands around a quote in its article: offsets only, so that nothing of it is changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.analysis.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    Span = tuple[int, int]

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_ENDS = re.compile(r"\n\s*")


def around(text: str, start: int, end: int, most: int) -> Span:
    """Return where the paragraph that holds `text[start:end]` begins and ends.

    A quote that is a whole paragraph brings its neighbours along. At most `most` code points: a
    longer paragraph is cut where its sentences end, a longer quote stays as it is.
    """
    paragraphs = _paragraphs(text)
    first, last = _holding(paragraphs, start, end)
    # what was quoted may begin or end between paragraphs
    own = min(paragraphs[first][0], start), max(paragraphs[last][1], end)
    if own[1] - own[0] > most:
        sentences = split_sentences(text, *own)
        return _grown(sentences, *_holding(sentences, start, end), (start, end), most)
    if own[0] >= start and own[1] <= end:
        near = paragraphs[max(0, first - 1) : last + 2]
        return _grown(near, *_holding(near, start, end), (start, end), most)
    return own


def _paragraphs(text: str) -> list[Span]:
    """Return the paragraphs: between blank lines where there are any, else lines."""
    seams = list(_BLANK_LINES.finditer(text)) or list(_LINE_ENDS.finditer(text))
    starts = [0, *(seam.end() for seam in seams)]
    ends = [*(seam.start() for seam in seams), len(text)]
    spans = [_bare(text, *span) for span in zip(starts, ends, strict=True)]
    # blank lines at either end of a text are no paragraph
    return [span for span in spans if span[0] < span[1]] or [(0, len(text))]


def _bare(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _holding(spans: Sequence[Span], start: int, end: int) -> tuple[int, int]:
    """Return the first and the last of ascending spans that have something of a stretch."""
    touched = [n for n, (first, last) in enumerate(spans) if first < end and start < last]
    return (touched[0], touched[-1]) if touched else (0, len(spans) - 1)


def _grown(spans: Sequence[Span], first: int, last: int, quote: Span, most: int) -> Span:
    """Return the quote with the spans before and after it, in turns, as far as there is room."""
    if not spans:
        return quote
    start, end = min(spans[first][0], quote[0]), max(spans[last][1], quote[1])
    if end - start > most:
        return quote
    is_growing = True
    while is_growing:
        is_growing = False
        if last + 1 < len(spans) and spans[last + 1][1] - start <= most:
            last += 1
            end, is_growing = spans[last][1], True
        if first > 0 and end - spans[first - 1][0] <= most:
            first -= 1
            start, is_growing = spans[first][0], True
    return start, end
