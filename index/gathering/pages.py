"""Single pages: one that is followed, and one that somebody wants fetched now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import SourceError
from index.gathering.answers import GONE, NOT_MODIFIED, OK, refusal_of
from index.gathering.model import EventKind, GatheringEvent
from index.gathering.preparing import Origin, withdrawn_names
from index.gathering.schedule import Wishes, next_poll_at
from index.gathering.tools import HTML, PAGE_BYTES
from index.ingestion.feeds.model import Entry
from index.ingestion.web.model import FetchError, WebRequest
from index.storage.entry_store import PollAnswer

if TYPE_CHECKING:
    from index.gathering.polling import Polling
    from index.gathering.storing import Storing
    from index.gathering.tools import Tools
    from index.model import Feed


class Pages:
    """Polls pages as if each were a feed of one story."""

    def __init__(self, tools: Tools, storing: Storing, polling: Polling):
        self._tools = tools
        self._storing = storing
        self._polling = polling

    async def poll(self, feed: Feed) -> None:
        """Store a page where it has changed. Raises StorageError only."""
        state = await self._tools.feeds.state(feed.id)
        request = WebRequest(
            feed.url, PAGE_BYTES, HTML, etag=state.etag, last_modified=state.last_modified
        )
        try:
            response = await self._tools.client.get(request)
            if response.status == OK:
                # what is there when it is added is old
                is_announced = feed.succeeded_at is not None
                await self._storing.store_page(response, feed, is_announced=is_announced)
            elif response.status == GONE:
                await self._withdrawn(feed.url, feed)
                await self._polling.gone(feed)
                return
            elif response.status != NOT_MODIFIED:
                await self._polling.failed(feed, refusal_of(response.status), response.retry_at)
                return
        except SourceError as error:
            await self._polling.unread(feed, error)
            return
        now = self._tools.clock()
        wishes = Wishes(fresh_until=response.fresh_until, retry_at=response.retry_at)
        every = feed.every_seconds or self._tools.policy.every_seconds
        at = next_poll_at(now, every, wishes, self._tools.chance())
        if response.status == NOT_MODIFIED:
            await self._tools.feeds.unchanged(feed.id, now=now, next_poll_at=at)
            kind = EventKind.UNCHANGED
        else:
            answer = PollAnswer((), at, response.etag, response.last_modified)
            await self._tools.entries.take_in(feed.id, answer, now)
            kind = EventKind.POLLED
        self._tools.tell(GatheringEvent(kind, now, feed.name, feed.url))
        await self._polling.moved(feed, response)

    async def fetch(self, url: str) -> list[GatheringEvent]:
        """Fetch and store a page now, as a person does who opens it.

        Raises SourceError where it cannot be fetched or has no article.
        """
        response = await self._tools.client.get(
            WebRequest(url, PAGE_BYTES, HTML, obeys_robots=False)
        )
        if response.status == GONE:
            withdrawn = await self._withdrawn(url, None)
            if withdrawn is None:
                raise FetchError(refusal_of(GONE), is_passing=False)
            return [withdrawn]
        if response.status != OK:
            raise FetchError(refusal_of(response.status), is_passing=False)
        return await self._storing.store_page(response, None)

    async def _withdrawn(self, url: str, feed: Feed | None) -> GatheringEvent | None:
        """Quote what stood at an address no more; None where nothing did."""
        now = self._tools.clock()
        names = withdrawn_names(Entry(guid=None, url=url, title=""), Origin())
        community = feed.community if feed else None
        if not await self._tools.stories.withdraw(names, None, now, community):
            return None
        event = GatheringEvent(EventKind.WITHDRAWN, now, feed.name if feed else None, url)
        self._tools.tell(event)
        return event
