"""Sitemaps, those of news, and indexes of them (sitemaps.org/protocol, Google's news schema)."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from index.ingestion.feeds.addresses import absolute
from index.ingestion.feeds.collecting import collected
from index.ingestion.feeds.encodings import as_xml
from index.ingestion.feeds.fragments import line_of
from index.ingestion.feeds.model import DocumentKind, Entry, FeedDocument, FeedRefusedError
from index.ingestion.feeds.times import entry_time
from index.ingestion.titles import MAX_TITLE_CHARACTERS, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

# what one sitemap may hold by the protocol
MAX_URLS = 50_000
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read_sitemap(text: str, *, url: str, now: datetime) -> FeedDocument:
    """Read a sitemap: its newest stories first. Raises FeedRefusedError where nothing is in it."""
    read = [_entry(element, url, now) for element in _elements(text, "url")]
    dated = sorted(read, key=_age, reverse=True)
    found = collected([each for each in dated if each.url])
    return FeedDocument(DocumentKind.SITEMAP, entries=found.entries, refused=found.refused)


def read_sitemap_index(text: str, *, url: str, now: datetime) -> FeedDocument:
    """Read an index of sitemaps: the newest first, and those of news before the others."""
    found: list[tuple[bool, datetime, str]] = []
    for element in _elements(text, "sitemap"):
        address = absolute(_text(element, "loc"), url)
        if address:
            changed = entry_time(_text(element, "lastmod"), now=now)
            found.append(("news" in address.lower(), changed.at if changed else _LONG_AGO, address))
    found.sort(key=lambda each: each[:2], reverse=True)
    children = tuple(dict.fromkeys(address for _, _, address in found))
    return FeedDocument(DocumentKind.SITEMAP_INDEX, children=children)


def _elements(text: str, name: str) -> Iterator[Element]:
    """Yield the elements of a name, as far as the document can be read."""
    count = 0
    try:
        for _, element in iterparse(io.BytesIO(as_xml(text))):
            if _local(element.tag) == name:
                yield element
                element.clear()
                count += 1
                if count == MAX_URLS:
                    return
    except DefusedXmlException as error:
        raise FeedRefusedError("it declares entities, as attacks do and sitemaps do not") from error
    except ParseError as error:
        if not count:
            raise FeedRefusedError("it is a sitemap that is no valid XML") from error


def _entry(element: Element, url: str, now: datetime) -> Entry:
    changed = entry_time(_text(element, "lastmod"), now=now)
    return Entry(
        guid=None,
        url=absolute(_text(element, "loc"), url),
        title=shortened(line_of(_text(element, "title")), MAX_TITLE_CHARACTERS),
        # the time of a change is not that of publication
        published=entry_time(_text(element, "publication_date"), now=now),
        updated=changed,
        publisher=line_of(_text(element, "name")) or None,
    )


def _age(entry: Entry) -> datetime:
    told = entry.published or entry.updated
    return told.at if told else _LONG_AGO


def _text(element: Element, name: str) -> str | None:
    """Return the text of the first element of a name inside, pictures and films left out."""
    for child in element:
        if _local(child.tag) == name:
            return child.text
        if _local(child.tag) in {"news", "publication"}:
            found = _text(child, name)
            if found is not None:
                return found
    return None


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()
