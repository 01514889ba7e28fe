"""What a feed, a sitemap or the like says, whatever its format. Values, and the one error."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.model import PublicationTime


class FeedRefusedError(SourceError):
    """A document that is no feed, or none that can be read; the text says what it is instead."""


class DocumentKind(StrEnum):
    """What a document turned out to be."""

    FEED = "feed"  # RSS, Atom, RDF, JSON Feed
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap index"
    NEWS_JSON = "json"  # articles in JSON, as NewsAPI and its like give them


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as a feed tells of it.

    `guid` only where the feed gives one and uses it for one entry alone. `text` is what the feed
    holds of the story, as paragraphs of plain text: all of it or a summary. `is_cut` says that the
    text ends where more would follow ("…", "Read more", "[+812 chars]"). Of `url` and `title` at
    least one is there, save where `is_withdrawn`: the publisher takes the story back.
    `publisher` only where the entry names another than the feed's.
    """

    guid: str | None
    url: str | None
    title: str
    text: str = ""
    is_cut: bool = False
    published: PublicationTime | None = None
    updated: PublicationTime | None = None
    author: str | None = None
    publisher: str | None = None
    category: str | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A document's entries, in its order, and what it says of itself.

    `children` are the sitemaps that an index names. `ttl_seconds` is how long the publisher wants
    to be left alone. `refused` are reasons why single entries are left out.
    """

    kind: DocumentKind
    entries: tuple[Entry, ...] = ()
    title: str | None = None
    home_url: str | None = None
    moved_to: str | None = None
    ttl_seconds: int | None = None
    children: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Where articles stand in a JSON answer: dotted paths, for APIs with names of their own.

    `items` leads to the list, the others from an item to a field: `{"title": "headline.main"}`.
    Names that are not given are looked for as in files of news.
    """

    items: str | None = None
    fields: Mapping[str, str] | None = None
