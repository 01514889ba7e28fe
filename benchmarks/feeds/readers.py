"""The two that are measured: ours, and feedparser as it comes, each behind one call."""

from __future__ import annotations

import io
import warnings
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from benchmarks.feeds.model import DATE, LINK, TITLE, Reading
from index.ingestion.feeds.model import DocumentKind, FeedRefusedError
from index.ingestion.feeds.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from time import struct_time

    from benchmarks.feeds.model import Sample

CHANGE = "change"


def ours(sample: Sample) -> Reading:
    """Read a document as Pullquote does."""
    try:
        document = parse(
            sample.body,
            url=sample.url,
            content_type="",
            charset=sample.charset,
            now=datetime.now(UTC),
        )
    except FeedRefusedError as error:
        return Reading(is_feed=False, reason=str(error))
    entries: tuple[dict[str, object], ...] = tuple(
        {TITLE: each.title, LINK: each.url, DATE: each.published, CHANGE: each.updated}
        for each in document.entries
    )
    return Reading(
        document.kind is DocumentKind.FEED,
        entries,
        left_out_count=len(document.refused),
        reason=f"it is read as {document.kind}",
    )


def plain_feedparser(sample: Sample) -> Reading:
    """Read a document with feedparser's defaults, told what its server would tell."""
    import feedparser

    headers = {"content-location": sample.url, "content-type": "application/xml"}
    if sample.charset:
        headers["content-type"] += f"; charset={sample.charset}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parsed = feedparser.parse(io.BytesIO(sample.body), response_headers=headers)
        except Exception as error:  # noqa: BLE001 what a parser of anything raises is a result
            return Reading(is_feed=False, reason=f"feedparser raises {type(error).__name__}")
    entries = tuple(
        {
            TITLE: each.get("title"),
            LINK: each.get("link"),
            DATE: _time(each.get("published_parsed") or each.get("created_parsed")),
            CHANGE: _time(each.get("updated_parsed")),
        }
        for each in parsed["entries"]
    )
    is_feed = bool(parsed.get("version") or entries)
    return Reading(is_feed, entries, reason="feedparser gives it neither version nor entries")


READERS: dict[str, Callable[[Any], Reading]] = {"ours": ours, "feedparser": plain_feedparser}


def _time(parsed: struct_time | None) -> datetime | None:
    return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
