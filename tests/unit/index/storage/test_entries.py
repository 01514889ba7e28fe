"""What feeds have told of waits until it is stored, and no more of it than can be dealt with."""

from __future__ import annotations

import pytest

from index.model import FeedKind
from index.storage.entry_store import MOST_WAITING, EntryStore, PollAnswer, ToldEntry
from index.storage.feed_store import FeedStore, NewFeed
from tests.unit.index.storage.made_stories import NOW


@pytest.fixture
def feeds(store):
    return FeedStore(store.database)


@pytest.fixture
def entries(store):
    return EntryStore(store.database)


async def test_what_a_feed_held_when_it_was_added_is_old_even_if_it_changes_at_once(feeds, entries):
    feed = await feeds.add(NewFeed("https://a1.test/feed", FeedKind.FEED), NOW)
    for digest, key in (("before", "old"), ("after", "old"), ("first", "new")):
        told = ToldEntry(key, digest, f'{{"title": "{digest}"}}')
        await entries.take_in(feed.id, PollAnswer([told], NOW), NOW)
    waiting = await entries.waiting(feed.id, NOW, (), 10)
    assert {each.waiting: each.is_announced for each in waiting} == {
        '{"title": "after"}': False,
        '{"title": "first"}': True,
    }


def edition(*numbers: int) -> PollAnswer:
    told = [ToldEntry(f"{number}", "d", "{}") for number in numbers]
    return PollAnswer(told, NOW, etag="e", last_modified="m")


async def test_of_a_feed_that_tells_without_end_so_much_waits_and_the_rest_comes_later(
    feeds, entries
):
    endless = await feeds.add(NewFeed("https://a1.test/feed", FeedKind.FEED), NOW)
    other = await feeds.add(NewFeed("https://b2.test/feed", FeedKind.FEED), NOW)
    assert await entries.take_in(endless.id, edition(*range(MOST_WAITING - 1)), NOW) > 0
    assert (await feeds.state(endless.id)).etag == "e"
    later = edition(*range(MOST_WAITING, MOST_WAITING + 3))
    assert await entries.take_in(endless.id, later, NOW) == 1
    assert await entries.take_in(endless.id, later, NOW) == 0
    # "not modified" would keep the rest from ever being told again
    state = await feeds.state(endless.id)
    assert (state.etag, state.last_modified) == (None, None)
    assert await entries.take_in(other.id, edition(1), NOW) == 1
    (stored, *_) = await entries.waiting(endless.id, NOW, (), 1)
    await entries.give_up(stored, "no such page")
    assert await entries.take_in(endless.id, later, NOW) == 1
