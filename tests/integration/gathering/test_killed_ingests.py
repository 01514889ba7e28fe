"""`pullquote ingest`, killed at any moment: what it said is stored is stored, and nothing twice."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from index import NewsIndex
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.site import NewsSite
from tests.integration.typed import environment_of

if TYPE_CHECKING:
    from index import Article
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.stories import Story

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("PULLQUOTE_KILLS", "0")) or 4
OUTLET_COUNT = 4
FORMS = (FeedFormat.FULL_RSS, FeedFormat.JSON_FEED)

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


class Newsdesk:
    """Outlets that go on publishing, and what stands in them now."""

    def __init__(self, site: NewsSite, chance: Random) -> None:
        self.site = site
        self.outlets = [site.outlet(f"paper-{n}.test") for n in range(OUTLET_COUNT)]
        for outlet in self.outlets:
            outlet.room.feed_length = 10_000
        self.standing: dict[int, tuple[Outlet, Story]] = {}
        self._chance = chance

    def work(self) -> None:
        """Publish some stories, and change some."""
        for outlet in self.outlets:
            for _ in range(self._chance.randint(1, 6)):
                story = outlet.publish()
                self.standing[story.number] = outlet, story
        for number in self._chance.sample(sorted(self.standing), k=3):
            outlet, story = self.standing[number]
            self.standing[number] = outlet, outlet.revise(story)

    def url(self, number: int) -> str:
        outlet, story = self.standing[number]
        return self.site.local(outlet.page_url(story))


async def run(data_dir: Path, *arguments: str, kill_after: float | None = None) -> list[str]:
    """Run a command; return the whole lines that it wrote until its end or its death."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=ROOT,
        env=environment_of(data_dir, PULLQUOTE_ALLOW_PRIVATE_NETWORKS="true"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told = asyncio.create_task(process.communicate())
    if kill_after is None:
        out, err = await told
        assert process.returncode == 0, err.decode()
    else:
        await asyncio.wait([told], timeout=kill_after)
        if not told.done():
            process.kill()
        out, err = await told
        assert process.returncode in {0, -signal.SIGKILL}, err.decode()
    *lines, _ = out.decode().split("\n")
    return lines


async def stored(data_dir: Path) -> dict[str, Article]:
    """Return the articles by address; the index agrees with the store, and none is there twice."""
    async with await NewsIndex.open(data_dir) as news:
        passages = await assert_finds_what_is_stored(news)
        articles = {passage.article.id: passage.article for passage in passages}
        assert (await news.statistics()).article_count == len(articles)
    titles = Counter(article.title for article in articles.values())
    assert max(titles.values(), default=1) == 1
    return {article.url or article.id: article for article in articles.values()}


async def test_nothing_that_was_stored_is_lost_and_nothing_is_there_twice(tmp_path):
    chance = Random(os.environ.get("PULLQUOTE_SEED", "killed"))
    data_dir = tmp_path / "data"
    async with NewsSite(seed=str(chance.random())) as site:
        desk = Newsdesk(site, chance)
        for number, outlet in enumerate(desk.outlets):
            url = site.local(outlet.feed_url(FORMS[number % len(FORMS)]))
            await run(data_dir, "feeds", "add", url)
        desk.work()
        began = time.monotonic()
        reported = addresses(await run(data_dir, "ingest", "--once", "--all", "--json"))
        usual = time.monotonic() - began
        assert reported == {desk.url(number) for number in desk.standing}
        for _ in range(KILLS):
            desk.work()
            lines = await run(
                data_dir, "ingest", "--once", "--all", "--json", kill_after=chance.uniform(0, usual)
            )
            reported |= addresses(lines)
            articles = await stored(data_dir)
            assert reported <= articles.keys()
        await run(data_dir, "ingest", "--once", "--all", "--json")
        articles = await stored(data_dir)
        assert articles.keys() == {desk.url(number) for number in desk.standing}
        for number, (_, story) in desk.standing.items():
            article = articles[desk.url(number)]
            assert all(paragraph in article.text for paragraph in story.paragraphs)


def addresses(lines: list[str]) -> set[str]:
    """Return the addresses of the stories that are said to be stored."""
    events = [json.loads(line) for line in lines]
    return {each["url"] for each in events if each["event"] == "stored"}
