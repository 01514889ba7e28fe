"""How often outlets are asked, what they may wish for, and what becomes of those in trouble."""

from __future__ import annotations

from datetime import timedelta

import pytest

from index.gathering.model import EventKind
from index.gathering.schedule import FAILURES_BEFORE_PAUSE, FIRST_RETRY, JITTER
from index.ingestion.web.options import WebOptions
from tests.integration.gathering.following import following
from tests.integration.news_site.conditional import Validators
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import documents, statuses
from tests.integration.news_site.outlet import EVERYTHING

FULL = FeedFormat.FULL_RSS


def is_about(wait: timedelta, expected: timedelta) -> bool:
    """Whether a wait is as long as expected, with what is left to chance and a test's own time."""
    return expected - timedelta(seconds=5) <= wait <= expected * (1 + JITTER)


@pytest.mark.parametrize("kind", [Validators.BOTH, Validators.ETAG, Validators.LAST_MODIFIED])
async def test_what_is_unchanged_is_not_sent_again(site, reader, daily, kind):
    daily.manners.validators = kind
    daily.publish()
    await reader.follow(daily.feed_url(FULL))
    site.visits.clear()
    assert (await reader.round())[EventKind.STORED] == 1
    assert await reader.round() == {EventKind.UNCHANGED: 1}
    assert await reader.round() == {EventKind.UNCHANGED: 1}
    daily.publish()
    assert (await reader.round())[EventKind.STORED] == 1
    assert site.visits.statuses("daily.test", FULL) == [200, 304, 304, 200]


async def test_who_sends_no_validators_is_read_and_nothing_is_stored_again(site, reader, daily):
    daily.manners.validators = Validators.NEITHER
    daily.publish()
    await reader.follow(daily.feed_url(FULL))
    await reader.round()
    counts = await reader.round()
    assert counts[EventKind.STORED] == counts[EventKind.REVISED] == 0
    assert set(site.visits.statuses("daily.test", FULL)) == {200}


async def test_a_feed_is_asked_when_its_time_has_come_and_not_before(site, reader, daily, clock):
    daily.publish()
    await reader.follow(daily.feed_url(FULL), every_seconds=3600)
    await reader.round(everything=False)
    site.visits.clear()
    assert not await reader.round(everything=False)
    clock.turn(minutes=59)
    assert not await reader.round(everything=False)
    assert len(site.visits) == 0
    clock.turn(minutes=8)
    assert await reader.round(everything=False) == {EventKind.UNCHANGED: 1}


@pytest.mark.parametrize("is_known_already", [False, True])
async def test_what_a_publisher_says_of_waiting_counts(reader, daily, clock, is_known_already):
    daily.room.ttl_minutes = 120
    daily.publish()
    feed = await reader.follow(daily.feed_url(FULL))
    await reader.round()
    if is_known_already:
        clock.turn(hours=3)
        assert await reader.round() == {EventKind.UNCHANGED: 1}
    feed = await reader.feed(feed.url)
    assert is_about(feed.next_poll_at - clock(), timedelta(minutes=120))


async def test_a_fresh_answer_is_not_asked_for_again(reader, daily, clock):
    daily.manners.max_age_seconds = 7200
    daily.publish()
    await reader.follow(daily.feed_url(FULL))
    await reader.round()
    feed = await reader.feed("daily.test")
    assert is_about(feed.next_poll_at - clock(), timedelta(hours=2))
    clock.turn(hours=3)
    await reader.round()  # not modified, and fresh again
    feed = await reader.feed("daily.test")
    assert is_about(feed.next_poll_at - clock(), timedelta(hours=2))


async def test_nobody_is_left_alone_for_more_than_a_day(reader, daily, clock):
    daily.manners.max_age_seconds = 10**9
    daily.room.ttl_minutes = 10**9
    await reader.follow(daily.feed_url(FULL))
    await reader.round()
    feed = await reader.feed("daily.test")
    assert feed.next_poll_at - clock() <= timedelta(hours=24) * (1 + JITTER)


