"""A feed is asked out of its turn: by whoever polls, if it may be, and what came of it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from index.gathering.asking import LEAST_BETWEEN
from index.gathering.model import EventKind
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import statuses

if TYPE_CHECKING:
    from index import NewsIndex
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.site import NewsSite

FULL = FeedFormat.FULL_RSS
A_MINUTE = LEAST_BETWEEN.total_seconds() + 1


async def test_what_came_is_counted_by_what_became_of_it(
    news: NewsIndex, site: NewsSite, daily: Outlet, clock: TurnableClock
):
    known = daily.publish()
    async with following(news, site, clock, keep_days=30) as reader:
        feed = await reader.follow(daily.feed_url())
        await reader.round()
        clock.turn(seconds=A_MINUTE)
        asked = await reader.gathering.feeds.ask(feed)
        assert asked is not None
        before = await reader.gathering.feeds.came_of(asked)
        assert (before.is_polled, before.is_over, before.new_count) == (False, False, 0)

        daily.publish()
        daily.revise(known, title=f"{known.title}, it is said")
        daily.publish(replace(daily.write(), published=clock() - timedelta(days=60)))
        slow = daily.publish()
        daily.misbehaves(statuses.overloaded("600"), at=slow.path)
        await reader.round(everything=False)
        turn = await reader.gathering.feeds.came_of(asked)
        assert (turn.is_polled, turn.is_over) == (True, True)
        counts = (turn.new_count, turn.changed_count, turn.left_out_count)
        assert counts == (1, 1, 1)
        assert (turn.waiting_count, turn.later_count) == (0, 1)


async def test_a_story_on_its_way_is_waited_for(
    reader: Following, daily: Outlet, clock: TurnableClock
):
    feed = await reader.follow(daily.feed_url())
    await reader.round()
    clock.turn(seconds=A_MINUTE)
    asked = await reader.gathering.feeds.ask(feed)
    assert asked is not None
    story = daily.publish()
    daily.misbehaves(statuses.overloaded("600"), at=story.path, times=1)
    await reader.round(everything=False)
    clock.turn(hours=1)  # its page may be asked for again, and nobody has
    turn = await reader.gathering.feeds.came_of(asked)
    assert (turn.is_polled, turn.waiting_count, turn.is_over) == (True, 1, False)


async def test_a_feed_is_not_asked_too_soon_nor_where_it_fails_or_is_paused(
    reader: Following, daily: Outlet, clock: TurnableClock
):
    feeds = reader.gathering.feeds
    feed = await reader.follow(daily.feed_url(FULL))
    await reader.round()
    assert await feeds.ask(feed) is None
    clock.turn(seconds=A_MINUTE)
    await feeds.pause(feed)
    assert await feeds.ask(feed) is None
    await feeds.resume(feed)
    assert await feeds.ask(feed) is not None
    daily.misbehaves(statuses.too_many_requests("7200"), times=1)
    assert await reader.round(everything=False) == {EventKind.FAILED: 1}
    clock.turn(seconds=A_MINUTE)
    assert await feeds.ask(feed) is None
    assert await reader.round(everything=False) == {}


@pytest.mark.parametrize("is_polled", [False, True])
async def test_what_is_taken_back_is_polled_when_it_was_to_be(
    reader: Following, daily: Outlet, clock: TurnableClock, is_polled: bool
):
    feeds = reader.gathering.feeds
    number = str((await reader.follow(daily.feed_url(FULL))).id)
    await reader.round()
    clock.turn(seconds=A_MINUTE)
    before = await reader.feed(number)
    asked = await feeds.ask(before)
    assert asked is not None
    assert (await reader.feed(number)).next_poll_at == asked.at
    if is_polled:
        await reader.round(everything=False)
    expected = (await reader.feed(number)).next_poll_at if is_polled else before.next_poll_at
    await feeds.take_back(asked)
    assert (await reader.feed(number)).next_poll_at == expected


async def test_of_a_feed_that_is_removed_or_gone_nothing_more_comes(
    reader: Following, daily: Outlet
):
    feeds = reader.gathering.feeds
    feed = await reader.follow(daily.feed_url(FULL))
    asked = await feeds.ask(feed)  # it is due anyway, and has not been asked yet
    assert asked is not None
    daily.misbehaves(statuses.gone(), times=1)
    await reader.round(everything=False)
    assert (await feeds.came_of(asked)).is_over
    await feeds.remove(feed)
    turn = await feeds.came_of(asked)
    assert (turn.feed, turn.is_over) == (None, True)
    await feeds.take_back(asked)
