"""Titles: found in a text, or made from its first words. Plain functions of text."""

from __future__ import annotations

import re

MAX_TITLE_CHARACTERS = 500

_MAX_HEADLINE_CHARACTERS = 150
_MAX_MADE_CHARACTERS = 80
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_CLOSERS = "\"'”’»)]*_ \t"
# Twenty characters keep "Mr." and "Jan. 5" from passing for sentences.
_FIRST_SENTENCE = re.compile(r".{20,%d}?[.!?][\"”’)]*(?=\s|$)" % (_MAX_MADE_CHARACTERS - 2))


def squeezed(text: str) -> str:
    """The text on one line: every run of white space is one blank, none at the ends."""
    return " ".join(text.split())


def shortened(text: str, max_characters: int) -> str:
    """At most `max_characters`, cut between words where there are any, and then ended by `…`."""
    if len(text) <= max_characters:
        return text
    cut = text[: max_characters - 1]
    if not text[max_characters - 1].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip() + "…"


def headline(text: str) -> str | None:
    """The first line of a plain text, if it looks like a headline.

    It does when it is short, ends without a full stop, and is followed by more text that does not
    go on in lower case (which would make it the first line of a wrapped paragraph).
    """
    lines = _LINE.finditer(text)
    first, second = next(lines, None), next(lines, None)
    if first is None or second is None:
        return None
    line = squeezed(first[0])
    is_sentence = line.rstrip(_CLOSERS).endswith((".", "…", ",", ";"))
    is_wrapped = second[0].lstrip()[0].islower()
    is_short = len(line) <= _MAX_HEADLINE_CHARACTERS
    return line if is_short and not is_sentence and not is_wrapped else None


def heading(text: str) -> str | None:
    """The words of a Markdown text's leading `# Heading`."""
    first = _LINE.search(text)
    match = _HEADING.fullmatch(first[0].strip()) if first else None
    return squeezed(match[1]) or None if match else None


def made_title(text: str) -> str:
    """A title for a text without one: its first sentence, or what fits of it, and `…`."""
    first = _LINE.search(text)
    line = squeezed(first[0][: MAX_TITLE_CHARACTERS * 4]) if first else ""
    sentence = _FIRST_SENTENCE.match(line)
    return sentence[0] if sentence else shortened(line, _MAX_MADE_CHARACTERS)
