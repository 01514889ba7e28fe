"""What a document is, told by how it begins; what it is instead, where it is no feed. Pure."""

from __future__ import annotations

import re
from enum import Enum, auto

from index.ingestion.feeds.model import FeedRefusedError
from index.ingestion.wording import quoted

_HEAD_CHARACTERS = 1 << 18
_JUNK_CHARACTERS = 20_000  # before a feed: warnings of PHP, blank lines
_NAME = re.compile(r"<([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})")
_LATER_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
_WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
# what a page may begin with where its writer left out its root, or put something before it
_PAGE_PARTS = frozenset({"script", "style", "meta", "link", "title", "div", "center", "br", "b"})
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a]")
_SIGNATURES = {"%PDF": "a PDF", "\x89PNG": "a picture", "GIF8": "a picture", "PK\x03\x04": "a ZIP"}


class Form(Enum):
    """How a document is to be read."""

    FEED = auto()  # RSS, Atom, RDF
    SITEMAP = auto()
    SITEMAP_INDEX = auto()
    JSON = auto()
    UNKNOWN_XML = auto()


_FORMS = {
    "rss": Form.FEED,
    "rdf": Form.FEED,
    "feed": Form.FEED,
    "channel": Form.FEED,
    "urlset": Form.SITEMAP,
    "sitemapindex": Form.SITEMAP_INDEX,
}


def form_of(text: str) -> Form:
    """Tell how to read a document. Raises FeedRefusedError, which says what it is instead."""
    head = text[:_HEAD_CHARACTERS].lstrip("\ufeff \t\r\n")
    if not head:
        raise FeedRefusedError("it is empty")
    if head[0] in "{[":
        return Form.JSON
    name = root_name(head).lower()
    if name in _FORMS:
        return _FORMS[name]
    if name == "html" or _WEB_PAGE.match(head):
        raise FeedRefusedError("it is a web page, not a feed")
    if found := _LATER_ROOT.search(head[:_JUNK_CHARACTERS]):
        return _FORMS[root_name(found[0]).lower()]
    if name == "opml":
        raise FeedRefusedError(
            "it is a list of feeds (OPML), not a feed; take it in with `pullquote feeds import`"
        )
    if name in _PAGE_PARTS and _WEB_PAGE.search(head[:_JUNK_CHARACTERS]):
        raise FeedRefusedError("it is a web page, not a feed")
    if name and head.startswith("<"):
        return Form.UNKNOWN_XML
    raise FeedRefusedError(f"it is {_other(head)}, not a feed")


def root_name(head: str) -> str:
    """Give the first element's name without its prefix; nothing where there is none."""
    position = 0
    while (start := head.find("<", position)) >= 0:
        if head.startswith("<!--", start):
            end = head.find("-->", start)
        elif head.startswith("<?", start):
            end = head.find("?>", start)
        elif head.startswith("<!", start):
            end = _declaration_end(head, start)
        else:
            found = _NAME.match(head, start)
            return found[2] if found else ""
        if end < 0:
            return ""
        position = end + 1
    return ""


def no_feed(name: str) -> FeedRefusedError:
    """Say that a document of XML is none of those that are read."""
    return FeedRefusedError(f"it is XML that begins with {quoted(name)}, not a feed")


def _declaration_end(head: str, start: int) -> int:
    end = head.find(">", start)
    subset = head.find("[", start, max(end, start))
    return head.find("]>", subset) + 1 or -1 if subset >= 0 else end


def _other(head: str) -> str:
    for signature, name in _SIGNATURES.items():
        if head.startswith(signature):
            return name
    if head.startswith("<"):
        return "XML with nothing in it"
    return "binary data" if _BINARY.search(head[:1000]) else "plain text"
