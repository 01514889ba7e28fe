"""Each story is stored once, and found once, whatever feeds say of it and in which order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from index.model import CopyPlace, FeedKind, PublicationTime
from index.storage.article_store import ArticleStore
from index.storage.entry_store import EntryStore, PollAnswer, ToldEntry
from index.storage.feed_store import FeedStore, NewFeed
from index.storage.incoming_story import IncomingStory, PageSource, StoryOutcome
from index.storage.story_removal import Kept
from index.storage.story_store import REPEATED_COUNT, StoryStore
from tests.unit.index.storage.made_stories import NOW, story, text_of


@pytest.fixture
async def store(tmp_path):
    store = await ArticleStore.open(tmp_path)
    yield store
    await store.close()


@pytest.fixture
def stories(store):
    return StoryStore(store.database)


async def put(stories, *incoming: IncomingStory, now=NOW):
    return await stories.store(incoming, None, now)


async def found(store):
    """Return the articles that have passages, by id, as a reader would get them."""
    reader = store.reader()
    try:
        ids = sorted({passage.id for passage in await store.passages()})
        passages = reader.passages(ids)
    finally:
        reader.close()
    return {passage.article.id: passage.article for passage in passages.values()}


async def test_a_story_is_stored_once_under_any_of_its_names(store, stories):
    first = story(identities=("guid:a:1", "url:a1.test/1"))
    again = story(identities=("url:a1.test/1", "url:other.test/x"))
    third = story(identities=("url:other.test/x",), name="a1")
    outcomes = [await put(stories, each) for each in (first, again, third)]
    assert outcomes == [
        [StoryOutcome.STORED],
        [StoryOutcome.UNCHANGED],
        [StoryOutcome.UNCHANGED],
    ]
    assert list(await found(store)) == ["https://a1.test/1"]


async def test_a_changed_text_takes_the_place_of_the_old_one_which_is_kept(store, stories):
    await put(stories, story())
    later = NOW + timedelta(hours=1)
    changed = story(2, name="a1", title="Title 1")
    assert await put(stories, changed, now=later) == [StoryOutcome.REVISED]
    articles = await found(store)
    assert articles["https://a1.test/1"].text == text_of(2)
    (revision,) = await stories.revisions("https://a1.test/1")
    assert (revision.text, revision.replaced_at) == (text_of(1), later)


async def test_a_few_changed_words_of_a_long_text_are_not_announced(stories):
    text = text_of(1, 80)
    await put(stories, story(text=text))
    await put(stories, story(text=text[:20] + "x" + text[20:]))
    assert [each.is_revision for each in await stories.announcements(0, 10)] == [False]
    await put(stories, story(text=text + " " + text_of(9, 10)))
    assert [each.is_revision for each in await stories.announcements(0, 10)] == [False, True]


async def test_the_newest_announcement_is_known_when_it_is_gone(stories):
    assert await stories.newest_announcement() == 0
    await put(stories, story())
    (announced,) = await stories.announcements(0, 10)
    assert await stories.newest_announcement() == announced.number
    await stories.forget(NOW + timedelta(days=1), NOW + timedelta(days=1))
    assert await stories.announcements(0, 10) == []
    assert await stories.newest_announcement() == announced.number


async def test_what_a_feed_held_when_it_was_added_is_not_announced(stories):
    await put(stories, story(is_announced=False))
    assert await stories.announcements(0, 10) == []


async def test_a_summary_does_not_take_the_place_of_a_text_but_gives_way_to_it(store, stories):
    summary = story(text="Only the beginning of it is public.", is_partial=True)
    assert await put(stories, summary) == [StoryOutcome.STORED]
    assert (await found(store))["https://a1.test/1"].is_partial
    assert await put(stories, story()) == [StoryOutcome.REVISED]
    assert await put(stories, summary) == [StoryOutcome.UNCHANGED]
    article = (await found(store))["https://a1.test/1"]
    assert article.text == text_of(1)
    assert not article.is_partial
    # the whole text in the place of its summary is no news
    assert len(await stories.announcements(0, 10)) == 1


async def test_a_copy_is_no_story_of_its_own_but_a_place_where_it_stands_too(store, stories):
    original = story(1)
    copy = story(1, name="b", title="Another headline", text="By an agency. " + text_of(1))
    assert await put(stories, original) == [StoryOutcome.STORED]
    assert await put(stories, copy) == [StoryOutcome.COPIED]
    articles = await found(store)
    assert list(articles) == ["https://a1.test/1"]
    assert articles["https://a1.test/1"].also_in == (CopyPlace("B", "https://b.test/1"),)
    assert (await store.statistics()).article_count == 1
    assert len(await stories.announcements(0, 10)) == 1


async def test_the_more_complete_copy_is_the_one_that_is_quoted(store, stories):
    whole = text_of(1, 60)
    await put(stories, story(1, text=whole[: len(whole) // 2]))
    await put(stories, story(1, name="b", text=whole))
    articles = await found(store)
    assert list(articles) == ["https://b.test/1"]
    assert [each.publisher for each in articles["https://b.test/1"].also_in] == ["A1"]


async def test_any_number_of_copies_are_one_story(store, stories):
    for number in range(30):
        await put(stories, story(1, name=f"paper{number}"))
    articles = await found(store)
    assert len(articles) == 1
    assert len(next(iter(articles.values())).also_in) == 29


async def test_when_the_original_goes_a_copy_takes_its_place(store, stories):
    for name in ("a", "b", "c"):
        await put(stories, story(1, name=name))
    number = await number_of(store, "https://a.test/1")
    assert await stories.withdraw_article(number, NOW)
    articles = await found(store)
    assert list(articles) == ["https://b.test/1"]
    assert [each.publisher for each in articles["https://b.test/1"].also_in] == ["C"]


async def test_what_is_withdrawn_is_found_no_more_and_does_not_come_back_by_a_feed(store, stories):
    await put(stories, story())
    assert await stories.withdraw(["url:a1.test/1"], None, NOW)
    assert not await stories.withdraw(["url:a1.test/1"], None, NOW)
    assert await found(store) == {}
    assert (await store.statistics()).article_count == 0
    assert await put(stories, story()) == [StoryOutcome.UNCHANGED]
    assert await found(store) == {}


async def test_a_page_that_stands_again_brings_its_story_back(store, stories):
    page = PageSource("https://a1.test/1")
    await put(stories, story(page=page))
    await stories.withdraw(["url:a1.test/1"], None, NOW)
    assert await put(stories, story(page=page)) == [StoryOutcome.REVISED]
    assert list(await found(store)) == ["https://a1.test/1"]


async def test_a_guid_that_is_used_again_does_not_make_two_stories_one(store, stories):
    await put(stories, story(1, identities=("guid:f:1", "url:x.test/1")))
    other = story(2, identities=("guid:f:1", "url:x.test/2"))
    assert await put(stories, other) == [StoryOutcome.STORED]
    assert len(await found(store)) == 2


async def test_a_canonical_address_that_all_pages_share_does_not_make_them_one(store, stories):
    for number in range(3):
        same = story(
            number,
            identities=(f"url:s.test/{number}", "url:s.test/section"),
            id="https://s.test/section",
        )
        assert await put(stories, same) == [StoryOutcome.STORED]
    assert len(await found(store)) == 3


async def test_a_story_that_a_file_gave_stays_the_files(store, stories):
    async with store.update_file("/a.json", "hash", "1", ()) as update:
        article = story().article
        from index.storage.rows import SplitArticle

        await update.put(SplitArticle(replace(article, text="From a file."), [(0, 12)]))
    assert await put(stories, story()) == [StoryOutcome.UNCHANGED]
    assert (await found(store))["https://a1.test/1"].text == "From a file."


async def test_a_date_and_publisher_that_are_told_later_are_taken_up(store, stories):
    await put(stories, story(published=None, publisher=None))
    day = PublicationTime.of(NOW.date())
    await put(stories, story(published=day))
    assert (await found(store))["https://a1.test/1"].published == day
    await put(stories, story())
    article = (await found(store))["https://a1.test/1"]
    assert (article.published, article.publisher) == (PublicationTime(NOW), "A1")
    await put(stories, story(published=PublicationTime(NOW + timedelta(days=2))))
    assert (await found(store))["https://a1.test/1"].published == PublicationTime(NOW)


async def test_lines_that_a_host_repeats_are_known(stories):
    for number in range(REPEATED_COUNT):
        assert await stories.repeated_lines("h.test", NOW) == frozenset()
        await put(stories, story(number, host="h.test", line_hashes=(7, number + 100)))
    assert await stories.repeated_lines("h.test", NOW) == {7}
    assert await stories.repeated_lines("other.test", NOW) == frozenset()
    assert await stories.repeated_lines("h.test", NOW + timedelta(days=40)) == frozenset()


async def test_removing_what_is_old_leaves_nothing_of_it(store, stories):
    for days in (1, 20, 40):
        published = PublicationTime(NOW - timedelta(days=days))
        await put(stories, story(days, published=published))
    assert await stories.remove_old(Kept(since=NOW - timedelta(days=30)), NOW) == 1
    assert await stories.remove_old(Kept(most=1), NOW) == 1
    assert list(await found(store)) == ["https://a1.test/1"]
    for table in ("articles", "gathered", "identities"):
        assert await rows_of(store, f"SELECT count(*) FROM {table}") == [(1,)]
    assert await rows_of(store, "SELECT DISTINCT article_id FROM shingles") == await rows_of(
        store, "SELECT article_id FROM articles"
    )


async def test_a_copy_of_what_was_removed_is_quoted_instead(store, stories):
    old = PublicationTime(NOW - timedelta(days=40))
    await put(stories, story(1, published=old))
    await put(stories, story(1, name="b"))
    assert await stories.remove_old(Kept(since=NOW - timedelta(days=30)), NOW) == 1
    assert list(await found(store)) == ["https://b.test/1"]


async def test_a_feed_goes_with_or_without_its_articles(store, stories):
    feeds = FeedStore(store.database)
    for name in ("one", "two"):
        feed = await feeds.add(NewFeed(f"https://{name}.test/", FeedKind.FEED), NOW)
        await put(stories, story(len(name) + feed.id, name=name, feed_id=feed.id))
    one, two = await feeds.all()
    assert (one.article_count, two.article_count) == (1, 1)
    assert await stories.remove_feed(one.id, NOW, with_articles=False) == 0
    assert await stories.remove_feed(two.id, NOW, with_articles=True) == 1
    assert list(await found(store)) == ["https://one.test/1"]


async def test_what_a_feed_says_while_its_story_is_stored_still_waits(store, stories):
    feeds, entries = FeedStore(store.database), EntryStore(store.database)
    feed = await feeds.add(NewFeed("https://f.test/", FeedKind.FEED), NOW)
    await entries.take_in(feed.id, PollAnswer([ToldEntry("k", "1", "{}")], NOW), NOW)
    (waiting,) = await entries.waiting(feed.id, NOW, (), 10)
    await entries.take_in(feed.id, PollAnswer([ToldEntry("k", "2", '{"a": 1}')], NOW), NOW)
    await stories.store([story()], waiting, NOW)
    (newer,) = await entries.waiting(feed.id, NOW, (), 10)
    assert newer.waiting == '{"a": 1}'
    await stories.store([story()], newer, NOW)
    assert await entries.waiting_count() == 0


async def rows_of(store, query):
    async with store.database.snapshot() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(query)]


async def number_of(store, article_id):
    rows = await rows_of(store, f"SELECT article_id FROM articles WHERE id = '{article_id}'")
    return rows[0][0]


async def test_a_story_whose_feed_is_removed_while_it_is_fetched_is_not_stored(store, stories):
    feeds, entries = FeedStore(store.database), EntryStore(store.database)
    feed = await feeds.add(NewFeed("https://a1.test/feed", FeedKind.FEED), NOW)
    await entries.take_in(feed.id, PollAnswer([ToldEntry("1", "d", "{}")], NOW), NOW)
    (waiting,) = await entries.waiting(feed.id, NOW, (), 10)
    await stories.remove_feed(feed.id, NOW, with_articles=True)
    assert await stories.store([story(feed_id=feed.id)], waiting, NOW) == []
    assert await stories.store([story(feed_id=feed.id)], None, NOW) == []
    assert await found(store) == {}
