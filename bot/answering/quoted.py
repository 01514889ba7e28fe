"""What a message quotes: what stands in a block quote, else in quotation marks, else all of it.

Undoes what Discord adds to a text: marks of emphasis, backslashes, masked links. Knows no news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.analysis.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_QUOTATIONS = 3
FEWEST_WORDS = 3
_LONGEST = 2000
_IN_MARKS = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|\"([^\"]+)\"")
_QUOTE_LINE = re.compile(r"\s{0,3}>(?:[^\S\n]|$)")
_QUOTE_TO_THE_END = re.compile(r"^\s{0,3}>>>\s+", re.MULTILINE)
_LINK = re.compile(r"(?<!\\)\[([^\]\n]+)\]\(\s*<?https?://[^\s)>]*>?[^)]*\)")
_SMALL = re.compile(r"^(?:-#|#{1,3})[^\S\n]+", re.MULTILINE)
_ADDED = re.compile(
    r"""
    \\([!-/:-@\[-`{-~])                 # a backslash before what shall be shown as it is
    | \*{2,3} | (?<!\s)\* | \*(?=\S)    # emphasis, not a lonely asterisk
    | __ | (?<!\w)_(?=\S) | (?<=\S)_(?!\w)
    | ~~ | \|\| | `{1,3}
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a message quotes: `text` as it is shown, `forms` as it may have been written."""

    text: str
    forms: tuple[str, ...]


def quotations(message: str) -> list[Quotation]:
    """Return the first three quotations of a message that have three words or more."""
    blocks = list(_blocks(message))
    marked = [next(filter(None, found.groups())) for found in _IN_MARKS.finditer(message)]
    for candidates in (blocks, marked, [message]):
        found = list(_long_enough(candidates))
        if found:
            return found[:MOST_QUOTATIONS]
    return []


def shown(text: str) -> str:
    """Return what Discord shows of a text, without its markup."""
    text = _SMALL.sub("", _LINK.sub(r"\1", text))
    return _ADDED.sub(lambda found: found[1] or "", text)


def _long_enough(candidates: Iterable[str]) -> Iterator[Quotation]:
    for each in candidates:
        raw = each.strip()[:_LONGEST]
        text = shown(raw).strip()
        if len(words(text)) >= FEWEST_WORDS:
            yield Quotation(text, tuple(dict.fromkeys(_forms(text, raw))))


def _forms(text: str, raw: str) -> Iterator[str]:
    """Yield what an article may have word for word: with its marks, or without those around it."""
    for each in (text, raw):
        yield each
        found = _IN_MARKS.fullmatch(each)
        if found:
            yield next(filter(None, found.groups())).strip()


def _blocks(message: str) -> Iterator[str]:
    to_the_end = _QUOTE_TO_THE_END.search(message)
    if to_the_end:
        yield from _blocks(message[: to_the_end.start()])
        yield message[to_the_end.end() :]
        return
    lines: list[str] = []
    for line in [*message.split("\n"), None]:
        found = _QUOTE_LINE.match(line) if line is not None else None
        if line is not None and found:
            lines.append(line[found.end() :])
        elif lines:
            yield "\n".join(lines)
            lines = []
