"""The stories of an index of sitemaps: fetches those that it names, and theirs.

An index costs no more than so many requests, however its sitemaps lead on. What cannot be read is
noted with the others' stories, and does not keep them back.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.gathering.answers import OK, refusal_of
from index.gathering.reading_feeds import FieldNames, read_document
from index.gathering.tools import FEEDS, SITEMAP_BYTES
from index.ingestion.feeds.model import DocumentKind
from index.ingestion.web.model import FetchError, WebRequest

if TYPE_CHECKING:
    from index.gathering.tools import Tools
    from index.ingestion.feeds.model import FeedDocument

MOST_DEPTH = 3
MOST_SITEMAPS = 50
MOST_ENTRIES = 1000


async def whole_sitemap(tools: Tools, index: FeedDocument) -> FeedDocument:
    """Return an index with the entries of its sitemaps, in the order in which they are named.

    `MOST_SITEMAPS` are read at most and none twice, until there are `MOST_ENTRIES`. Raises nothing
    for what a publisher does; see `refused`.
    """
    entries, refused = list(index.entries), list(index.refused)
    waiting = deque((url, 1) for url in index.children)
    asked: set[str] = set()
    while waiting and len(entries) < MOST_ENTRIES:
        url, depth = waiting.popleft()
        if url in asked:
            continue
        if len(asked) == MOST_SITEMAPS:
            refused.append(f"only the first {MOST_SITEMAPS} sitemaps of its index are read")
            break
        asked.add(url)
        try:
            child = await _sitemap(tools, url)
        except SourceError as error:
            refused.append(f"{url}: {error}")
            continue
        entries += child.entries
        refused += child.refused
        if child.kind is DocumentKind.SITEMAP_INDEX and depth < MOST_DEPTH:
            waiting.extendleft((each, depth + 1) for each in reversed(child.children))
    return replace(index, entries=tuple(entries[:MOST_ENTRIES]), refused=tuple(refused))


async def _sitemap(tools: Tools, url: str) -> FeedDocument:
    response = await tools.client.get(WebRequest(url, max_bytes=SITEMAP_BYTES, accept=FEEDS))
    if response.status != OK:
        raise FetchError(refusal_of(response.status), is_passing=False)
    return await read_document(tools.workers, response, FieldNames(), tools.clock())
