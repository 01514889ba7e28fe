"""How a feed's text ends: where more would follow, and what is said after the story. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.ingestion.feeds.fragments import Prose

MAX_TEXT_CHARACTERS = 200_000

_TAIL_CHARACTERS = 300
_ARROWS = r"[\s.…:»\u203a→⟶>)\]]*"
_CALL = (
    r"\(?(?:(?:Click|Tap) here (?:to|for)\b[^\n.!?]{0,80}"
    r"|(?:Continue|Keep) [Rr]eading\b[^\n.!?]{0,160}"
    r"|(?:Read|READ|Learn|See|View|Find out) (?:[Mm]ore|MORE)"
    r"(?: (?:at|on|here|about|from|in|of)\b[^\n.!?]{0,120})?"
    r"|(?:Read|View|See) (?:the |this )?(?:full|whole|entire|complete|original|rest of the|rest)"
    r" ?(?:story|article|post|text|report|piece|of this|entry|interview|review)?\b[^\n.!?]{0,80}"
    r"|(?:Full|Whole) (?:story|article|text)|Read on|[Mm]ore(?=\s?[…»→)\]]|\.\.\.)"
    r")"
)
_CALL_AT_END = re.compile(rf"(?:^|(?<=\n)|(?<=[.!?…\]\"”’»)])\s)\s*{_CALL}{_ARROWS}$")
_CALL_LINE = re.compile(rf"{_ARROWS}{_CALL}{_ARROWS}")
_COUNT_AT_END = re.compile(r"\s*\[\+\s?\d{1,9}\s(?:chars?|characters|words)\]$")
_DOTS_AT_END = re.compile(r"(?:…|\.\s?\.\s?\.)\s?[\])\"”’»]*$")
_FOOTER = re.compile(
    r"The (?:post|article) .{1,400}? (?:appeared first on|first appeared on|appeared on) .{1,200}",
    re.DOTALL,
)
_SHARING = frozenset(
    line.strip()
    for line in [
        "\n    share ",
        " tweet ",
        " pin ",
        " pin it ",
        " print ",
        " email ",
        " e-mail ",
        " comments ",
        " share this ",
        " share this:\n    ",
        " share this article ",
        " share this post ",
        " share this story ",
        " share on facebook ",
        " like this:\n    ",
        " like loading... ",
        " loading... ",
        " related ",
        " related: ",
        " advertisement\n    ",
    ]
)


@dataclass(frozen=True, slots=True)
class Ended:
    """A text without what only points to more, and whether it did."""

    text: str
    is_cut: bool


def ended(prose: Prose) -> Ended:
    """Put the paragraphs of a story together, without what only serves sharing or reading on."""
    paragraphs = [each for each in prose.paragraphs if not _is_footer(each)]
    text = "\n\n".join(paragraphs)
    text, is_too_long = _capped(text)
    text, points_on = _without_call(text)
    is_cut = (
        is_too_long
        or points_on
        or _DOTS_AT_END.search(text[-_TAIL_CHARACTERS:]) is not None
        or any(map(_CALL_LINE.fullmatch, prose.last_links))
    )
    return Ended(text, is_cut=bool(text) and is_cut)


def _is_footer(paragraph: str) -> bool:
    return paragraph.casefold() in _SHARING or (
        paragraph.startswith("The ") and _FOOTER.fullmatch(paragraph) is not None
    )


def _capped(text: str) -> tuple[str, bool]:
    if len(text) <= MAX_TEXT_CHARACTERS:
        return text, False
    cut = text[:MAX_TEXT_CHARACTERS]
    return cut.rpartition("\n\n")[0] or cut, True


def _without_call(text: str) -> tuple[str, bool]:
    """Take "Read more", "[+812 chars]" and the like off the end."""
    start = max(0, len(text) - _TAIL_CHARACTERS)
    tail = text[start:]
    for pattern in (_COUNT_AT_END, _CALL_AT_END):
        if found := pattern.search(tail):
            return text[: start + found.start()].rstrip(), True
    return text, False
