"""Following the news of one data directory, put together: feeds, the work, and who is told.

Only one process at a time polls a data directory; any number may look at its feeds and change them.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from index.errors import PullquoteError, WriterBusyError
from index.gathering.checking import Checking
from index.gathering.feeds import Feeds
from index.gathering.folders import Folders
from index.gathering.gatherer import Gatherer, Hands
from index.gathering.model import EventKind, GatheringReport
from index.gathering.pages import Pages
from index.gathering.polling import Polling
from index.gathering.probing import Probing
from index.gathering.sampling import Sampling
from index.gathering.storing import Storing
from index.gathering.timekeeping import Timekeeping
from index.gathering.tools import Tools
from index.gathering.upkeep import Upkeep
from index.ingestion.isolation import Isolation
from index.ingestion.web.client import WebClient
from index.ingestion.web.options import WebOptions, user_agent
from index.storage.entry_store import EntryStore
from index.storage.feed_store import FeedStore
from index.storage.locks import polling_lock
from index.storage.plan_store import PlanStore
from index.storage.story_store import StoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.abc import AbstractResolver

    from index.gathering.model import GatheringEvent, GatheringPolicy, GatheringProgress
    from index.news_index import NewsIndex
    from index.storage.segments.writer_lock import WriterLock

_log = logging.getLogger(__name__)

_LOOK_AGAIN_SECONDS = 5.0
_CHANGES = {
    EventKind.STORED,
    EventKind.REVISED,
    EventKind.COPIED,
    EventKind.WITHDRAWN,
    EventKind.REMOVED,
}


class Gathering:
    """Follows the news of one data directory. Make one with `Gathering.open`."""

    def __init__(self, news: NewsIndex, tools: Tools, stack: AsyncExitStack):
        self._news = news
        self._tools = tools
        self._stack = stack
        self._listener: Callable[[GatheringEvent], None] = lambda _: None
        self._changed = asyncio.Event()
        polling, storing, probing = Polling(tools), Storing(tools), Probing(tools)
        self._pages = Pages(tools, storing, polling)
        self._upkeep = Upkeep(tools, news)
        self._timekeeping = Timekeeping(tools, self._upkeep)
        self.feeds = Feeds(tools, probing, Sampling(probing, storing), news.purge)
        self._gatherer = Gatherer(
            tools,
            Hands(
                poll=polling.poll,
                poll_folder=Folders(tools, news, polling).poll,
                poll_page=self._pages.poll,
                poll_failed=polling.failed,
                storing=storing,
                checking=Checking(tools, storing),
                upkeep=self._upkeep,
                timekeeping=self._timekeeping,
            ),
        )

    @classmethod
    async def open(
        cls,
        news: NewsIndex,
        policy: GatheringPolicy,
        *,
        user_agent_version: str,
        resolver: AbstractResolver | None = None,
        options: WebOptions | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Self:
        """Get ready to follow the news; nothing is fetched yet. Use it with `async with`.

        `resolver` and `options` stand in for this machine's way to the web, and its limits.
        """
        stack = AsyncExitStack()
        options = options or WebOptions(
            user_agent=user_agent(user_agent_version, policy.contact),
            allow_private_networks=policy.allow_private_networks,
        )
        teller = _Teller()
        tools = Tools(
            client=await stack.enter_async_context(
                WebClient(options, clock=clock, resolver=resolver)
            ),
            workers=await stack.enter_async_context(_workers(policy)),
            feeds=FeedStore(news.database),
            entries=EntryStore(news.database),
            stories=StoryStore(news.database),
            plans=PlanStore(news.database),
            policy=policy,
            clock=clock,
            tell=teller,
        )
        gathering = cls(news, tools, stack)
        teller.listener = gathering._hear
        return gathering

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._gatherer.stop()
        await self._upkeep.stop()
        await self._stack.aclose()

    async def run(self, on_event: Callable[[GatheringEvent], None]) -> None:
        """Follow the news for ever; while another process does, wait for its end."""
        self._listener = on_event
        is_told = False
        while True:
            try:
                with self._lock():
                    await self._run()
            except WriterBusyError as error:
                if not is_told:
                    _log.info("%s", error)
                is_told = True
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def run_once(
        self,
        on_event: Callable[[GatheringEvent], None] = lambda _: None,
        on_progress: Callable[[GatheringProgress], None] = lambda _: None,
        *,
        everything: bool = False,
    ) -> GatheringReport:
        """Poll the feeds that are due, or all that are not paused, and store what they tell of.

        Raises WriterBusyError while another process polls, and StorageError.
        """
        started = time.monotonic()
        report = GatheringReport(self._tools.clock())

        def hear(event: GatheringEvent) -> None:
            report.add(event)
            on_event(event)

        self._listener = hear
        with self._lock():
            await self._timekeeping.look()
            feeds = await self._tools.feeds.unpaused()
            if not everything:
                now = self._tools.clock()
                feeds = [each for each in feeds if each.next_poll_at and each.next_poll_at <= now]
            await self._gatherer.run_once(feeds, on_progress)
            await self._upkeep.finish()
        await self._news.refresh()
        report.duration_seconds = time.monotonic() - started
        return report

    async def fetch_page(self, url: str) -> list[GatheringEvent]:
        """Fetch one page now, and store its article or articles. Raises SourceError."""
        events = await self._pages.fetch(url)
        await self._news.refresh()
        return events

    async def _run(self) -> None:
        refreshing = asyncio.create_task(self._keep_fresh())
        try:
            await self._gatherer.run()
        finally:
            refreshing.cancel()
            await asyncio.gather(refreshing, return_exceptions=True)

    async def _keep_fresh(self) -> None:
        """Let what is stored be found at once."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await self._news.refresh()
            except PullquoteError as error:
                _log.warning("news not refreshed: %s", error)

    def _hear(self, event: GatheringEvent) -> None:
        self._upkeep.note(event)
        if event.kind in _CHANGES:
            self._changed.set()
        self._listener(event)

    def _lock(self) -> WriterLock:
        return polling_lock(self._news.database.path.parent)


def _workers(policy: GatheringPolicy) -> Isolation:
    return Isolation(
        policy.worker_count,
        max_seconds=policy.worker_seconds,
        imports=("index.gathering.preparing",),
    )


class _Teller:
    """Hands events on to whoever listens by then."""

    def __init__(self) -> None:
        self.listener: Callable[[GatheringEvent], None] = lambda _: None

    def __call__(self, event: GatheringEvent) -> None:
        self.listener(event)
