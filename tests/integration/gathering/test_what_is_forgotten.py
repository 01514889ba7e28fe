"""What becomes of stories later: pages that are looked at again, and what is older than is kept."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from index.gathering.model import EventKind
from index.model import FeedKind
from index.storage.feed_store import FeedStore, NewFeed
from index.storage.story_store import StoryStore
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import documents, statuses
from tests.integration.news_site.outlet import PAGES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.integration.gathering.following import Following

HOME = "".join(
    f"<p>Paragraph {n} of the front page tells at length what the paper has to offer.</p>"
    for n in range(12)
)
FRONT_PAGE = (
    "<html><head><title>The Daily</title><meta property='og:type' content='article'></head>"
    f"<body><article><h1>The Daily today</h1>{HOME}</article></body></html>"
).encode()


@asynccontextmanager
async def at_work(reader: Following) -> AsyncIterator[None]:
    """Let the news be followed meanwhile."""
    task = asyncio.create_task(reader.gathering.run(reader.events.append))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_page_that_leads_to_the_front_page_brings_no_story(site, reader, daily, clock):
    story = daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.RSS))
    await reader.round()
    daily.misbehaves(documents.instead(FRONT_PAGE, documents.HTML), at="")
    daily.misbehaves(statuses.redirect_to(daily.url()), at=PAGES)
    clock.turn(hours=7)
    site.visits.clear()
    async with at_work(reader):
        while not [each for each in site.visits.to("daily.test") if each.path == ""]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await asyncio.sleep(1)
    await reader.news.refresh()
    assert {each.article.title for each in await reader.news.passages()} == {story.title}


async def test_a_page_that_changed_later_is_revised(reader, daily, clock):
    story = daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.RSS), every_seconds=86400)
    await reader.round()
    revised = daily.revise(story)
    clock.turn(hours=7)
    async with at_work(reader):
        while EventKind.REVISED not in {each.kind for each in reader.events}:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await reader.news.refresh()
    assert await reader.says(revised.paragraphs[1])


async def test_a_page_is_not_announced_as_it_was_when_it_was_added(reader, daily, clock):
    story = daily.publish()
    page = NewFeed(daily.page_url(story), FeedKind.PAGE)
    await FeedStore(reader.news.database).add(page, clock())
    assert (await reader.round())[EventKind.STORED] == 1
    assert await reader.announced() == []
    revised = daily.revise(story, paragraphs=tuple(daily.write().paragraphs))
    assert (await reader.round())[EventKind.REVISED] == 1
    assert await reader.announced() == [(revised.title, True)]


async def test_what_is_older_than_is_kept_does_not_come_back(news, site, daily, clock):
    async with following(news, site, clock, keep_days=7) as reader:
        story = daily.publish()
        await reader.follow(daily.feed_url(FeedFormat.FULL_RSS))
        await reader.round()
        clock.turn(days=8)
        later = daily.publish()
        counts = await reader.round()
        assert (counts[EventKind.STORED], counts[EventKind.REMOVED]) == (1, 1)
        daily.revise(story)
        counts = await reader.round()
        assert counts[EventKind.STORED] == counts[EventKind.REMOVED] == 0
        assert await reader.announced() == [(later.title, False)]
        # nor is it fetched where its feed has only a summary
        await reader.follow(daily.feed_url(FeedFormat.RSS))
        site.visits.clear()
        await reader.round()
        assert story.path not in {each.path for each in site.visits.to("daily.test")}


async def test_announcements_are_forgotten_even_where_old_texts_are_kept(news, site, daily, clock):
    async with following(news, site, clock, revision_days=0) as reader:
        await reader.follow(daily.feed_url(FeedFormat.FULL_RSS))
        await reader.round()
        story = daily.publish()
        await reader.round()
        daily.revise(story)
        await reader.round()
        assert await reader.announced()
        clock.turn(days=20)
        await reader.round()
        assert await reader.announced() == []
        (article,) = {each.article.id for each in await news.passages()}
        assert len(await StoryStore(news.database).revisions(article)) == 1
