"""HTML files: a saved page's paragraphs and what its head says of the article.

Knows what elements mean, not how tags are written. Whitespace is HTML's and so is folded; the
text is the page's paragraphs with a blank line between them.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from index.errors import FileRefusedError
from index.ingestion.decoding import decoded
from index.ingestion.markup import Tag, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from index.ingestion.limits import Limits
    from index.ingestion.records import Record

_SKIPPED = frozenset(
    "script style nav header footer aside form noscript template svg iframe button select textarea"
    " object video audio canvas math dialog".split()
)
_PROSE = frozenset("p li blockquote pre dd h2 h3 h4 h5 h6".split())
_BLOCKS = _PROSE | frozenset(
    "html head body main article section div h1 ul ol dl dt hr table caption thead tbody tfoot tr"
    " th td figure figcaption address details summary fieldset center".split()
)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BLANKS_BUT_BREAKS = re.compile(" {2,}")
_BLANKS_AT_BREAK = re.compile(r" ?\n ?")

_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
# Codecs by Python's names. Others (zlib, punycode, …) are no charsets of the web; per WHATWG,
# Latin-1 means Windows-1252, and a page that says UTF-16 in ASCII letters is UTF-8.
_CHARSETS = frozenset(
    "utf-8 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 iso8859-2"
    " iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14"
    " iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic gb2312 gbk gb18030 big5 euc_jp"
    " shift_jis cp932 iso2022_jp euc_kr cp949".split()
)
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8", "utf-16-le": "utf-8"}


def read_page(stream: BinaryIO, _limits: Limits) -> Iterator[Record]:
    """The article of a page. Raises FileRefusedError: no paragraphs, or not in its charset."""
    raw = stream.read()
    page = _Page()
    for token in tokens(decoded(raw, _charset(raw[:_HEAD_BYTES]))):
        page.take(token)
    yield None, page.fields()


def _charset(head: bytes) -> str:
    declared = _DECLARED.search(head)
    if declared is None:
        return "UTF-8"
    label = declared[1].decode("ascii", "replace")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        name = ""
    name = _READ_AS.get(name, name)
    if name not in _CHARSETS:
        raise FileRefusedError(f"its charset {label} is unknown; save it as UTF-8")
    return name


class _Page:
    """What has been met of one page so far."""

    def __init__(self) -> None:
        self._metas: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._open_skipped = dict.fromkeys(_SKIPPED, 0)
        self._skipped_count = 0
        self._link_count = 0
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
        """The article's fields. Raises FileRefusedError when there is no text."""
        self._end_block()
        text = "\n\n".join(self._paragraphs())
        if not text:
            raise FileRefusedError("no paragraphs are found on this page")
        author = self._metas.get("author") or self._metas.get("article:author", "")
        return {
            "title": self._metas.get("og:title")
            or self._titles.get("title", self._titles.get("h1")),
            "text": text,
            "url": self._metas.get("canonical") or self._metas.get("og:url"),
            "source": self._metas.get("og:site_name"),
            "published": self._metas.get("article:published_time"),
            "author": None if "://" in author else author,  # Open Graph has profiles there
            "category": self._metas.get("article:section"),
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
        if not self._link_count and not folded.isspace():
            self._has_own_words = True

    def _take_tag(self, tag: Tag) -> None:
        name = tag.name
        if name in _SKIPPED:
            self._end_block()
            self._skip(name, is_end=tag.is_end)
        elif name in {"meta", "link"}:
            self._take_meta(tag.attributes)
        elif name == "br":
            self._pieces.append("\n")
        elif name == "a":
            self._link_count = 0 if tag.is_end else 1  # links do not nest
        elif name in _BLOCKS or name == "title":
            self._end_block()
            self._element = "" if tag.is_end else name

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
        text = _BLANKS_AT_BREAK.sub(
            "\n", _BLANKS_BUT_BREAKS.sub(" ", "".join(self._pieces))
        ).strip()
        if self._element == "h1":
            self._titles.setdefault("h1", text)
        elif text and self._has_own_words:  # a block that is only a link leads elsewhere
            self._blocks.append((self._element in _PROSE, text))
        self._pieces.clear()
        self._has_own_words = False
