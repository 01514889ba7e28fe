"""From an entry that waits to its stored story: its page is fetched where the feed has only a part.

Whatever happens, the entry is stored, waits for a later time, or is given up with a reason. Never
raises for what a publisher does.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from index.errors import SourceError
from index.gathering.answers import GONE, OK, refusal_of
from index.gathering.entries import loaded
from index.gathering.model import EventKind, GatheringEvent
from index.gathering.preparing import (
    NotToBeQuotedError,
    Origin,
    PageAnswer,
    is_whole,
    prepare_entry,
    prepare_page,
    withdrawn_names,
)
from index.gathering.schedule import next_attempt_at, next_check_at
from index.gathering.tools import HTML, PAGE_BYTES
from index.ingestion.feeds.model import Entry
from index.ingestion.web.model import FetchError, WebRequest
from index.storage.incoming_story import IncomingStory, PageSource, StoryOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from index.gathering.preparing import PreparedStory
    from index.gathering.tools import Tools
    from index.ingestion.web.model import WebResponse
    from index.model import Feed, PublicationTime
    from index.storage.entry_store import WaitingEntry

TOO_OLD = "it is older than what is kept"

_KINDS = {
    StoryOutcome.STORED: EventKind.STORED,
    StoryOutcome.REVISED: EventKind.REVISED,
    StoryOutcome.COPIED: EventKind.COPIED,
    StoryOutcome.UNCHANGED: EventKind.UNCHANGED,
}


class _LaterError(Exception):
    """A page that may be had at another time."""

    def __init__(self, reason: str, retry_at: datetime | None = None, *, is_ours: bool = False):
        super().__init__(reason)
        self.retry_at = retry_at
        self.is_ours = is_ours


class _GoneError(Exception):
    """A page whose server says that it is gone."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The stories of a page or an entry, and the page's answer."""

    stories: Sequence[PreparedStory]
    response: WebResponse | None = None


