"""A page's bytes to text, whatever they claim to be. Never fails, and knows nothing of HTML.

What a server or a page says of its charset is often wrong, what the bytes say is not: text in any
other charset that has letters beyond ASCII is hardly ever valid UTF-8 by chance.
"""

from __future__ import annotations

import re

from index.errors import FileRefusedError
from index.ingestion.charsets import declared_charset, known_charset
from index.ingestion.decoding import marked_encoding

_MARK = "\ufeff"
_REPLACEMENT = "\ufffd"
# these charsets are made of ASCII bytes, so that they are valid UTF-8
_OF_ASCII_BYTES = frozenset({"iso2022_jp"})
_LAST_RESORT = "cp1252"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# what no text has: characters that end strings elsewhere, halves of characters, and no characters
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def page_text(body: bytes, charset: str | None) -> str:
    """Decode a page; `charset` is what its server said. Bytes that mean nothing become U+FFFD."""
    return cleaned(_decoded(body, charset)).removeprefix(_MARK)


def cleaned(text: str) -> str:
    """Leave out control characters, and replace halves of characters, as JSON may hold them."""
    return _IMPOSSIBLE.sub(lambda found: "" if found[0] < "\x80" else _REPLACEMENT, text)


def _decoded(body: bytes, charset: str | None) -> str:
    marked = marked_encoding(body)
    if marked:
        return body.decode(marked, "replace")
    claimed = _claimed(body, charset)
    tried = [name for name in claimed if name in _OF_ASCII_BYTES] + ["utf-8"] + claimed
    for name in tried:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return _most_of(body, claimed)


def _claimed(body: bytes, charset: str | None) -> list[str]:
    """Name the charsets that the server and the page speak of, known ones only."""
    of_server = known_charset(charset) if charset else None
    try:
        of_page = declared_charset(body)
    except FileRefusedError:
        of_page = None
    return [name for name in (of_server, of_page) if name]


def _most_of(body: bytes, claimed: list[str]) -> str:
    """Decode a text with broken bytes: as UTF-8 where that makes sense of more than it loses."""
    text = body.decode("utf-8", "replace")
    if 2 * text.count(_REPLACEMENT) <= len(_BEYOND_ASCII.findall(text)):
        return text
    others = [name for name in claimed if name != "utf-8"]
    return body.decode(others[0] if others else _LAST_RESORT, "replace")
