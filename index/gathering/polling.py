"""One poll of one feed: ask, read what came, keep what is new for storing, and plan the next one.

Never raises for what a publisher does: that is noted with the feed, and told.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.gathering.answers import GONE, NOT_MODIFIED, OK, refusal_of
from index.gathering.entries import told
from index.gathering.model import EventKind, GatheringEvent
from index.gathering.reading_feeds import FieldNames, read_document
from index.gathering.schedule import Wishes, is_to_be_paused, next_poll_at, next_try_at
from index.gathering.sitemaps import whole_sitemap
from index.gathering.tools import FEED_BYTES, FEEDS, SITEMAP_BYTES
from index.ingestion.feeds.model import DocumentKind
from index.ingestion.web.model import FetchError, WebRequest
from index.model import FeedKind
from index.storage.entry_store import PollAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from index.gathering.tools import Tools
    from index.ingestion.feeds.model import Entry, FeedDocument
    from index.ingestion.web.model import WebResponse
    from index.model import Feed
    from index.storage.entry_store import ToldEntry
    from index.storage.feed_store import PollState


class Polling:
    """Polls feeds, sitemaps and JSON."""

    def __init__(self, tools: Tools):
        self._tools = tools

    async def poll(self, feed: Feed) -> None:
        """Poll one feed. Raises StorageError only."""
        state = await self._tools.feeds.state(feed.id)
        try:
            response = await self._tools.client.get(_request(feed, state))
            if response.status == NOT_MODIFIED:
                await self._unchanged(feed, state, response)
                await self.moved(feed, response)
            elif response.status == OK:
                await self._read(feed, state, response)
                # only now is it known to be a feed
                await self.moved(feed, response)
            elif response.status == GONE:
                await self.gone(feed)
            else:
                await self.failed(feed, refusal_of(response.status), response.retry_at)
        except SourceError as error:
            await self.unread(feed, error)

    async def unread(self, feed: Feed, error: SourceError) -> None:
        """Note that a feed could not be read; for trouble of this machine's own, none is paused."""
        if not (isinstance(error, FetchError) and error.is_ours):
            await self.failed(feed, str(error), None)
            return
        now = self._tools.clock()
        at = next_try_at(now, 1, None, self._tools.chance())
        await self._tools.feeds.failed(feed.id, str(error), now=now, next_poll_at=at, counts=False)
        self._tell(EventKind.FAILED, feed, reason=str(error))

    async def failed(self, feed: Feed, reason: str, retry_at: datetime | None) -> None:
        """Note a failure; a feed that keeps failing is paused."""
        now, count = self._tools.clock(), feed.failure_count + 1
        at = next_try_at(now, count, retry_at, self._tools.chance())
        await self._tools.feeds.failed(feed.id, reason, now=now, next_poll_at=at)
        self._tell(EventKind.FAILED, feed, reason=reason)
        if is_to_be_paused(count):
            await self._pause(feed, f"it has failed {count} times in a row; last: {reason}")

    async def gone(self, feed: Feed) -> None:
        """Poll a feed no more whose server says that it is gone."""
        await self._pause(feed, refusal_of(GONE))

    async def _pause(self, feed: Feed, reason: str) -> None:
        await self._tools.feeds.pause(feed.id, reason, self._tools.clock())
        self._tell(EventKind.PAUSED, feed, reason=reason)

    async def moved(self, feed: Feed, response: WebResponse) -> None:
        """Give a feed the address to which its server says that it has moved for ever."""
        if response.moved_to and response.status in {OK, NOT_MODIFIED}:
            await self._move(feed, response.moved_to)

    async def _move(self, feed: Feed, url: str) -> None:
        if url == feed.url:
            return
        if await self._tools.feeds.move(feed.id, url):
            self._tell(EventKind.MOVED, feed, url=url)
        else:
            await self._pause(feed, f"it has moved to {url}, which is followed already")

    async def _unchanged(self, feed: Feed, state: PollState, response: WebResponse) -> None:
        now = self._tools.clock()
        wishes = Wishes(state.ttl_seconds, response.fresh_until, response.retry_at)
        await self._tools.feeds.unchanged(
            feed.id, now=now, next_poll_at=self._next(feed, wishes, now)
        )
        self._tell(EventKind.UNCHANGED, feed)

    async def _read(self, feed: Feed, state: PollState, response: WebResponse) -> None:
        names = FieldNames.of(state.field_map)
        document = await self._document(response, names)
        # an index of sitemaps stays as it is while they change, so it is always read
        has_children = document.kind is DocumentKind.SITEMAP_INDEX
        if has_children:
            document = await whole_sitemap(self._tools, document)
        now = self._tools.clock()
        wishes = Wishes(document.ttl_seconds, response.fresh_until, response.retry_at)
        entries = await asyncio.to_thread(_told, document.entries)
        count = await self._tools.entries.take_in(
            feed.id,
            PollAnswer(
                entries=entries,
                next_poll_at=self._next(feed, wishes, now),
                etag=None if has_children else response.etag,
                last_modified=None if has_children else response.last_modified,
                ttl_seconds=document.ttl_seconds,
                title=document.title,
            ),
            now,
        )
        for reason in document.refused:
            self._tell(EventKind.REFUSED, feed, reason=reason)
        self._tell(EventKind.POLLED, feed, count=count)
        if document.moved_to:
            await self._move(feed, document.moved_to)

    async def _document(self, response: WebResponse, names: FieldNames) -> FeedDocument:
        return await read_document(self._tools.workers, response, names, self._tools.clock())

    def _next(self, feed: Feed, wishes: Wishes, now: datetime) -> datetime:
        every = feed.every_seconds or self._tools.policy.every_seconds
        return next_poll_at(now, every, wishes, self._tools.chance())

    def _tell(
        self,
        kind: EventKind,
        feed: Feed,
        *,
        url: str | None = None,
        reason: str | None = None,
        count: int | None = None,
    ) -> None:
        self._tools.tell(
            GatheringEvent(
                kind, self._tools.clock(), feed.name, url or feed.url, reason=reason, count=count
            )
        )


def _told(entries: Sequence[Entry]) -> list[ToldEntry]:
    # of two entries under one key the first is the newer one
    by_key = {each.key: each for each in map(told, reversed(entries))}
    return list(reversed(by_key.values()))


def _request(feed: Feed, state: PollState) -> WebRequest:
    is_sitemap = feed.kind is FeedKind.SITEMAP
    return WebRequest(
        feed.url,
        max_bytes=SITEMAP_BYTES if is_sitemap else FEED_BYTES,
        accept=FEEDS,
        etag=state.etag,
        last_modified=state.last_modified,
        # whoever follows a feed was given its address to be read by a program
        obeys_robots=is_sitemap,
    )
