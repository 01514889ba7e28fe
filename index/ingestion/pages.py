"""HTML files: a saved page's paragraphs and what its head says of the article.

Knows what elements mean, not how tags are written. Whitespace is HTML's and so is folded; the
text is the page's paragraphs with a blank line between them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.errors import FileRefusedError
from index.ingestion.charsets import declared_charset
from index.ingestion.decoding import decoded
from index.ingestion.elements import BLOCKS, PROSE, SKIPPED
from index.ingestion.markup import Tag, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from index.ingestion.limits import Limits
    from index.ingestion.records import Record

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BLANKS_BUT_BREAKS = re.compile(" {2,}")
_BLANKS_AT_BREAK = re.compile(r" ?\n ?")


def read_page(stream: BinaryIO, _limits: Limits) -> Iterator[Record]:
    """Yield the one article of a page.

    Raises FileRefusedError when it has no paragraphs, or is not written in its charset.
    """
    raw = stream.read()
    page = _Page()
    for token in tokens(decoded(raw, declared_charset(raw))):
        page.take(token)
    yield None, page.fields()


class _Page:
    """What has been met of one page so far."""

    def __init__(self) -> None:
        self._metas: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._open_skipped = dict.fromkeys(SKIPPED, 0)
        self._skipped_count = 0
        self._is_in_link = False
        self._element = ""
        self._pieces: list[str] = []
        self._has_own_words = False
        self._blocks: list[tuple[bool, str]] = []

    def take(self, token: Tag | str) -> None:
        """Take the next tag or text of the page."""
        if isinstance(token, Tag):
            self._take_tag(token)
        elif not self._skipped_count:
            self._take_text(token)

    def fields(self) -> Mapping[str, object]:
        """Give the article's fields. Raises FileRefusedError when there is no text."""
        self._end_block()
        text = "\n\n".join(self._paragraphs())
        if not text:
            raise FileRefusedError("no paragraphs are found on this page")
        metas = self._metas
        author = metas.get("author") or metas.get("article:author", "")
        return {
            "title": metas.get("og:title") or self._titles.get("title") or self._titles.get("h1"),
            "text": text,
            "url": metas.get("canonical") or metas.get("og:url"),
            "source": metas.get("og:site_name"),
            "published": metas.get("article:published_time"),
            "author": None if "://" in author else author,  # Open Graph has profiles there
            "category": metas.get("article:section"),
        }

    def _paragraphs(self) -> list[str]:
        prose = [text for is_prose, text in self._blocks if is_prose]
        everything = [text for _, text in self._blocks]
        # A page that sets its story in <div>s still has a cookie notice in a <p>.
        return prose if sum(map(len, prose)) * 2 >= sum(map(len, everything)) else everything

    def _take_text(self, text: str) -> None:
        if self._element == "title":
            self._titles.setdefault("title", text)
            return
        folded = _BLANKS.sub(" ", text)
        self._pieces.append(folded)
        if not self._is_in_link and not folded.isspace():
            self._has_own_words = True

    def _take_tag(self, tag: Tag) -> None:
        name = tag.name
        if name in {"meta", "link"}:
            self._take_meta(tag.attributes)
        elif name in SKIPPED:
            if name in BLOCKS:
                self._end_block()
            self._skip(name, is_end=tag.is_end)
        elif self._skipped_count:
            return
        elif name == "br":
            self._pieces.append("\n")
        elif name == "a":
            self._is_in_link = "href" in tag.attributes
        elif name in BLOCKS:
            self._end_block()
            self._element = "" if tag.is_end else name
            if tag.is_end and name in PROSE:
                self._is_in_link = False  # a link that its writer forgot to end

    def _skip(self, name: str, *, is_end: bool) -> None:
        step = -1 if is_end else 1
        if self._open_skipped[name] + step >= 0:
            self._open_skipped[name] += step
            self._skipped_count += step

    def _take_meta(self, attributes: Mapping[str, str]) -> None:
        if "canonical" in attributes.get("rel", "").lower().split():
            self._metas.setdefault("canonical", attributes.get("href", ""))
        name = attributes.get("property") or attributes.get("name") or ""
        if name:
            self._metas.setdefault(name.lower(), attributes.get("content", ""))

    def _end_block(self) -> None:
        words = _BLANKS_BUT_BREAKS.sub(" ", "".join(self._pieces))
        text = _BLANKS_AT_BREAK.sub("\n", words).strip()
        if self._element == "h1":
            self._titles.setdefault("h1", text)
        elif text and self._has_own_words:  # a block that is only a link leads elsewhere
            self._blocks.append((self._element in PROSE, text))
        self._pieces.clear()
        self._has_own_words = False
