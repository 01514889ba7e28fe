"""The one way in: a document's bytes to its entries, whatever it is. Told by content, not by type.

Fetches nothing and opens nothing. Everything is bounded, but what is hostile may take long: run it
where it can be ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.ingestion.feeds.encodings import text_of, unpacked
from index.ingestion.feeds.json_documents import read_json
from index.ingestion.feeds.recognising import Form, form_of, no_feed, root_name
from index.ingestion.feeds.sitemaps import read_sitemap, read_sitemap_index
from index.ingestion.feeds.xml_feeds import read_feed

if TYPE_CHECKING:
    from datetime import datetime

    from index.ingestion.feeds.model import FeedDocument, FieldMap


def parse(
    body: bytes,
    *,
    url: str,
    content_type: str,  # noqa: ARG001 servers err; what they say is never needed
    charset: str | None,
    now: datetime,
    field_map: FieldMap | None = None,
) -> FeedDocument:
    """Read a document that was found at `url`. Raises FeedRefusedError where it is no feed."""
    text = text_of(unpacked(body), charset)
    form = form_of(text)
    if form is Form.JSON:
        return read_json(text, url=url, now=now, field_map=field_map)
    if form is Form.SITEMAP:
        return read_sitemap(text, url=url, now=now)
    if form is Form.SITEMAP_INDEX:
        return read_sitemap_index(text, url=url, now=now)
    document = read_feed(text, url=url, now=now)
    if document is None:
        raise no_feed(root_name(text))
    return document
