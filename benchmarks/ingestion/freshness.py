"""How soon a story is found once its page is asked for: all of it, from download to search."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ingestion.outlets import outlets
from benchmarks.ingestion.polling import gathering_of
from benchmarks.ingestion.stages import fetched, parsed
from index import Query
from index.gathering.model import EventKind

if TYPE_CHECKING:
    from benchmarks.ingestion.outlets import Outlets
    from index import NewsIndex
    from index.gathering.gathering import Gathering

_OUTLET_COUNT = 100
_STORIES_EACH = 10


def measure(scale: float) -> dict[str, float]:
    """Return milliseconds from asking for a page until its story is found, one page at a time."""
    return asyncio.run(_measure(max(3, round(_OUTLET_COUNT * scale))))


async def _measure(outlet_count: int) -> dict[str, float]:
    with outlets(outlet_count, _STORIES_EACH) as served:
        async with gathering_of(served, "full.xml") as (news, gathering):
            # so that stories come into a collection that has some
            await gathering.run_once(everything=True)
            known = set(await _unknown_pages(served, set()))
            served.publish(1)
            pages = await _unknown_pages(served, known)
            waits = [await _until_found(news, gathering, page) for page in pages[1:]]
    return {
        "stories, one at a time": len(waits),
        "ms until it is found, median": 1000 * float(np.median(waits)),
        "ms until it is found, 99th percentile": 1000 * float(np.percentile(waits, 99)),
    }


async def _unknown_pages(served: Outlets, known: set[str]) -> list[str]:
    """Return the addresses of the stories that were not there before."""
    feeds, _ = await fetched(served, served.urls("full.xml"))
    entries, _ = parsed(feeds)
    return [each.url for each in entries if each.url and each.url not in known]


async def _until_found(news: NewsIndex, gathering: Gathering, page: str) -> float:
    began = time.perf_counter()
    (event,) = [each for each in await gathering.fetch_page(page) if each.kind is EventKind.STORED]
    hits = await news.search(Query(event.title or ""), 10)
    assert any(hit.passage.article.url == event.url for hit in hits)
    return time.perf_counter() - began
