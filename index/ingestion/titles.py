"""Titles: found in a text, or made from its first words. Plain functions of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TITLE_CHARACTERS = 500

_MAX_HEADLINE_CHARACTERS = 150
_MAX_MADE_CHARACTERS = 80
_LINE = re.compile(r"[^\r\n]+")
_LOOKED_AT_CHARACTERS = 4 * MAX_TITLE_CHARACTERS
_HEADING = re.compile(r"#{1,6} (.+?)(?: #+)?")
_CLOSERS = "\"'”’»)]*_"
# Twenty characters keep "Mr." and "Jan. 5" from passing for sentences.
_FIRST_SENTENCE = re.compile(r".{20,78}?[.!?][\"”’)]*(?=\s|$)")


def squeezed(text: str) -> str:
    """Put the text on one line, with single blanks."""
    return " ".join(text.split())


def shortened(text: str, max_characters: int) -> str:
    """Keep at most `max_characters`, cut between words where it can be, and then ended by `…`."""
    if len(text) <= max_characters:
        return text
    cut = text[: max_characters - 1]
    if not text[max_characters - 1].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip() + "…"


def headline(text: str) -> str | None:
    """Give the first line of a plain text, if it looks like a headline.

    It does when it is short, ends without a full stop, and is followed by more text that does not
    go on in lower case (which would make it the first line of a wrapped paragraph).
    """
    lines = _written_lines(text)
    line, follower = next(lines, ""), next(lines, "")
    if not follower or len(line) > _MAX_HEADLINE_CHARACTERS:
        return None
    is_sentence = line.rstrip(_CLOSERS).endswith((".", "…", ",", ";"))
    return None if is_sentence or follower[0].islower() else line


def heading(text: str) -> str | None:
    """Give the words of a Markdown text's leading `# Heading`."""
    match = _HEADING.fullmatch(next(_written_lines(text), ""))
    return match[1] if match else None


def made_title(text: str) -> str:
    """Make a title for a text without one: its first sentence, or what fits of it, and `…`."""
    line = next(_written_lines(text), "")
    sentence = _FIRST_SENTENCE.match(line)
    return sentence[0] if sentence else shortened(line, _MAX_MADE_CHARACTERS)


def _written_lines(text: str) -> Iterator[str]:
    """Yield the lines that are not blank, squeezed; of a long one only its start."""
    for match in _LINE.finditer(text):
        if line := match[0].strip():
            yield squeezed(line[:_LOOKED_AT_CHARACTERS])
