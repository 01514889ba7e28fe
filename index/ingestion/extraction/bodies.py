"""A page's article as plain text: what trafilatura finds, else what the page gives in JSON-LD.

Precision first: a paragraph of the page's furniture that is quoted is worse than one that is
missing. Only where nearly nothing is found are looser ways tried.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from index.ingestion.elements import BLOCKS, SKIPPED
from index.ingestion.extraction.decoding import cleaned
from index.ingestion.extraction.joiners import with_hidden_joiners, with_shown_joiners
from index.ingestion.markup import Tag, tokens, unescaped
from index.ingestion.titles import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.ingestion.extraction.linked_data import Node
    from index.ingestion.extraction.trees import Tree

ENOUGH_CHARACTERS = 250

_MARKUP = re.compile(
    r"</?(?:p|br|div|a|b|i|em|strong|ul|li|h[1-6]|span)\b[^<>]{0,500}>", re.IGNORECASE
)


def body_lines(
    tree: Tree, article: Node, story: Callable[[list[str]], list[str]]
) -> tuple[list[str], str]:
    """Give the lines of the article, and by which of the ways they were found.

    `story` leaves out of lines those that are not the story's: what counts is what it leaves.
    """
    best: tuple[list[str], str] = ([], "")
    ways: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        ("precise", lambda: _found_by_trafilatura(tree, favor_precision=True)),
        ("loose", lambda: _found_by_trafilatura(tree, favor_precision=False)),
        ("stated", lambda: stated_lines(article.get("articleBody"))),
    )
    for name, find in ways:
        lines = story(find())
        if _size(lines) > _size(best[0]):
            best = (lines, name)
        if _size(lines) >= ENOUGH_CHARACTERS:
            break
    return best


def stated_lines(written: object) -> list[str]:
    """Give the lines of a text that a page states in JSON-LD, where it may hold markup."""
    if isinstance(written, list):
        written = "\n".join(each for each in written if isinstance(each, str))
    if not isinstance(written, str):
        return []
    text = cleaned(written)
    if "&lt;" in text:
        text = unescaped(text)
    return lines_of(_text_of(text) if _MARKUP.search(text) else unescaped(text))


def lines_of(text: str) -> list[str]:
    """Give the lines that are not blank, each with single blanks."""
    return [line for each in text.splitlines() if (line := squeezed(each))]


def _found_by_trafilatura(tree: Tree, *, favor_precision: bool) -> list[str]:
    from trafilatura import bare_extraction

    # its type says that it may be a dictionary, as it was in earlier versions
    found: Any = bare_extraction(
        with_hidden_joiners(tree),
        favor_precision=favor_precision,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
    )
    return lines_of(with_shown_joiners(cleaned(found.text or ""))) if found else []


def _text_of(markup: str) -> str:
    pieces = []
    skipped = ""
    for token in tokens(markup):
        if isinstance(token, str):
            pieces += [] if skipped else [token]
        elif token.name in SKIPPED:
            skipped = _skipped_after(token, skipped)
        elif token.name in BLOCKS or token.name == "br":
            pieces.append("\n")
    return "".join(pieces)


def _skipped_after(tag: Tag, skipped: str) -> str:
    if tag.is_end:
        return "" if tag.name == skipped else skipped
    return skipped or tag.name


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))
