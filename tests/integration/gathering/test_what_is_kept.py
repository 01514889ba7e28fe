"""How long articles, and texts that were replaced, are kept; and that nothing stays of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from index import Query
from index.gathering.model import EventKind
from index.news_index import SEGMENTS_NAME
from index.ranking.segment import Segment
from index.storage.segments.segment_file import open_segment_file
from index.storage.story_store import StoryStore
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat

FULL = FeedFormat.FULL_RSS
# no stemmer knows them
OLD_WORD, NEW_WORD = "quizzacot", "zenzizut"


def with_word(story, word):
    """Return a story with a word in it that no other has."""
    first, *rest = story.paragraphs
    return replace(story, paragraphs=(f"{first} They all were {word} surprised.", *rest))


async def places_of(news, word):
    """Return the tables, and whether segments on disk, where a word stands."""
    found = set()
    async with news.database.snapshot() as connection:
        tables = await connection.execute_fetchall(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        for (table,) in tables:
            rows = await connection.execute_fetchall(f"SELECT * FROM {table}")  # noqa: S608
            found |= {table for row in rows if any(word in str(value) for value in row)}
    folder = news.database.path.parent / SEGMENTS_NAME
    files = [open_segment_file(path) for path in folder.glob("*.segment")]
    held = {term for file in files for term in Segment.of(file.arrays, file.meta).terms()}
    return found | ({"segments"} if word.encode() in held else set())


async def count(news, table):
    async with news.database.snapshot() as connection:
        rows = await connection.execute_fetchall(f"SELECT count(*) FROM {table}")  # noqa: S608
    return next(iter(rows))[0]


async def test_what_is_older_than_what_is_kept_goes_and_nothing_of_it_stays(
    news, site, daily, clock
):
    old = daily.publish(with_word(daily.write(), OLD_WORD))
    revised = daily.revise(old)
    daily.publish(old)
    async with following(news, site, clock, keep_days=30, revision_days=0) as reader:
        await reader.follow(daily.feed_url(FULL))
        await reader.round()
        daily.publish(revised)
        await reader.round()
        assert await places_of(news, OLD_WORD) == {"articles", "revisions", "segments"}
        clock.turn(days=29)
        new = daily.publish(with_word(daily.write(), NEW_WORD))
        assert EventKind.REMOVED not in await reader.round()
        assert await reader.says(old.facts[0].sentence)
        clock.turn(days=2)
        assert (await reader.round())[EventKind.REMOVED] == 1
        assert await places_of(news, OLD_WORD) == set()
        assert await places_of(news, NEW_WORD) == {"articles", "segments"}
        assert not await reader.says(old.facts[0].sentence)
        assert await reader.says(new.facts[0].sentence)
        for table in ("articles", "gathered"):
            assert await count(news, table) == 1
        assert await count(news, "revisions") == 0
        # its feed still tells of it, and it does not come back
        assert (await reader.round())[EventKind.STORED] == 0
        await assert_finds_what_is_stored(news)


async def test_of_more_articles_than_are_kept_the_oldest_go(news, site, daily, clock):
    stories = []
    for _ in range(4):
        clock.turn(hours=1)
        stories.append(daily.publish())
    async with following(news, site, clock, keep_article_count=2) as reader:
        await reader.follow(daily.feed_url(FULL))
        assert (await reader.round())[EventKind.STORED] == 4
        kept = [await reader.says(story.facts[0].sentence) for story in stories]
        assert kept == [False, False, True, True]
        for table in ("articles", "gathered"):
            assert await count(news, table) == 2
        await assert_finds_what_is_stored(news)


async def test_of_a_server_so_many_are_kept_and_of_everybodys_all(news, site, daily, clock):
    own = site.outlet("own.test", name="Our Own")
    for _ in range(3):
        clock.turn(hours=1)
        stories = [each.publish() for each in (daily, own)]
    async with following(news, site, clock, community_article_count=1) as reader:
        await reader.follow(daily.feed_url(FULL))
        for community in ("ours", "theirs"):
            await reader.gathering.feeds.add_for(community, own.feed_url(FULL), 10)
        assert (await reader.round())[EventKind.STORED] == 9
        counts = {
            who: (await news.seen_by(who).statistics()).article_count
            for who in (None, "ours", "theirs")
        }
        assert counts == {None: 3, "ours": 4, "theirs": 4}
        for community in ("ours", "theirs"):
            (hit, *_) = await news.seen_by(community).search(Query(stories[1].facts[0].sentence), 1)
            assert hit.passage.article.title == stories[1].title


async def test_files_are_kept_whatever_their_age(news, site, folder, daily, clock):
    (folder / "old.md").write_text(
        "---\ndate: 2001-01-01\n---\n# Otters\n\nThe otters of Foxglove Lane won a medal.\n"
    )
    await news.ingest([folder])
    async with following(news, site, clock, keep_days=1, keep_article_count=1) as reader:
        daily.publish()
        await reader.follow(daily.feed_url(FULL))
        await reader.round()
        assert await reader.says("The otters of Foxglove Lane won a medal.")


@pytest.mark.parametrize(("days", "is_kept"), [(14, False), (0, True)])
async def test_a_text_that_was_replaced_is_kept_for_some_days(
    news, site, daily, clock, days, is_kept
):
    story = daily.publish(with_word(daily.write(), OLD_WORD))
    async with following(news, site, clock, revision_days=days) as reader:
        await reader.follow(daily.feed_url(FULL))
        await reader.round()
        daily.revise(story, paragraphs=(daily.write().paragraphs[0], *story.paragraphs[1:]))
        assert (await reader.round())[EventKind.REVISED] == 1
        before = clock()
        clock.turn(days=13)
        await reader.round()
        (revision,) = await StoryStore(news.database).revisions(daily.page_url(story))
        assert OLD_WORD in revision.text
        assert revision.title == story.title
        assert abs(revision.replaced_at - before) < timedelta(minutes=1)
        clock.turn(days=2)
        await reader.round()
        assert await places_of(news, OLD_WORD) >= ({"revisions"} if is_kept else set())
        assert ("revisions" in await places_of(news, OLD_WORD)) == is_kept
        # announcements and lines of hosts are never kept for long
        clock.turn(days=60)
        await reader.round()
        assert await count(news, "announcements") == 0
        assert await count(news, "host_lines") == 0


async def test_removal_is_completed_when_whoever_was_writing_is_done(news, site, daily, clock):
    daily.publish(with_word(daily.write(), OLD_WORD))
    async with following(news, site, clock, keep_days=30) as reader:
        await reader.follow(daily.feed_url(FULL))
        await reader.round()
        clock.turn(days=31)
        with news._segments.lock():  # noqa: SLF001 (stands in for another process that writes)
            assert (await reader.round())[EventKind.REMOVED] == 1
        assert await places_of(news, OLD_WORD) == {"segments"}
        await reader.round()
        assert await places_of(news, OLD_WORD) == set()


async def test_articles_that_go_with_their_feed_leave_nothing_behind(news, site, daily, clock):
    other = site.outlet("other.test", name="The Other")
    daily.publish(with_word(daily.write(), OLD_WORD))
    other.publish(with_word(other.write(), NEW_WORD))
    async with following(news, site, clock) as reader:
        feed = await reader.follow(daily.feed_url(FULL))
        await reader.follow(other.feed_url(FULL))
        await reader.round()
        assert await places_of(news, OLD_WORD) == {"articles", "segments"}
        assert await reader.gathering.feeds.remove(feed, with_articles=True) == 1
        assert await places_of(news, OLD_WORD) == set()
        assert await places_of(news, NEW_WORD) == {"articles", "segments"}
        for table in ("feeds", "articles", "gathered", "entries"):
            assert await count(news, table) == 1
        await news.refresh()
        await assert_finds_what_is_stored(news)
