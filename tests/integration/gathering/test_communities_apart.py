"""What a community brings in changes nothing for anybody else, whatever it has in common."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index import Query
from index.errors import SourceError
from tests.integration.news_site.feeds import FeedFormat

if TYPE_CHECKING:
    from index import NewsIndex
    from tests.integration.gathering.following import Following
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.stories import Story

OURS, THEIRS = "ours", "theirs"


async def follow_for(reader: Following, community: str, outlet: Outlet) -> None:
    await reader.gathering.feeds.add_for(community, outlet.feed_url(FeedFormat.ATOM), 5)


async def texts(news: NewsIndex, community: str | None, story: Story) -> list[str]:
    """Return the texts that a community finds by a story's own words."""
    await news.refresh()
    hits = await news.seen_by(community).search(Query(story.facts[0].sentence), 20)
    return [
        each.passage.article.text
        for each in hits
        if each.passage.article.title.startswith(story.title)
    ]


async def finds(news: NewsIndex, community: str | None, story: Story) -> bool:
    return bool(await texts(news, community, story))


async def test_one_address_may_be_followed_by_several_and_is_quoted_once_to_each(
    reader: Following, daily: Outlet, news: NewsIndex
):
    story = daily.publish()
    await follow_for(reader, OURS, daily)
    await reader.round()
    assert [await finds(news, who, story) for who in (OURS, THEIRS, None)] == [True, False, False]

    await follow_for(reader, THEIRS, daily)
    await reader.follow(daily.feed_url(FeedFormat.ATOM))
    await reader.round()
    for who in (OURS, THEIRS, None):
        assert len(set(await texts(news, who, story))) == 1


async def test_what_everybody_has_goes_on_for_those_who_follow_it_themselves(
    reader: Following, daily: Outlet, news: NewsIndex
):
    story = daily.publish()
    shared = await reader.follow(daily.feed_url(FeedFormat.ATOM))
    await reader.round()
    await follow_for(reader, OURS, daily)
    await reader.round()
    await reader.gathering.feeds.remove(shared, with_articles=True)
    assert [await finds(news, who, story) for who in (OURS, THEIRS, None)] == [True, False, False]


async def test_copies_of_a_community_are_named_to_nobody_and_put_nobody_elses_in_their_place(
    reader: Following, daily: Outlet, site, news: NewsIndex
):
    own = site.outlet("own.test", name="Our Own")
    story = daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.ATOM))
    await reader.round()
    longer = (*story.paragraphs, *own.write().paragraphs)
    own.print_copy(replace(story, paragraphs=longer), first_at=(daily.host, story.path))
    await follow_for(reader, OURS, own)
    await reader.round()
    for who in (THEIRS, None):
        hits = await news.seen_by(who).search(Query(story.facts[0].sentence), 20)
        articles = {each.passage.article.id: each.passage.article for each in hits}
        told = [each for each in articles.values() if each.title == story.title]
        assert [each.publisher for each in told] == ["The Daily"]
        assert [each.also_in for each in told] == [()]


async def test_what_a_community_revises_and_takes_back_stays_as_it_is_for_others(
    reader: Following, daily: Outlet, news: NewsIndex
):
    story = daily.publish()
    everybodys = await reader.follow(daily.feed_url(FeedFormat.ATOM))
    await follow_for(reader, OURS, daily)
    await reader.round()
    await reader.gathering.feeds.pause(everybodys)
    (before,) = set(await texts(news, None, story))
    # nothing of what it was, so that it is no copy of what everybody has
    daily.revise(story, paragraphs=(story.paragraphs[0][:90], *daily.write().paragraphs))
    reader.clock.turn(hours=1)
    await reader.round()
    assert set(await texts(news, None, story)) == {before}
    (ours,) = set(await texts(news, OURS, story)) - {before}
    assert ours != before
    daily.withdraw(story)
    reader.clock.turn(hours=1)
    await reader.round()
    assert set(await texts(news, None, story)) == {before}
    assert ours not in await texts(news, OURS, story)


async def test_a_community_may_not_follow_a_folder_nor_more_than_its_share(
    reader: Following, daily: Outlet, site, tmp_path
):
    feeds = reader.gathering.feeds
    for address in (str(tmp_path), tmp_path.as_uri(), "~/news", "ftp://daily.test/feed"):
        with pytest.raises(SourceError, match="no http or https address"):
            await feeds.add_for(OURS, address, 5)
    await feeds.add_for(OURS, daily.feed_url(), 1)
    with pytest.raises(SourceError):
        await feeds.add_for(OURS, site.outlet("other.test").feed_url(), 1)
    assert len(await feeds.all()) == 1


async def test_everybodys_news_is_seen_though_a_community_had_an_article_of_that_number(
    reader: Following, daily: Outlet, site, news: NewsIndex
):
    own = site.outlet("own.test", name="Our Own")
    old = own.publish()
    await follow_for(reader, OURS, own)
    await reader.round()
    assert await finds(news, OURS, old)
    number = (await news.seen_by(OURS).articles.headlines(1))[0].number

    await reader.gathering.feeds.forget_community(OURS)
    story = daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.ATOM))
    await reader.round()
    assert [await finds(news, who, story) for who in (None, THEIRS, OURS)] == [True] * 3
    assert number in {each.number for each in await news.seen_by(None).articles.headlines(9)}


async def test_pausing_and_resuming_has_nobody_asked_sooner(reader: Following, daily: Outlet, site):
    feeds = reader.gathering.feeds
    await follow_for(reader, OURS, daily)
    await reader.round()
    site.visits.clear()
    (feed,) = await feeds.seen_by(OURS)
    await feeds.resume_of_community(feed)  # which was not paused
    await feeds.pause_of_community(feed)
    await reader.round(everything=False)
    (paused,) = await feeds.seen_by(OURS)
    await feeds.resume_of_community(paused)
    await reader.round(everything=False)
    assert len(site.visits) == 0
    (resumed,) = await feeds.seen_by(OURS)
    assert (resumed.paused_reason, resumed.next_poll_at) == (None, feed.next_poll_at)


async def test_what_was_paused_since_it_failed_is_asked_at_once(
    reader: Following, daily: Outlet, site
):
    feeds = reader.gathering.feeds
    await follow_for(reader, OURS, daily)
    await reader.round()
    (feed,) = await feeds.seen_by(OURS)
    await feeds.pause(feed, "it has failed 10 times in a row")
    site.visits.clear()
    (paused,) = await feeds.seen_by(OURS)
    await feeds.resume_of_community(paused)
    await reader.round(everything=False)
    assert site.visits.to(daily.host)
