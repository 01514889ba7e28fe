"""An article's text to paragraphs, each of one kind. Knows no sentences, passages or terms.

Only what is surely not prose is called so: a line wrongly taken for furniture cannot be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from index.analysis.boilerplate import is_boilerplate
from index.analysis.captions import is_caption
from index.analysis.wrapping import joined_lines

MAX_HEADING_WORD_COUNT = 12
# more short lines than these in a row are a list or a table
_MAX_HEADINGS_IN_A_ROW = 2

_FINAL_MARK = re.compile(r"[.!?…:;,。\uff01\uff1f\"'”’»)\]|]$")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s")
# "Tiger Woods: +500", "Bears 16, Panthers 13": facts, where a heading would lose them
_DATA = re.compile(r":\s+\S|\d\D+\d")
_LIST_ITEM = re.compile(r"[-*+•·▪◦●–—>]\s|\d{1,3}[.)]\s")


class Kind(Enum):
    """What a paragraph is to a reader."""

    PROSE = "prose"
    HEADING = "heading"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text[start:end]` of an article, trimmed and never empty."""

    start: int
    end: int
    kind: Kind


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of `text` in order; all but white space is in one of them.

    A line is a paragraph, save in hard-wrapped text, where the lines between blank lines are one.
    """
    kinds = [Paragraph(start, end, _kind(text[start:end])) for start, end in joined_lines(text)]
    settled: list[Paragraph] = []
    for is_heading, group in groupby(kinds, lambda paragraph: paragraph.kind is Kind.HEADING):
        run = list(group)
        settled += _settled_headings(text, run) if is_heading else run
    return settled


def _kind(line: str) -> Kind:
    if _MARKDOWN_HEADING.match(line):
        return Kind.HEADING
    if is_boilerplate(line):
        return Kind.BOILERPLATE
    if is_caption(line):
        return Kind.CAPTION
    return Kind.HEADING if _is_short_title(line) else Kind.PROSE


def _is_short_title(line: str) -> bool:
    if _FINAL_MARK.search(line) or _LIST_ITEM.match(line) or _DATA.search(line):
        return False
    return len(line.split(maxsplit=MAX_HEADING_WORD_COUNT)) <= MAX_HEADING_WORD_COUNT


def _settled_headings(text: str, run: list[Paragraph]) -> list[Paragraph]:
    """Keep short lines as headings only where they are few; marked ones stay."""
    is_marked = [bool(_MARKDOWN_HEADING.match(text, p.start)) for p in run]
    if is_marked.count(False) <= _MAX_HEADINGS_IN_A_ROW:
        return run
    kinds = (Kind.HEADING if marked else Kind.PROSE for marked in is_marked)
    return [Paragraph(p.start, p.end, kind) for p, kind in zip(run, kinds, strict=True)]
