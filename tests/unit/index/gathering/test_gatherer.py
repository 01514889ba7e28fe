"""What goes wrong with one feed or story, even what nobody foresaw, holds up no other."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from index.gathering.entries import told
from index.gathering.gatherer import Gatherer, Hands
from index.gathering.model import GatheringPolicy
from index.gathering.tools import Tools
from index.ingestion.feeds.model import Entry
from index.model import FeedKind
from index.storage.article_store import ArticleStore
from index.storage.entry_store import EntryStore, PollAnswer
from index.storage.feed_store import FeedStore, NewFeed
from index.storage.plan_store import PlanStore
from index.storage.story_store import StoryStore

if TYPE_CHECKING:
    from index.model import Feed
    from index.storage.entry_store import WaitingEntry

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Work:
    """Polls and stores; what is called bad goes wrong in a way that nobody foresaw."""

    def __init__(self, tools: Tools):
        self._tools = tools
        self.polled: list[str] = []
        self.failed: dict[str, str] = {}
        self.stored: list[str] = []

    async def poll(self, feed: Feed) -> None:
        if "bad" in feed.url:
            raise UnicodeError("half a character")
        self.polled.append(feed.url)

    async def poll_failed(self, feed: Feed, reason: str, retry_at: datetime | None) -> None:
        assert retry_at is None
        self.failed[feed.url] = reason

    async def store(self, entry: WaitingEntry, feed: Feed) -> None:
        assert entry.feed_id == feed.id
        if "slow" in entry.waiting:
            await asyncio.sleep(60)
        if "bad" in entry.waiting:
            raise KeyError("publisher")
        self.stored.append(entry.waiting)
        await self._tools.entries.give_up(entry, "stored")

    def hands(self) -> Hands:
        others = cast("Any", SimpleNamespace(check=None, do_what_is_due=None))
        return Hands(
            poll=self.poll,
            poll_folder=self.poll,
            poll_page=self.poll,
            poll_failed=self.poll_failed,
            storing=cast("Any", self),
            checking=others,
            upkeep=others,
            timekeeping=others,
        )


@pytest.fixture
async def tools(tmp_path):
    store = await ArticleStore.open(tmp_path)
    database = store.database
    yield Tools(
        client=cast("Any", None),
        workers=cast("Any", None),
        feeds=FeedStore(database),
        entries=EntryStore(database),
        stories=StoryStore(database),
        plans=PlanStore(database),
        policy=GatheringPolicy(),
        clock=lambda: NOW,
    )
    await store.close()


async def follow(tools: Tools, url: str) -> Feed:
    feed = await tools.feeds.add(NewFeed(url, FeedKind.FEED), NOW)
    assert feed is not None
    return feed


async def test_a_feed_that_goes_wrong_unforeseen_has_failed_and_the_others_are_polled(tools):
    feeds = [await follow(tools, f"https://{name}.test/") for name in ("bad", "good")]
    work = Work(tools)
    await Gatherer(tools, work.hands()).run_once(feeds, lambda _: None)
    assert work.polled == ["https://good.test/"]
    assert list(work.failed) == ["https://bad.test/"]
    assert "see its log" in work.failed["https://bad.test/"]


async def test_a_story_that_goes_wrong_unforeseen_is_given_up_and_the_others_stored(tools):
    feed = await follow(tools, "https://good.test/")
    entries = [told(Entry(guid=name, url=None, title=name)) for name in ("bad", "a", "b")]
    await tools.entries.take_in(feed.id, PollAnswer(entries, NOW), NOW)
    work = Work(tools)
    await Gatherer(tools, work.hands()).run_once([], lambda _: None)
    assert len(work.stored) == 2
    assert await tools.entries.waiting_count() == 0


async def test_what_new_feeds_of_a_slow_host_held_does_not_keep_news_waiting(tools):
    news = await follow(tools, "https://news.test/")
    await tools.entries.take_in(news.id, PollAnswer((), NOW), NOW)
    for number in range(9):
        feed = await follow(tools, f"https://slow.test/{number}")
        entries = [told(Entry(guid=f"slow {n}", url=None, title="old")) for n in range(5)]
        await tools.entries.take_in(feed.id, PollAnswer(entries, NOW), NOW)
    work = Work(tools)
    working = asyncio.create_task(Gatherer(tools, work.hands()).run_once([], lambda _: None))
    await asyncio.sleep(1.5)
    story = told(Entry(guid="new", url=None, title="new"))
    await tools.entries.take_in(news.id, PollAnswer([story], NOW), NOW)
    try:
        async with asyncio.timeout(20):
            while not work.stored:  # noqa: ASYNC110 -- what is waited for tells nobody
                await asyncio.sleep(0.05)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    assert "new" in work.stored[0]
