"""HTML as a stream of tags and texts, in time linear in its length, whatever it holds.

A tokenizer after the WHATWG standard (§13.2.5) as far as reading text needs it. The standard
library's `html.parser` is not used: on Python 3.11, 200 kB of `<!--` take it a quarter of a minute
and 200 kB of `<a ` many minutes. Knows no element's meaning but which hold raw text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BLANK = r"[ \t\n\r\f]"
_TAG = re.compile(r"<(/?)([a-zA-Z][^ \t\n\r\f/>]*+)")
# no group with `?+`, of which Python before 3.11.5 keeps what it began to match
# (https://github.com/python/cpython/issues/106052)
_ATTRIBUTE = re.compile(rf"[ \t\n\r\f/]*+([^ \t\n\r\f/>][^ \t\n\r\f/>=]*+)({_BLANK}*+={_BLANK}*+)?")
_UNQUOTED = re.compile(r"[^ \t\n\r\f>]*+")
_TAG_END = re.compile(r"[ \t\n\r\f/]*+>")
_RAW = {
    name: re.compile(rf"</{name}(?={_BLANK}|[/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
# Beyond any code point, and beyond the digits that `int` takes.
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{9,}+|[xX][0-9a-fA-F]{9,}+);?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag with its attributes (names in lower case, the first of a name), or an end tag."""

    name: str
    attributes: Mapping[str, str]
    is_end: bool = False


def tokens(page: str) -> Iterator[Tag | str]:
    """Yield the tags, and the texts between them with character references resolved.

    Comments, declarations and processing instructions are passed over. As in a browser, what never
    ends (a comment, a tag, a script) lasts until the end of the page.
    """
    position = 0
    while position < len(page):
        start = page.find("<", position)
        if start != position:
            yield unescaped(page[position : start if start >= 0 else len(page)])
        if start < 0:
            return
        token, position = _token(page, start)
        if token:
            yield token
        if isinstance(token, Tag) and not token.is_end and token.name in _RAW:
            end = _RAW[token.name].search(page, position)
            start, position = position, end.start() if end else len(page)
            yield unescaped(page[start:position])


def unescaped(text: str) -> str:
    """Resolve the character references of a text; an impossible one becomes U+FFFD."""
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def _token(page: str, start: int) -> tuple[Tag | str, int]:
    """Read what begins with the `<` at `start` ("" if it says nothing), and tell where it ends."""
    if page.startswith("<!--", start):
        return "", _after(page, "-->", start + 2)
    if page.startswith(("<!", "<?"), start):
        return "", _after(page, ">", start)
    opening = _TAG.match(page, start)
    if opening is None:
        return "<", start + 1
    attributes, position = _attributes(page, opening.end())
    return Tag(opening[2].lower(), attributes, is_end=bool(opening[1])), position


def _attributes(page: str, position: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while attribute := _ATTRIBUTE.match(page, position):
        position = attribute.end()
        value = ""
        if attribute[2]:
            value, position = _attribute_value(page, position)
        found.setdefault(attribute[1].lower(), value)
    end = _TAG_END.match(page, position)
    return found, end.end() if end else len(page)


def _attribute_value(page: str, position: int) -> tuple[str, int]:
    quote = page[position : position + 1]
    if quote in {'"', "'"}:
        end = page.find(quote, position + 1)
        end = len(page) if end < 0 else end
        return unescaped(page[position + 1 : end]), end + 1
    match = _UNQUOTED.match(page, position)
    return (unescaped(match[0]), match.end()) if match else ("", position)


def _after(page: str, mark: str, position: int) -> int:
    found = page.find(mark, position)
    return len(page) if found < 0 else found + len(mark)
