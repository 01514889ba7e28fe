"""Each stage by itself: fetching, parsing, extracting, splitting, storing; articles a second."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ingestion.outlets import outlets
from index import NewsIndex
from index.analysis.fingerprints import fingerprint
from index.analysis.passages import split_passages
from index.gathering.preparing import Origin, PageAnswer, prepare_page
from index.ingestion.extraction.page import extract
from index.ingestion.feeds.model import Entry
from index.ingestion.feeds.parsing import parse
from index.ingestion.isolation import Isolation
from index.ingestion.web.client import WebClient
from index.ingestion.web.model import WebRequest, WebResponse
from index.ingestion.web.options import WebOptions
from index.storage.incoming_story import IncomingStory
from index.storage.story_store import StoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.ingestion.outlets import Outlets
    from index.gathering.preparing import PreparedStory

_OUTLET_COUNT = 60
_STORIES_EACH = 10
_LOOPBACK = ip_network("127.0.0.1/32")
_MOST_BYTES = 5 << 20


def measure(scale: float) -> dict[str, float]:
    """Return articles a second by stage."""
    return asyncio.run(_measure(max(1, round(_OUTLET_COUNT * scale))))


async def _measure(outlet_count: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    with outlets(outlet_count, _STORIES_EACH) as served:
        feeds, _ = await fetched(served, served.urls("full.xml"))
        entries, figures["parse: entries a second, one core"] = parsed(feeds)
        urls = [entry.url for entry in entries if entry.url]
        pages, figures["fetch: pages a second, robots.txt included"] = await fetched(served, urls)
    figures["extract: pages a second, one core"] = _rate(
        len(pages), _timed(lambda: [_extracted(page) for page in pages])
    )
    stories, figures["extract and prepare: pages a second, one worker process"] = await _prepared(
        pages
    )
    texts = [story.article.text for story in stories]
    figures["split into passages: articles a second, one core"] = _rate(
        len(texts), _timed(lambda: [split_passages(text) for text in texts])
    )
    figures["fingerprint: articles a second, one core"] = _rate(
        len(texts), _timed(lambda: [fingerprint(text) for text in texts])
    )
    figures |= await _stored(stories)
    return figures


async def fetched(served: Outlets, urls: Iterable[str]) -> tuple[list[WebResponse], float]:
    """Return what addresses give, and how many of them a second."""
    options = WebOptions(
        "Pullquote/0", allowed_networks=(_LOOPBACK,), host_spacing_seconds=0.0, request_count=20
    )
    async with WebClient(options, clock=_now, resolver=served.resolver()) as client:
        began = time.perf_counter()
        responses = await asyncio.gather(
            *(client.get(WebRequest(url, _MOST_BYTES)) for url in urls)
        )
        rate = _rate(len(responses), time.perf_counter() - began)
    assert all(each.status == 200 for each in responses)
    return responses, rate


def parsed(feeds: list[WebResponse]) -> tuple[list[Entry], float]:
    """Return the entries of feeds, and how many of them a second."""
    began = time.perf_counter()
    documents = [
        parse(each.body, url=each.url, content_type=each.content_type, charset=None, now=_now())
        for each in feeds
    ]
    seconds = time.perf_counter() - began
    entries = [entry for document in documents for entry in document.entries]
    return entries, _rate(len(entries), seconds)


def _extracted(page: WebResponse) -> str:
    text = extract(page.body, url=page.url, charset=page.charset, now=_now()).text
    assert text
    return text


async def _prepared(pages: list[WebResponse]) -> tuple[list[PreparedStory], float]:
    async with Isolation(1, imports=("index.gathering.preparing",)) as workers:
        prepared = await _in_worker(workers, pages[0])
        began = time.perf_counter()
        prepared = [story for page in pages for story in await _in_worker(workers, page)]
        seconds = time.perf_counter() - began
    assert len(prepared) == len(pages)
    return prepared, _rate(len(pages), seconds)


async def _in_worker(workers: Isolation, page: WebResponse) -> list[PreparedStory]:
    return await workers.run(
        prepare_page,
        PageAnswer(page.url, page.body, page.charset),
        Entry(guid=None, url=page.url, title=""),
        Origin(),
        now=_now(),
        honours_nosnippet=True,
    )


async def _stored(stories: list[PreparedStory]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as directory:
        async with await NewsIndex.open(Path(directory)) as news:
            store = StoryStore(news.database)
            began = time.perf_counter()
            for story in stories:
                await store.store([_incoming(story)], None, _now())
            stored = time.perf_counter()
            await news.refresh()
            found = time.perf_counter()
            assert news.searcher.passage_count == sum(len(story.spans) for story in stories)
    return {
        "store: articles a second, each a transaction": _rate(len(stories), stored - began),
        "make findable: articles a second": _rate(len(stories), found - stored),
    }


def _incoming(story: PreparedStory) -> IncomingStory:
    return IncomingStory(
        story.article,
        story.spans,
        story.identities,
        story.shingles,
        story.line_hashes,
        story.host,
    )


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _rate(count: int, seconds: float) -> float:
    return count / seconds


def _now() -> datetime:
    return datetime.now(UTC)
