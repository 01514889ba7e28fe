"""Where a site has its feeds: what its pages name, what robots.txt names, the usual places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from index.ingestion.feeds.addresses import absolute
from index.ingestion.feeds.encodings import text_of
from index.ingestion.feeds.fragments import line_of
from index.ingestion.markup import Tag, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
)
_PLACES = ("/feed", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml")
_LOOKS_LIKE_A_FEED = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)(?:/|$|\.(?:xml|rss|json))|\.(?:rss|atom)$", re.IGNORECASE
)
_OF_COMMENTS = re.compile(r"\bcomments?\b|/comments/", re.IGNORECASE)
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_MAX_FOUND = 50


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names, or seems to link to (`is_guess`)."""

    url: str
    title: str | None = None
    is_guess: bool = False


def discover(body: bytes, url: str) -> tuple[FoundFeed, ...]:
    """Return the feeds of a page, in its order; guesses only where it names none."""
    named: dict[str, FoundFeed] = {}
    guessed: dict[str, FoundFeed] = {}
    for token in tokens(text_of(body, None)):
        if not isinstance(token, Tag) or token.is_end or token.name not in {"link", "a"}:
            continue
        address = absolute(token.attributes.get("href"), url)
        if address is None or len(named) + len(guessed) >= _MAX_FOUND:
            continue
        if token.name == "link" and _is_alternate(token.attributes):
            title = line_of(token.attributes.get("title"))
            if not _OF_COMMENTS.search(f"{title} {address}"):
                named.setdefault(address, FoundFeed(address, title or None))
        elif token.name == "a" and _LOOKS_LIKE_A_FEED.search(address.partition("?")[0]):
            guessed.setdefault(address, FoundFeed(address, is_guess=True))
    return tuple(named.values()) or tuple(guessed.values())


def candidates(url: str) -> tuple[str, ...]:
    """Return the places where sites most often have a feed."""
    return tuple(urljoin(url, place) for place in _PLACES)


def sitemaps_in(robots_txt: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names, those of news first."""
    found = [line[1] for line in _SITEMAP.finditer(robots_txt[:500_000])]
    return tuple(dict.fromkeys(sorted(found, key=lambda each: "news" not in each.lower())))


def _is_alternate(attributes: Mapping[str, str]) -> bool:
    rel = attributes.get("rel", "").lower().split()
    return "alternate" in rel and attributes.get("type", "").strip().lower() in _TYPES
