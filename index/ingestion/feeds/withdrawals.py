"""The entries that an Atom feed says are deleted (RFC 6721), which feedparser passes over."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from index.ingestion.feeds.addresses import absolute
from index.ingestion.feeds.collecting import MAX_ENTRIES
from index.ingestion.feeds.model import Entry
from index.ingestion.feeds.times import entry_time

if TYPE_CHECKING:
    from datetime import datetime

_DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_LINK = "{http://www.w3.org/2005/Atom}link"


def withdrawn(raw: bytes, *, url: str, now: datetime) -> list[Entry]:
    """Give what is taken back, as far as the document can be read."""
    found: list[Entry] = []
    try:
        for _, element in iterparse(io.BytesIO(raw)):
            if element.tag != _DELETED:
                continue
            guid = (element.get("ref") or "").strip()
            link = element.find(_LINK)
            address = absolute(guid if link is None else link.get("href"), url)
            is_address = link is not None or guid.lower().startswith(("http:", "https:"))
            if guid:
                found.append(
                    Entry(
                        guid=guid,
                        url=address if is_address else None,
                        title="",
                        updated=entry_time(element.get("when"), now=now),
                        is_withdrawn=True,
                    )
                )
            if len(found) == MAX_ENTRIES:
                break
    except (ParseError, DefusedXmlException):
        pass  # what stands before is sound
    return found