class Storing:
    """Stores what entries and pages tell of."""

    def __init__(self, tools: Tools):
        self._tools = tools
        self._turns: WeakValueDictionary[str | None, asyncio.Lock] = WeakValueDictionary()

    async def store(self, waiting: WaitingEntry, feed: Feed) -> None:
        """Store a waiting entry, or note why not. Raises StorageError only."""
        entry = loaded(waiting.waiting)
        origin = origin_of(feed)
        try:
            if entry.is_withdrawn:
                await self._withdraw(entry, origin, waiting, feed)
                return
            if self._is_too_old(entry.published):
                await self._tools.entries.give_up(waiting, TOO_OLD)
                return
            found = await self._found(entry, origin, is_last=self._is_last(waiting))
        except _GoneError:
            await self._withdraw(entry, origin, waiting, feed)
        except _LaterError as error:
            await self._postpone(waiting, feed, entry, error)
        except SourceError as error:
            await self._tools.entries.give_up(waiting, str(error))
            self._tell(EventKind.REFUSED, feed.name, entry.url, entry.title, str(error))
        else:
            stories = [s for s in found.stories if not self._is_too_old(s.article.published)]
            if not stories:
                await self._tools.entries.give_up(waiting, TOO_OLD)
                return
            page = self._page(entry, found.response)
            is_announced = waiting.is_announced
            await self._keep(stories, page, feed, waiting, is_announced=is_announced)

    async def store_page(
        self, response: WebResponse, feed: Feed | None, *, is_announced: bool = True
    ) -> list[GatheringEvent]:
        """Store the stories of a page that was fetched. Raises SourceError where it has none."""
        entry = Entry(guid=None, url=response.url, title="")
        stories = await self._of_page(response, entry, origin_of(feed) if feed else Origin())
        page = self._page(entry, response)
        return await self._keep(stories, page, feed, None, is_announced=is_announced)

    async def text_of(self, entry: Entry, feed: Feed) -> tuple[str, str]:
        """Return the text and title that an entry would be stored with. Raises SourceError."""
        try:
            found = await self._found(entry, origin_of(feed), is_last=True)
        except _LaterError as error:
            raise FetchError(str(error), is_passing=True) from error
        except _GoneError as error:
            raise FetchError(refusal_of(GONE), is_passing=False) from error
        article = found.stories[0].article
        return article.text, article.title

    async def _keep(
        self,
        stories: Sequence[PreparedStory],
        page: PageSource | None,
        feed: Feed | None,
        waiting: WaitingEntry | None,
        *,
        is_announced: bool,
    ) -> list[GatheringEvent]:
        """Store stories in one transaction, and tell of them."""
        # the updates of a live blog are looked at again together
        beside = replace(page, next_check_at=None) if page else None
        incoming = [
            IncomingStory(
                each.article,
                each.spans,
                each.identities,
                each.shingles,
                each.line_hashes,
                each.host,
                beside if number else page,
                feed.id if feed else None,
                feed.community if feed else None,
                is_announced=is_announced,
            )
            for number, each in enumerate(stories)
        ]
        outcomes = await self._tools.stories.store(incoming, waiting, self._tools.clock())
        if not outcomes:  # nobody follows its feed any more
            return []
        name = feed.name if feed else None
        return [
            self._tell(_KINDS[outcome], name, each.article.url, each.article.title)
            for each, outcome in zip(stories, outcomes, strict=True)
        ]

    # ── finding the text ─────────────────────────────────────────────────────
    async def _found(self, entry: Entry, origin: Origin, *, is_last: bool) -> _Found:
        if is_whole(entry, origin):
            return _Found(await self._of_entry(entry, origin, is_partial=False))
        try:
            response = await self._fetched(entry.url or "")
            return _Found(await self._of_page(response, entry, origin), response)
        except _LaterError as error:
            if not (is_last and entry.text) or error.is_ours:
                raise
        except NotToBeQuotedError:
            raise
        except SourceError:
            if not entry.text:
                raise
        return _Found(await self._of_entry(entry, origin, is_partial=True))

    async def _fetched(self, url: str) -> WebResponse:
        try:
            response = await self._tools.client.get(WebRequest(url, PAGE_BYTES, HTML))
        except FetchError as error:
            if error.is_passing:
                raise _LaterError(str(error), is_ours=error.is_ours) from error
            raise
        if response.status == GONE:
            raise _GoneError
        if response.status == 429 or response.status >= 500:  # noqa: PLR2004 (RFC 6585, RFC 9110)
            raise _LaterError(refusal_of(response.status), response.retry_at)
        if response.status != OK:
            raise FetchError(refusal_of(response.status), is_passing=False)
        return response

    async def _of_page(
        self, response: WebResponse, entry: Entry, origin: Origin
    ) -> list[PreparedStory]:
        now = self._tools.clock()
        host = urlsplit(response.url).hostname or ""
        answer = PageAnswer(
            response.url,
            response.body,
            response.charset,
            response.headers.get("x-robots-tag"),
            await self._tools.stories.repeated_lines(host, now),
        )
        async with self._turn(origin):
            return await self._tools.workers.run(
                prepare_page,
                answer,
                entry,
                origin,
                now=now,
                honours_nosnippet=self._tools.policy.honours_nosnippet,
            )

    async def _of_entry(
        self, entry: Entry, origin: Origin, *, is_partial: bool
    ) -> list[PreparedStory]:
        async with self._turn(origin):
            return await self._tools.workers.run(
                prepare_entry, entry, origin, is_partial=is_partial
            )

    def _turn(self, origin: Origin) -> asyncio.Lock:
        # so that a feed whose pages all hang leaves a worker to the others
        return self._turns.setdefault(origin.feed_url, asyncio.Lock())

    def _is_too_old(self, published: PublicationTime | None) -> bool:
        """Whether a story would be removed at once, so that it is not stored, nor told as new."""
        days = self._tools.policy.keep_days
        oldest = self._tools.clock() - timedelta(days=days)
        return bool(days) and published is not None and published.at < oldest

    # ── what did not work ────────────────────────────────────────────────────
    def _is_last(self, waiting: WaitingEntry) -> bool:
        now = self._tools.clock()
        return next_attempt_at(now, waiting.attempt_count + 1, None, 0) is None

    async def _postpone(
        self, waiting: WaitingEntry, feed: Feed, entry: Entry, error: _LaterError
    ) -> None:
        # what this machine is in trouble with is no attempt
        count = 1 if error.is_ours else waiting.attempt_count + 1
        at = next_attempt_at(self._tools.clock(), count, error.retry_at, self._tools.chance())
        if at is None:
            await self._tools.entries.give_up(waiting, str(error))
            self._tell(EventKind.REFUSED, feed.name, entry.url, entry.title, str(error))
        else:
            await self._tools.entries.postpone(waiting, str(error), at, counts=not error.is_ours)
            self._tell(EventKind.FAILED, feed.name, entry.url, entry.title, str(error))

    async def _withdraw(
        self, entry: Entry, origin: Origin, waiting: WaitingEntry, feed: Feed
    ) -> None:
        names = withdrawn_names(entry, origin)
        if await self._tools.stories.withdraw(names, waiting, self._tools.clock(), feed.community):
            self._tell(EventKind.WITHDRAWN, feed.name, entry.url, entry.title)

    def _page(self, entry: Entry, response: WebResponse | None) -> PageSource | None:
        at = next_check_at(self._tools.clock(), 0, self._tools.chance())
        if response is not None:
            return PageSource(
                response.url,
                etag=response.etag,
                last_modified=response.last_modified,
                next_check_at=at,
            )
        return PageSource(entry.url, is_text=False, next_check_at=at) if entry.url else None

    def _tell(
        self,
        kind: EventKind,
        feed: str | None,
        url: str | None,
        title: str | None,
        reason: str | None = None,
    ) -> GatheringEvent:
        event = GatheringEvent(kind, self._tools.clock(), feed, url, title or None, reason)
        self._tools.tell(event)
        return event


def origin_of(feed: Feed) -> Origin:
    """Return what stories of a feed have in common."""
    return Origin(feed.url, feed.title, feed.publisher)