@pytest.mark.parametrize("trouble", [statuses.too_many_requests, statuses.overloaded])
async def test_who_wants_to_be_left_alone_is(site, reader, daily, clock, trouble):
    daily.publish()
    await reader.follow(daily.feed_url(FULL))
    daily.misbehaves(trouble("7200"), times=1)
    assert await reader.round(everything=False) == {EventKind.FAILED: 1}
    feed = await reader.feed("daily.test")
    assert is_about(feed.next_poll_at - clock(), timedelta(hours=2))
    site.visits.clear()
    clock.turn(minutes=110)
    await reader.round(everything=False)
    assert len(site.visits) == 0
    clock.turn(minutes=30)
    counts = await reader.round(everything=False)
    assert counts[EventKind.STORED] == 1
    feed = await reader.feed("daily.test")
    assert (feed.failure, feed.failure_count) == (None, 0)


async def test_what_keeps_failing_is_asked_more_seldom_and_then_not_at_all(reader, daily, clock):
    story = daily.publish()
    await reader.follow(daily.feed_url(FULL))
    await reader.round()
    daily.misbehaves(statuses.server_error())
    for number in range(1, FAILURES_BEFORE_PAUSE):
        clock.turn(hours=27)
        assert await reader.round(everything=False) == {EventKind.FAILED: 1}
        feed = await reader.feed("daily.test")
        assert feed.failure_count == number
        assert "500" in feed.failure
        wait = min(FIRST_RETRY * 2 ** (number - 1), timedelta(hours=24))
        assert is_about(feed.next_poll_at - clock(), wait)
    clock.turn(hours=27)
    counts = await reader.round(everything=False)
    assert counts == {EventKind.FAILED: 1, EventKind.PAUSED: 1}
    feed = await reader.feed("daily.test")
    assert feed.paused_at is not None
    assert "500" in feed.paused_reason
    assert await reader.says(story.facts[0].sentence)
    daily.behaves()
    clock.turn(days=30)
    assert not await reader.round()
    await reader.gathering.feeds.resume(feed)
    assert (await reader.round())[EventKind.UNCHANGED] == 1


async def test_a_feed_that_has_moved_for_ever_is_followed(site, reader, daily):
    daily.publish()
    await reader.follow(daily.feed_url(FULL))
    await reader.round()
    other = site.outlet("new.test", name="The New")
    daily.misbehaves(statuses.moved(FULL, host="new.test"))
    story = other.publish()
    counts = await reader.round()
    assert counts[EventKind.MOVED] == 1
    assert await reader.says(story.facts[0].sentence)
    (feed,) = await reader.gathering.feeds.all()
    assert feed.url == other.feed_url(FULL)
    site.visits.clear()
    await reader.round()
    assert site.visits.to("daily.test") == []
    assert (await reader.news.statistics()).article_count == 2


async def test_a_feed_that_is_elsewhere_for_now_keeps_its_address(site, reader, daily):
    other = site.outlet("new.test", name="The New")
    story = other.publish()
    url = daily.feed_url(FULL)
    await reader.follow(url)
    daily.misbehaves(statuses.moved(FULL, host="new.test", number=302), at=FULL)
    await reader.round()
    assert await reader.says(story.facts[0].sentence)
    (feed,) = await reader.gathering.feeds.all()
    assert feed.url == url


async def test_an_address_that_leads_to_no_feed_is_not_taken_over(site, reader, daily):
    daily.publish()
    await reader.follow(daily.feed_url(FULL))
    await reader.round()
    parked = site.outlet("parked.test")
    parked.misbehaves(documents.a_page(), at=EVERYTHING)
    daily.misbehaves(statuses.moved(FULL, host="parked.test"))
    counts = await reader.round()
    assert counts[EventKind.FAILED] == 1
    (feed,) = await reader.gathering.feeds.all()
    assert feed.url == daily.feed_url(FULL)


async def test_what_is_gone_for_good_is_asked_no_more_and_says_why(site, reader, daily):
    story = daily.publish()
    await reader.follow(daily.feed_url(FULL))
    await reader.round()
    daily.misbehaves(statuses.gone())
    counts = await reader.round()
    assert counts[EventKind.PAUSED] == 1
    feed = await reader.feed("daily.test")
    assert "410" in feed.paused_reason
    site.visits.clear()
    await reader.round()
    assert len(site.visits) == 0
    assert await reader.says(story.facts[0].sentence)


