"""A clock that is put forward or back by hours: nothing is lost, left alone or done over."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from index.gathering.model import EventKind
from index.gathering.schedule import JITTER
from index.storage.entry_store import EntryStore
from tests.integration.gathering.following import following, until
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import statuses

FULL = FeedFormat.FULL_RSS
HOURLY = 3600
PATIENCE_SECONDS = 180.0
HOUR = timedelta(hours=1)


async def test_a_feed_is_not_left_alone_when_the_clock_is_put_back(reader, daily, clock, caplog):
    first = daily.publish()
    await reader.follow(daily.feed_url(FULL), every_seconds=HOURLY)
    async with reader.going_on(PATIENCE_SECONDS):
        await reader.until_it_says(first.facts[0].sentence, PATIENCE_SECONDS)
        second = daily.publish()
        with caplog.at_level(logging.WARNING):
            clock.turn(hours=-5)
            await reader.until_it_says(second.facts[0].sentence, PATIENCE_SECONDS)
    assert "the clock was put back by 5:00:00" in caplog.text
    # once, and then when its time has come by the new clock
    feed = await reader.feed("daily.test")
    assert timedelta() < feed.next_poll_at - clock() <= HOUR * (1 + JITTER)
    assert len(await reader.announced()) == 1


async def test_a_feed_is_asked_by_the_right_clock_after_a_start(news, site, daily, clock):
    first = daily.publish()
    clock.turn(hours=5)
    async with following(news, site, clock) as reader:
        await reader.follow(daily.feed_url(FULL), every_seconds=HOURLY)
        await reader.round(everything=False)
        assert await reader.says(first.facts[0].sentence)
    second = daily.publish()
    clock.turn(hours=-5)
    async with following(news, site, clock) as reader:
        assert (await reader.round(everything=False))[EventKind.STORED] == 1
        assert await reader.says(second.facts[0].sentence)
        assert await reader.round(everything=False) == {}


async def test_a_story_that_waits_is_not_left_alone_when_the_clock_is_put_back(
    reader, daily, clock
):
    late = daily.publish()
    await reader.follow(daily.feed_url(), every_seconds=HOURLY)
    daily.misbehaves(statuses.overloaded("600"), at=late.path, times=1)
    async with reader.going_on(PATIENCE_SECONDS):
        await until(lambda: any(e.kind is EventKind.POLLED for e in reader.events))
        await until_it_waits(reader)
        clock.turn(hours=-5)
        await reader.until_it_says(late.facts[0].sentence, PATIENCE_SECONDS)


async def until_it_waits(reader) -> None:
    """Wait until the story of the only feed is to be tried again later."""
    entries = EntryStore(reader.news.database)
    while (at := await entries.next_attempt_at()) is None or at < reader.clock():  # noqa: ASYNC110 (looked at from outside)
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("hours", [-5, 5])
async def test_what_failed_is_taken_up_again_however_the_clock_is_moved(
    reader, daily, clock, hours
):
    await reader.follow(daily.feed_url(FULL), every_seconds=HOURLY)
    daily.misbehaves(statuses.server_error())
    async with reader.going_on(PATIENCE_SECONDS):
        await until(lambda: EventKind.FAILED in {each.kind for each in reader.events})
        daily.behaves()
        story = daily.publish()
        clock.turn(hours=hours)
        await reader.until_it_says(story.facts[0].sentence, PATIENCE_SECONDS)


async def test_no_article_is_too_old_at_once_when_the_clock_is_put_forward(
    news, site, daily, clock, caplog
):
    story = daily.publish()
    async with following(news, site, clock, keep_days=30) as reader:
        await reader.follow(daily.feed_url(FULL), every_seconds=HOURLY)
        async with reader.going_on(PATIENCE_SECONDS):
            await reader.until_it_says(story.facts[0].sentence, PATIENCE_SECONDS)
            with caplog.at_level(logging.WARNING):
                clock.turn(days=365)
                # the clock is looked at before any poll that is due by it
                second = daily.publish()
                await reader.until_it_says(second.facts[0].sentence, PATIENCE_SECONDS)
            clock.turn(days=-365)
            third = daily.publish()
            await reader.until_it_says(third.facts[0].sentence, PATIENCE_SECONDS)
        assert await reader.says(story.facts[0].sentence)
    assert "no article is removed for its age within the next hour" in caplog.text
    assert EventKind.REMOVED not in {each.kind for each in reader.events}
