"""Which story an entry is about, when it was published, and whether anybody is told of it."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest

from index.gathering.model import EventKind
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import statuses

if TYPE_CHECKING:
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.stories import Story

FULL = FeedFormat.FULL_RSS


def item(story: Story, **said: str) -> str:
    """Write a story as a feed's item, with its whole text and what is `said` of it."""
    said = {"pubDate": format_datetime(story.published), **said}
    told = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in said.items() if value)
    text = "".join(f"<p>{escape(each)}</p>" for each in story.paragraphs)
    return (
        f"<item><title>{story.title}</title><description>{escape(text)}</description>{told}</item>"
    )


def show(outlet: Outlet, *items: str) -> str:
    """Have these items in a feed now; return its address."""
    feed = f"<rss version='2.0'><channel><title>Wire</title>{''.join(items)}</channel></rss>"
    return outlet.put_up("wire.xml", feed, "application/rss+xml")


async def articles(reader):
    return {passage.article.id: passage.article for passage in await reader.news.passages()}


async def test_a_guid_stays_with_its_story_when_the_address_changes(reader, daily):
    story = daily.write()
    await reader.follow(show(daily, item(story, guid="tag:wire,1", link=daily.url("a/1"))))
    assert (await reader.round())[EventKind.STORED] == 1
    show(daily, item(story, guid="tag:wire,1", link=daily.url("moved/a/1")))
    assert (await reader.round())[EventKind.STORED] == 0
    assert len(await articles(reader)) == 1


async def test_an_address_stays_with_its_story_when_the_guid_changes(reader, daily):
    story = daily.write()
    await reader.follow(show(daily, item(story, guid="tag:wire,1", link=daily.url("a/1"))))
    await reader.round()
    revised = daily.revise(daily.publish(story))
    show(daily, item(revised, guid="tag:wire,2", link=daily.url("a/1")))
    counts = await reader.round()
    assert (counts[EventKind.STORED], counts[EventKind.REVISED]) == (0, 1)
    assert await reader.says(revised.paragraphs[1])
    assert len(await articles(reader)) == 1


async def test_without_either_a_story_is_known_by_its_title_and_day(reader, daily):
    story = daily.write()
    await reader.follow(show(daily, item(story)))
    assert (await reader.round())[EventKind.STORED] == 1
    revised = daily.revise(daily.publish(story))
    show(daily, item(revised))
    counts = await reader.round()
    assert (counts[EventKind.STORED], counts[EventKind.REVISED]) == (0, 1)
    # a column of one title every day is another story every day
    yesterday = format_datetime(story.published - timedelta(days=1))
    other = daily.revise(story, paragraphs=daily.write().paragraphs)
    show(daily, item(revised), item(other, pubDate=yesterday))
    assert (await reader.round())[EventKind.STORED] == 1
    assert len(await articles(reader)) == 2
    await assert_finds_what_is_stored(reader.news)


async def test_a_guid_that_all_items_share_names_none_of_them(reader, daily):
    stories = [daily.write() for _ in range(3)]
    items = [item(story, guid="news", link=daily.url(f"a/{story.number}")) for story in stories]
    await reader.follow(show(daily, *items))
    assert (await reader.round())[EventKind.STORED] == 3
    show(daily, *reversed(items))
    assert (await reader.round())[EventKind.STORED] == 0
    for story in stories:
        assert await reader.says(story.facts[0].sentence)


async def test_a_guid_that_is_given_to_another_story_later_does_not_lose_the_first(reader, daily):
    first, second = daily.write(), daily.write()
    await reader.follow(show(daily, item(first, guid="top", link=daily.url("a/1"))))
    await reader.round()
    show(daily, item(second, guid="top", link=daily.url("a/2")))
    assert (await reader.round())[EventKind.STORED] == 1
    for story in (first, second):
        assert await reader.says(story.facts[0].sentence)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Wed, 04 Mar 2026 08:15:00 +0530", "2026-03-04T02:45:00+00:00"),
        ("Wed, 04 Mar 2026 08:15:00 EST", "2026-03-04T13:15:00+00:00"),
        ("2026-03-04", "2026-03-04"),
        ("", None),
        ("soon", None),
        ("Fri, 04 Mar 2061 08:15:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
    ],
)
async def test_a_time_is_as_exact_as_it_was_told_and_never_made_up(reader, daily, written, known):
    story = daily.write()
    await reader.follow(show(daily, item(story, link=daily.url("a/1"), pubDate=written)))
    assert (await reader.round())[EventKind.STORED] == 1
    (article,) = (await articles(reader)).values()
    assert (article.published.isoformat() if article.published else None) == known


async def test_a_day_on_which_nobody_published_is_not_taken_from_the_clock(reader, daily):
    undated = "".join(f"<p>{each}</p>" for each in daily.write().paragraphs)
    page = f"<html><head><title>Undated</title></head><article><h1>Undated</h1>{undated}</article>"
    await reader.follow(daily.put_up("2/undated", page))
    assert (await reader.round())[EventKind.STORED] == 1
    (article,) = (await articles(reader)).values()
    assert article.published is None


async def test_a_story_is_announced_once_whoever_prints_it_and_however_often(site, reader, daily):
    other = site.outlet("other.test", name="The Other")
    for url in (daily.feed_url(FULL), daily.feed_url(FeedFormat.ATOM), other.feed_url(FULL)):
        await reader.follow(url)
    await reader.round()
    story = daily.publish()
    daily.syndicate(story, to=other, cut=0.3)
    for _ in range(3):
        await reader.round()
    assert await reader.announced() == [(story.title, False)]


async def test_what_waits_since_the_first_poll_is_not_announced_when_it_comes(reader, daily, clock):
    story = daily.publish()
    daily.misbehaves(statuses.overloaded("600"), at=story.path, times=1)
    await reader.follow(daily.feed_url(FeedFormat.ATOM))
    assert (await reader.round())[EventKind.STORED] == 0
    revised = daily.revise(story)
    clock.turn(minutes=30)
    assert (await reader.round())[EventKind.STORED] == 1
    assert await reader.says(revised.paragraphs[1])
    assert await reader.announced() == []
    # but what becomes of it later is
    daily.revise(revised)
    await reader.round()
    assert await reader.announced() == [(story.title, True)]
