"""What follows the news ends and goes on later, or beside other processes, and forgets nothing."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import NewsIndex
from index.errors import WriterBusyError
from index.gathering.model import EventKind
from index.news_index import SEGMENTS_NAME
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import statuses
from tests.integration.typed import environment_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.integration.gathering.following import Following

FULL = FeedFormat.FULL_RSS
ROOT = Path(__file__).parents[3]


@pytest.fixture
def started(tmp_path, site, clock):
    """Return what opens all anew, as a process does that starts."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Following]:
        async with (
            await NewsIndex.open(tmp_path / "data") as news,
            following(news, site, clock) as reader,
        ):
            yield reader

    return start


async def test_nobody_is_asked_sooner_after_a_restart(started, site, daily, clock):
    daily.publish()
    async with started() as reader:
        await reader.follow(daily.feed_url(FULL), every_seconds=3600)
        await reader.round(everything=False)
    site.visits.clear()
    async with started() as reader:
        clock.turn(minutes=50)
        assert await reader.round(everything=False) == {}
    assert len(site.visits) == 0
    async with started() as reader:
        clock.turn(minutes=20)
        # and what was read before is still known
        assert await reader.round(everything=False) == {EventKind.UNCHANGED: 1}
    assert site.visits.statuses("daily.test", FULL) == [304]


async def test_who_is_in_trouble_is_left_alone_over_restarts(started, site, daily, clock):
    async with started() as reader:
        await reader.follow(daily.feed_url(FULL))
        daily.misbehaves(statuses.server_error())
    waits = []
    for number in (1, 2, 3):
        async with started() as reader:
            assert await reader.round(everything=False) == {EventKind.FAILED: 1}
            feed = await reader.feed("daily.test")
            assert feed.failure_count == number
            waits.append(feed.next_poll_at - clock())
            site.visits.clear()
        async with started() as reader:
            clock.turn(seconds=0.9 * waits[-1].total_seconds())
            assert await reader.round(everything=False) == {}
            assert len(site.visits) == 0
            clock.turn(seconds=0.2 * waits[-1].total_seconds())
    assert waits[0] < waits[1] < waits[2]


async def test_stories_that_waited_are_stored_after_a_restart(started, site, daily, clock):
    story, late = daily.publish(), daily.publish()
    daily.misbehaves(statuses.overloaded("600"), at=late.path, times=1)
    async with started() as reader:
        await reader.follow(daily.feed_url(), every_seconds=86400)
        assert (await reader.round())[EventKind.STORED] == 1
    site.visits.clear()
    async with started() as reader:
        assert await reader.says(story.facts[0].sentence)
        assert await reader.round(everything=False) == {}
        assert len(site.visits) == 0  # its server wanted to be left alone for ten minutes
        clock.turn(minutes=12)
        assert await reader.round(everything=False) == {EventKind.STORED: 1}
        assert await reader.says(late.facts[0].sentence)
        await assert_finds_what_is_stored(reader.news)
    # the feed itself is not due, and was not asked for its stories again
    assert site.visits.to("daily.test", FeedFormat.RSS) == []


async def test_stories_of_a_server_in_trouble_are_stored_after_a_restart(started, daily, clock):
    stories = [daily.publish() for _ in range(4)]
    async with started() as reader:
        await reader.follow(daily.feed_url(), every_seconds=86400)
        daily.misbehaves(statuses.server_error(), at="every page")
        await reader.round()
        (feed,) = await reader.gathering.feeds.all()
        assert feed.pending_count == len(stories)
    daily.behaves()
    clock.turn(hours=1)
    async with started() as reader:
        assert await reader.round(everything=False) == {EventKind.STORED: len(stories)}
        assert await reader.round(everything=False) == {}


async def test_a_story_is_found_at_once_and_nothing_is_built_anew(reader, daily):
    for _ in range(5):
        daily.publish()
    await reader.follow(daily.feed_url(FULL))
    await reader.round()
    folder = reader.news.database.path.parent / SEGMENTS_NAME
    files = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    parts = [each.part for each in reader.news._segments.state.parts]  # noqa: SLF001
    story = daily.publish()
    (event,) = await reader.gathering.fetch_page(daily.page_url(story))
    assert event.kind is EventKind.STORED
    assert await reader.says(story.facts[0].sentence)
    now = [each.part for each in reader.news._segments.state.parts]  # noqa: SLF001
    assert all(any(part is each for each in now) for part in parts)
    assert files == {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    await assert_finds_what_is_stored(reader.news)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGTERM")
async def test_one_process_polls_while_another_reads_and_changes_the_feeds(
    started, site, daily, tmp_path
):
    other = site.outlet("other.test", name="The Other")
    first, second = daily.publish(), other.publish()
    async with started() as reader:
        feed = await reader.follow(site.local(daily.feed_url(FULL)))
        polling = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "ingest", "--json"),
            cwd=ROOT,
            env=environment_of(tmp_path / "data", PULLQUOTE_ALLOW_PRIVATE_NETWORKS="true"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            await reader.until_it_says(first.facts[0].sentence)
            # only one polls, and says so
            with pytest.raises(WriterBusyError):
                await reader.gathering.run_once()
            # what is followed is changed here, and taken up there
            await reader.follow(site.local(other.feed_url(FULL)))
            await reader.until_it_says(second.facts[0].sentence)
            await reader.gathering.feeds.pause(feed, "too noisy")
            assert (await reader.feed("The Daily")).paused_reason == "too noisy"
            await assert_finds_what_is_stored(reader.news)
        finally:
            polling.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(polling.communicate(), 20)
        assert (polling.returncode, errors) == (0, b"")
        # and once it has ended, somebody else may
        assert EventKind.FAILED not in await reader.round()
        await assert_finds_what_is_stored(reader.news)
