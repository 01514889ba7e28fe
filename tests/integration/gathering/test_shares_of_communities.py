"""Feeds and pages that never come to an end hold up those who follow them, and nobody else."""

from __future__ import annotations

import asyncio

import pytest

from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import wires
from tests.integration.news_site.outlet import FEEDS, PAGES

# more than are polled, and stored, at a time
SERVERS, FEEDS_EACH, STORIES_EACH = 3, 6, 2


@pytest.mark.parametrize("at", [FEEDS, PAGES])
async def test_feeds_of_servers_that_hang_do_not_hold_up_everybodys(site, daily, news, clock, at):
    async with following(news, site, clock, patience_seconds=300.0) as reader:
        feeds = reader.gathering.feeds
        for server in range(SERVERS):
            for number in range(FEEDS_EACH):
                outlet = site.outlet(f"hangs-{server}-{number}.test")
                for _ in range(STORIES_EACH):
                    outlet.publish()
                await feeds.add_for(f"server {server}", outlet.feed_url(FeedFormat.RSS), 10)
                outlet.misbehaves(wires.silence(), at=at)
        async with reader.going_on(timeout_seconds=120.0):
            # all that hangs is due before it
            story = daily.publish()
            await reader.follow(daily.feed_url(FeedFormat.RSS))
            await reader.until_it_says(story.facts[0].sentence, timeout_seconds=120.0)


async def test_a_server_whose_feed_hangs_does_not_hold_up_another(site, daily, news, clock):
    async with following(news, site, clock, patience_seconds=300.0) as reader:
        feeds = reader.gathering.feeds
        for number in range(13):
            outlet = site.outlet(f"hangs-{number}.test")
            outlet.publish()
            await feeds.add_for("theirs", outlet.feed_url(FeedFormat.RSS), 13)
            outlet.misbehaves(wires.silence())
        async with reader.going_on(timeout_seconds=120.0):
            story = daily.publish()
            await feeds.add_for("ours", daily.feed_url(FeedFormat.RSS), 10)
            await reader.until_it_says(story.facts[0].sentence, timeout_seconds=120.0)


async def test_pages_of_a_server_that_hang_do_not_keep_everybodys_from_being_looked_at_again(
    site, daily, news, clock
):
    async with following(news, site, clock, patience_seconds=300.0) as reader:
        other = site.outlet("hangs.test")
        for _ in range(4):
            other.publish()
        await reader.gathering.feeds.add_for("theirs", other.feed_url(FeedFormat.RSS), 10)
        await reader.round()
        story = daily.publish()
        await reader.follow(daily.feed_url(FeedFormat.RSS))
        await reader.round()
        other.misbehaves(wires.silence(), at=PAGES)
        daily.misbehaves(wires.silence(), at=FEEDS)
        daily.withdraw(story)
        clock.turn(hours=12)
        async with reader.going_on(timeout_seconds=120.0):
            while await reader.says(story.facts[0].sentence):
                await asyncio.sleep(0.1)
                await news.refresh()
