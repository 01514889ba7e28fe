"""A newsroom's reader under test: follows outlets of the local news site, with a clock to turn."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from index import NewsIndex, Query
from index.gathering.gathering import Gathering
from index.gathering.model import EventKind, GatheringPolicy
from index.ingestion.web.options import WebOptions, user_agent
from index.storage.story_store import StoryStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from index import Hit
    from index.gathering.model import GatheringEvent, GatheringReport
    from index.model import Feed
    from tests.integration.news_site.resolving import SiteResolver
    from tests.integration.news_site.site import NewsSite


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that nobody tells of."""
    while not is_so():  # noqa: ASYNC110 (looked at from outside)
        await asyncio.sleep(0.05)


@dataclass
class TurnableClock:
    """Goes with the time, and ahead of it as far as it is turned."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def turn(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@dataclass
class Following:
    """What follows the news, and all that it has told."""

    news: NewsIndex
    gathering: Gathering
    clock: TurnableClock
    events: list[GatheringEvent] = field(default_factory=list)

    async def follow(self, url: str, **choices: object) -> Feed:
        """Add one feed."""
        (feed,) = await self.gathering.feeds.add(url, **choices)
        return feed

    async def round(self, *, everything: bool = True) -> Counter[EventKind]:
        """Poll once; return what happened, counted."""
        before = len(self.events)
        report: GatheringReport = await self.gathering.run_once(
            self.events.append, lambda _: None, everything=everything
        )
        counts = Counter(event.kind for event in self.events[before:])
        assert {kind: n for kind, n in report.counts.items() if kind is not EventKind.REMOVED} == {
            kind: n for kind, n in counts.items() if kind is not EventKind.REMOVED
        }
        await self.news.refresh()
        return counts

    @asynccontextmanager
    async def going_on(self, timeout_seconds: float = 30.0) -> AsyncIterator[None]:
        """Follow without end, as a bot does; what is done inside may not take longer."""
        following = asyncio.create_task(self.gathering.run(self.events.append))
        try:
            async with asyncio.timeout(timeout_seconds):
                yield
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
        await self.news.refresh()

    async def feed(self, name: str) -> Feed:
        return await self.gathering.feeds.find(name)

    async def hits(self, words: str) -> list[Hit]:
        return await self.news.search(Query(words), 20)

    async def says(self, sentence: str) -> bool:
        """Whether a sentence stands in a passage that is found by its own words."""
        return any(sentence in hit.passage.text for hit in await self.hits(sentence))

    async def until_it_says(self, sentence: str, timeout_seconds: float = 30.0) -> None:
        """Wait until another process has stored what has a sentence in it."""
        async with asyncio.timeout(timeout_seconds):
            while not await self.says(sentence):
                await asyncio.sleep(0.1)
                await self.news.refresh()

    async def announced(self) -> list[tuple[str, bool]]:
        """Return the titles that are new to readers, and whether a revision is meant."""
        titles = {each.article.id: each.article.title for each in await self.news.passages()}
        told = await StoryStore(self.news.database).announcements(0, 1000)
        return [(titles[each.article_id], each.is_revision) for each in told]

    def reasons(self, kind: EventKind) -> list[str | None]:
        return [event.reason for event in self.events if event.kind is kind]


@asynccontextmanager
async def following(
    news: NewsIndex,
    site: NewsSite,
    clock: TurnableClock | None = None,
    *,
    spacing_seconds: float = 0.02,
    patience_seconds: float = 15.0,
    resolver: SiteResolver | None = None,
    **policy: object,
) -> AsyncIterator[Following]:
    """Follow the outlets of a site by their names, asking each more often than is polite.

    An answer may pause for `patience_seconds`, and take twice as long in all.
    """
    clock = clock or TurnableClock()
    # how long a page may take tells of the machine, and of what else it is doing
    policy.setdefault("worker_seconds", 60.0)
    choices = GatheringPolicy(allow_private_networks=True, **policy)  # type: ignore[arg-type]
    options = WebOptions(
        user_agent("0.0.0", choices.contact),
        allow_private_networks=True,
        host_spacing_seconds=spacing_seconds,
        read_seconds=patience_seconds,
        total_seconds=2 * patience_seconds,
    )
    async with await Gathering.open(
        news,
        choices,
        user_agent_version="0.0.0",
        resolver=resolver or site.resolver(),
        options=options,
        clock=clock,
    ) as gathering:
        yield Following(news, gathering, clock)
