"""A DNS that does not answer: nobody's feed has failed for it, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.gathering.model import EventKind
from index.gathering.schedule import ATTEMPTS_AT_A_STORY, FAILURES_BEFORE_PAUSE
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import statuses

if TYPE_CHECKING:
    from tests.integration.news_site.resolving import SiteResolver

TROUBLE = "the name daily.test could not be looked up; check this machine's network"


@pytest.fixture
def resolver(site) -> SiteResolver:
    return site.resolver()


@pytest.fixture
def started(news, site, clock, resolver):
    """Return what opens all anew: a connection that is there needs no name."""
    return lambda: following(news, site, clock, resolver=resolver)


async def test_a_feed_is_asked_again_soon_however_long_the_dns_was_silent(
    started, daily, clock, resolver
):
    daily.publish()
    async with started() as reader:
        await reader.follow(daily.feed_url(FeedFormat.FULL_RSS), every_seconds=900)
        await reader.round()
    resolver.is_silent = True
    async with started() as reader:
        for _ in range(FAILURES_BEFORE_PAUSE + 1):
            clock.turn(minutes=17)
            assert await reader.round(everything=False) == {EventKind.FAILED: 1}
        feed = await reader.feed("daily.test")
        assert (feed.failure, feed.paused_at) == (TROUBLE, None)
        resolver.is_silent = False
        story = daily.publish()
        clock.turn(minutes=6)
        assert (await reader.round(everything=False))[EventKind.STORED] == 1
        assert await reader.says(story.facts[0].sentence)
        assert (await reader.feed("daily.test")).failure is None


async def test_a_story_that_waits_is_stored_whole_however_long_the_dns_was_silent(
    started, daily, clock, resolver
):
    story = daily.publish()
    daily.misbehaves(statuses.overloaded("600"), at=story.path, times=1)
    async with started() as reader:
        await reader.follow(daily.feed_url(), every_seconds=86400)
        await reader.round()
    resolver.is_silent = True
    async with started() as reader:
        for _ in range(ATTEMPTS_AT_A_STORY + 1):
            clock.turn(minutes=30)
            assert await reader.round(everything=False) == {EventKind.FAILED: 1}
        resolver.is_silent = False
        clock.turn(minutes=5)
        assert await reader.round(everything=False) == {EventKind.STORED: 1}
        assert await reader.says(story.facts[-1].sentence)