async def test_robots_txt_is_asked_once_and_obeyed(site, reader, daily):
    daily.manners.robots = "User-agent: *\nDisallow: /2026/\nDisallow: /20\n"
    story = daily.publish()
    await reader.follow(daily.feed_url())
    counts = await reader.round()
    paths = [visit.path for visit in site.visits.to("daily.test")]
    assert story.path not in paths
    assert paths.count("robots.txt") == 1
    # what the feed itself gives may be kept, and is marked as no more than that
    assert counts[EventKind.STORED] == 1
    (article,) = {hit.passage.article for hit in await reader.hits(story.facts[0].sentence)}
    assert article.is_partial


async def test_a_robots_txt_for_us_alone_counts(site, reader, daily):
    daily.manners.robots = "User-agent: pullquote\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    story = daily.publish()
    await reader.follow(daily.feed_url())
    await reader.round()
    assert story.path not in [visit.path for visit in site.visits.to("daily.test")]


async def test_one_host_is_asked_slowly_and_by_few_while_others_are_not_held_up(site, news, clock):
    outlets = [site.outlet(f"paper-{n}.test") for n in range(3)]
    polite = WebOptions("").host_spacing_seconds
    async with following(news, site, clock, spacing_seconds=polite) as reader:
        for outlet in outlets:
            for _ in range(2):
                outlet.publish()
            await reader.follow(outlet.feed_url())
        site.visits.clear()
        assert (await reader.round())[EventKind.STORED] == 6
    for outlet in outlets:
        assert len(site.visits.to(outlet.host)) >= 3
        # what a network adds may come between two requests, and never takes away more than this
        assert min(site.visits.gaps(outlet.host)) > 0.9 * polite
    hosts = [visit.host for visit in site.visits.all]
    assert hosts != sorted(hosts)


async def test_a_request_says_who_asks_and_leaves_no_trace(site, news, daily, clock):
    daily.publish()
    async with following(news, site, clock, contact="desk@example.org") as reader:
        await reader.follow(daily.feed_url())
        await reader.round()
    for visit in site.visits.all:
        assert visit.headers["user-agent"] == "Pullquote/0.0.0 (+desk@example.org)"
        assert "cookie" not in visit.headers
        assert "referer" not in visit.headers


async def test_the_first_poll_announces_nothing(reader, daily):
    for _ in range(3):
        daily.publish()
    await reader.follow(daily.feed_url(FULL))
    assert (await reader.round())[EventKind.STORED] == 3
    assert await reader.announced() == []
    story = daily.publish()
    await reader.round()
    assert await reader.announced() == [(story.title, False)]
    revised = daily.revise(story)
    await reader.round()
    assert await reader.announced() == [(story.title, False), (story.title, True)]
    first = revised.paragraphs[0].replace(".", " .", 1)
    daily.revise(revised, paragraphs=(first, *revised.paragraphs[1:]))
    await reader.round()
    assert len(await reader.announced()) == 2  # too little to tell anybody


async def test_a_page_that_is_in_trouble_is_tried_again(reader, daily, clock):
    story = daily.publish()
    daily.misbehaves(statuses.overloaded("600"), at=story.path, times=1)
    await reader.follow(daily.feed_url())
    counts = await reader.round()
    assert counts[EventKind.STORED] == 0
    (feed,) = await reader.gathering.feeds.all()
    assert feed.pending_count == 1
    clock.turn(minutes=15)
    counts = await reader.round()
    assert counts[EventKind.STORED] == 1
    assert await reader.says(story.facts[2].sentence)


async def test_a_removed_feed_is_forgotten_with_its_articles_or_without(reader, daily):
    story = daily.publish()
    feed = await reader.follow(daily.feed_url(FULL))
    await reader.round()
    assert await reader.gathering.feeds.remove(feed) == 0
    assert await reader.says(story.facts[0].sentence)
    feed = await reader.follow(daily.feed_url(FULL))
    await reader.round()
    assert (await reader.news.statistics()).article_count == 1
