"""RSS, RDF and Atom, whatever is wrong with them: feedparser reads, this understands what it read.

Nothing is fetched and nothing is expanded: feedparser is given bytes, never an address.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any, cast
from xml.sax import SAXParseException

from index.ingestion.feeds.addresses import absolute
from index.ingestion.feeds.collecting import collected
from index.ingestion.feeds.encodings import as_xml
from index.ingestion.feeds.fragments import line_of
from index.ingestion.feeds.model import DocumentKind, FeedDocument, FeedRefusedError
from index.ingestion.feeds.recognising import root_name
from index.ingestion.feeds.withdrawals import withdrawn
from index.ingestion.feeds.xml_entries import XmlEntries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_ENDS = ("</rss>", "</feed>", "</rdf>", "</channel>", ":rdf>", ":feed>")
_PERIODS = {
    "hourly": 3600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_MAX_DIGITS = 9

# What feedparser gives no version while they hold no entry: channels of CDF, whose names are in
# capitals (w3.org/TR/NOTE-CDFsubmit), and RDF, which may hold anything, with the names of RSS.
_CDF_ROOT = "CHANNEL"
_RDF_ROOT = "RDF"
_RSS_IN_RDF = re.compile(
    r"""=\s*["']http://(?:purl\.org/rss/1\.0|channel\.netscape\.com/rdf/simple/0\.9"""
    r"""|my\.netscape\.com/rdf/simple/0\.9)/?["']"""
)
_ROOT_CHARACTERS = 20_000


def read_feed(text: str, *, url: str, now: datetime) -> FeedDocument | None:
    """Read a feed; None where it is XML of another kind. Raises FeedRefusedError."""
    raw = as_xml(text)
    parsed = _parsed(raw)
    feed = cast("Mapping[str, Any]", parsed["feed"])
    items = cast("list[Mapping[str, Any]]", parsed["entries"])
    taken_back = withdrawn(raw, url=url, now=now) if "deleted-entry" in text else []
    if not (parsed.get("version") or items or taken_back or _is_empty_feed(text)):
        return None
    title = line_of(feed.get("title")) or None
    entries = XmlEntries(url, title, is_atom=str(parsed.get("version")).startswith("atom"), now=now)
    is_broken_off = isinstance(parsed.get("bozo_exception"), SAXParseException) and not _is_ended(
        text
    )
    collection = collected(
        [entries.entry(item, is_last=item is items[-1] and is_broken_off) for item in items]
    )
    return FeedDocument(
        DocumentKind.FEED,
        entries=(*collection.entries, *taken_back),
        title=title,
        home_url=absolute(feed.get("link"), url),
        moved_to=_moved_to(feed, url),
        ttl_seconds=_ttl_seconds(feed),
        refused=collection.refused,
    )


def _parsed(raw: bytes) -> Mapping[str, Any]:
    import feedparser

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return cast(
                "Mapping[str, Any]",
                feedparser.parse(
                    io.BytesIO(raw),
                    response_headers=_HEADERS,
                    sanitize_html=False,
                    resolve_relative_uris=False,
                ),
            )
    except MemoryError:
        raise
    except Exception as error:  # a parser of anything fails in any way
        raise FeedRefusedError(
            f"it is a feed that cannot be understood ({type(error).__name__})"
        ) from error


def _is_empty_feed(text: str) -> bool:
    name = root_name(text)
    if name == _RDF_ROOT:
        return _RSS_IN_RDF.search(text[:_ROOT_CHARACTERS]) is not None
    return name == _CDF_ROOT


def _is_ended(text: str) -> bool:
    tail = text[-1000:].lower()
    return any(end in tail for end in _ENDS)


def _moved_to(feed: Mapping[str, Any], url: str) -> str | None:
    given = feed.get("itunes_new-feed-url") or feed.get("newlocation")
    found = absolute(given, url)
    return None if found == url else found


def _ttl_seconds(feed: Mapping[str, Any]) -> int | None:
    """Give the longer of the two times that a feed may name."""
    minutes = _number(feed.get("ttl"))
    period = _PERIODS.get(line_of(feed.get("sy_updateperiod")).lower(), 0)
    frequency = _number(feed.get("sy_updatefrequency")) or 1
    return max(60 * minutes, period // frequency) or None


def _number(value: object) -> int:
    text = str(value).strip()[: _MAX_DIGITS + 1]
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS else 0
