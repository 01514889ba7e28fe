"""The spans that could be quoted: one to three adjacent sentences of one passage.

Offsets only; the words of an article are never copied, joined or trimmed inside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.analysis.sentences import split_sentences
from index.analysis.wrapping import joined_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.model import Passage

LONGEST_QUOTE = 400
MOST_SENTENCES = 3

Span = tuple[int, int]


def sentences_of(passage: Passage) -> list[Span]:
    """Return the sentences of a passage, as offsets into its article.

    Lines that were broken only to fit a width are read as one. A sentence too long to be quoted is
    cut where words end, so that every part can be.
    """
    text = passage.article.text
    spans: list[Span] = []
    for first, last in joined_lines(passage.text):
        line = passage.start + first, passage.start + last
        for start, end in split_sentences(text, *line):
            spans.extend(_cut(text, start, end))
    return spans


def windows(sentences: list[Span]) -> Iterator[tuple[int, int]]:
    """Yield each run of sentences short enough to quote, as (first, last) positions, inclusive."""
    for first in range(len(sentences)):
        for last in range(first, min(first + MOST_SENTENCES, len(sentences))):
            if sentences[last][1] - sentences[first][0] > LONGEST_QUOTE:
                break
            yield first, last


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST_QUOTE:
        limit = start + LONGEST_QUOTE
        cut = max(
            (m.end() for m in re.finditer(r"[,;:–—](?=\s)", text[start:limit])),
            default=0,
        )
        if cut < LONGEST_QUOTE // 2:
            cut = max(text.rfind(" ", start, limit) - start, 0) or LONGEST_QUOTE
        # more than one space may stand before what is cut off
        yield start, start + len(text[start : start + cut].rstrip())
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
