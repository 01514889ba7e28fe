"""A story's text as a feed holds it, HTML or plain, to paragraphs of plain text.

Knows what elements mean, and no feed. Lines that are only links lead elsewhere and are left out;
those at the end are kept aside, since they may say that the story goes on there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.ingestion.elements import BLOCKS, PROSE, SKIPPED
from index.ingestion.markup import Tag, tokens, unescaped

MAX_MARKUP_CHARACTERS = 1_000_000  # of one entry; news is a hundredth of that

_SKIPPED = SKIPPED | {"figcaption", "title"}
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v\xa0]*\n")
_WORD = re.compile(r"\w")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|img|ul|ol|li|h[1-6]|blockquote|figure|table|tr|td|font"
    r"|center|small|sup|sub|pre|code|hr|iframe|section|article)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of lines, and the lines of only links that came after the last of them."""

    paragraphs: tuple[str, ...]
    last_links: tuple[str, ...] = ()


def prose_of(value: str, *, is_markup: bool) -> Prose:
    """Read a text; what was escaped once too often is read once more."""
    value = plain(value[:MAX_MARKUP_CHARACTERS])
    prose = _flattened(value) if is_markup or _MARKUP.search(value) else _folded(value)
    if any(map(_MARKUP.search, prose.paragraphs)):
        prose = _flattened("\n\n".join(prose.paragraphs).replace("\n\n", "<p>"))
    return Prose(tuple(map(_resolved, prose.paragraphs)), prose.last_links)


def line_of(value: object, *, is_markup: bool = False) -> str:
    """Read a title or a name: one line, without markup, entities resolved.

    Where it is not said to be markup, a tag that nobody writes about (`<b>`) makes it that.
    """
    if not isinstance(value, str):
        return ""
    value = value[:MAX_MARKUP_CHARACTERS]
    if is_markup:
        value = _shown(value)
    if _MARKUP.search(value) or _MARKUP.search(value := _resolved(value)):
        value = _shown(value)
    return " ".join(plain(_resolved(value)).split())


def plain(value: str) -> str:
    """Leave out what is no text: control characters, and halves of surrogate pairs."""
    return _CONTROLS.sub("", value).encode("utf-8", "ignore").decode()


def _shown(markup: str) -> str:
    """Give the texts of a line of HTML, without those that no browser shows."""
    texts: list[str] = []
    is_unseen = False
    for token in tokens(markup):
        if isinstance(token, Tag):
            is_unseen = not token.is_end and token.name in {"script", "style"}
        elif not is_unseen:
            texts.append(token)
    return "".join(texts)


def _resolved(text: str) -> str:
    return _ENTITY.sub(lambda found: unescaped(found[0]), text) if "&" in text else text


def _folded(text: str) -> Prose:
    """Take a plain text: a blank line ends a paragraph, a line's end is a blank."""
    parts = (" ".join(part.split()) for part in _BLANK_LINE.split(text))
    return Prose(tuple(part for part in parts if part))


def _flattened(markup: str) -> Prose:
    if "<" not in markup:  # nothing but entities: its lines are the writer's
        return _folded(unescaped(markup))
    fragment = _Fragment()
    for token in tokens(markup):
        fragment.take(token)
    return fragment.prose()


class _Fragment:
    """What has been met of one fragment so far."""

    def __init__(self) -> None:
        self._open_skipped = dict.fromkeys(_SKIPPED, 0)
        self._skipped_count = 0
        self._is_in_link = False
        self._pieces: list[str] = []
        self._has_own_words = False
        self._lines: list[str] = []
        self._paragraphs: list[str] = []
        self._last_links: list[str] = []

    def take(self, token: Tag | str) -> None:
        """Take the next tag or text."""
        if isinstance(token, Tag):
            self._take_tag(token)
        elif not self._skipped_count:
            folded = _BLANKS.sub(" ", token)
            self._pieces.append(folded)
            if not self._is_in_link and _WORD.search(folded):
                self._has_own_words = True

    def prose(self) -> Prose:
        """Give what the fragment came to."""
        self._end_paragraph()
        return Prose(tuple(self._paragraphs), tuple(self._last_links))

    def _take_tag(self, tag: Tag) -> None:
        name = tag.name
        if name in _SKIPPED:
            if name in BLOCKS:
                self._end_paragraph()
            self._skip(name, is_end=tag.is_end)
        elif self._skipped_count:
            return
        elif name == "br":
            self._end_line()
        elif name == "a":
            self._is_in_link = not tag.is_end and "href" in tag.attributes
        elif name in BLOCKS:
            self._end_paragraph()
            if tag.is_end and name in PROSE:
                self._is_in_link = False  # a link that its writer forgot to end

    def _skip(self, name: str, *, is_end: bool) -> None:
        step = -1 if is_end else 1
        if self._open_skipped[name] + step >= 0:
            self._open_skipped[name] += step
            self._skipped_count += step

    def _end_line(self) -> None:
        line = " ".join("".join(self._pieces).split(" ")).strip()
        line = _BLANKS.sub(" ", line)
        if line and self._has_own_words:
            self._lines.append(line)
            self._last_links.clear()
        elif line:
            self._last_links.append(line)
        else:
            self._close_paragraph()  # two breaks in a row
        self._pieces.clear()
        self._has_own_words = False

    def _end_paragraph(self) -> None:
        self._end_line()
        self._close_paragraph()

    def _close_paragraph(self) -> None:
        if self._lines:
            self._paragraphs.append("\n".join(self._lines))
            self._lines.clear()
