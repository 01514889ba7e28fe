"""Whoever asks meanwhile: an index run and its merging leave the event loop to others."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from index import NewsIndex, Query
from index.analysis.fingerprints import fingerprint
from index.model import Article
from index.storage.incoming_story import IncomingStory, StoryOutcome
from index.storage.story_store import StoryStore
from tests.integration.editions import WORDS
from tests.integration.news_folder import write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TICK_SECONDS = 0.005
# far above what is measured, so that a busy machine fails nothing
LONGEST_DELAY_SECONDS = 1.0
ARTICLE_COUNT = 600


@asynccontextmanager
async def measured_delays() -> AsyncIterator[list[float]]:
    """Collect by how much a task that sleeps all the time is woken too late."""
    delays: list[float] = []

    async def tick() -> None:
        while True:
            wanted = time.perf_counter() + TICK_SECONDS
            await asyncio.sleep(TICK_SECONDS)
            delays.append(time.perf_counter() - wanted)

    ticking = asyncio.create_task(tick())
    try:
        yield delays
    finally:
        ticking.cancel()


def story(chance: Random) -> str:
    paragraphs = []
    for _ in range(7):
        words = [chance.choice(WORDS) + chance.choice(["", "", str(chance.randrange(9999))])]
        words += [chance.choice([*WORDS, "the", "of", "was", "in"]) for _ in range(69)]
        paragraphs.append("The " + " ".join(words) + ".")
    return "\n\n".join(paragraphs)


async def test_the_loop_is_never_held_up_for_long(folder, tmp_path):
    chance = Random(7)
    async with await NewsIndex.open(tmp_path / "data") as news, measured_delays() as delays:
        # four segments of a size, which are merged by a process of its own
        for batch in range(4):
            numbers = range(ARTICLE_COUNT // 4)
            texts = {f"{batch}-{number}": story(chance) for number in numbers}
            await asyncio.to_thread(write, folder, f"{batch}.jsonl", **texts)
            await news.ingest([folder])
        assert await news.search(Query("bridge of the harbour"), 10)
        running = max(delays)
        segment_count = len(news._segments.state.parts)  # noqa: SLF001 (it tells that there was a merge)
        await news.settled()
        assert len(news._segments.state.parts) < segment_count  # noqa: SLF001
        assert news.searcher.passage_count > 4000
    print(  # noqa: T201 (shown by pytest -s)
        f"the loop was late by {1000 * running:.0f} ms at most while indexing,"
        f" {1000 * max(delays):.0f} ms with merging; {len(delays)} ticks"
    )
    assert max(delays) < LONGEST_DELAY_SECONDS


async def test_a_long_text_that_changes_holds_up_nobody(tmp_path):
    before, after = ("".join(story(Random(n)) + "\n\n" for n in range(r, r + 400)) for r in (0, 9))
    stories = [
        IncomingStory(
            Article(id="https://a.test/1", title="A long text", text=text),
            [(0, 100)],
            ["url:a.test/1"],
            fingerprint(text),
        )
        for text in (before, after)
    ]
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    async with await NewsIndex.open(tmp_path / "data") as news:
        store = StoryStore(news.database)
        assert await store.store(stories[:1], None, now) == [StoryOutcome.STORED]
        async with measured_delays() as delays:
            assert await store.store(stories[1:], None, now) == [StoryOutcome.REVISED]
    assert max(delays) < LONGEST_DELAY_SECONDS
