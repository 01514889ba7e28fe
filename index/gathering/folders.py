"""Folders that are watched: what changes in them is read by an index run, like any other."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexingInProgressError, PullquoteError
from index.gathering.model import EventKind, GatheringEvent
from index.gathering.schedule import Wishes, next_poll_at
from index.ingestion.folder import list_files
from index.ingestion.limits import Limits
from index.storage.entry_store import PollAnswer

if TYPE_CHECKING:
    from index.gathering.polling import Polling
    from index.gathering.tools import Tools
    from index.indexer.report import IndexReport
    from index.model import Feed
    from index.news_index import NewsIndex

# a look at names, sizes and times; nothing is opened
EVERY_SECONDS = 10
_EMPTY = hashlib.sha256().hexdigest()
_EMPTIED = (
    "the folder is empty now, as a disk is that is not mounted, and its articles are kept; if they"
    " are to go, name it to `pullquote index --prune`"
)


class Folders:
    """Polls folders."""

    def __init__(self, tools: Tools, news: NewsIndex, polling: Polling):
        self._tools = tools
        self._news = news
        self._polling = polling

    async def poll(self, feed: Feed) -> None:
        """Read a folder's files where any of them has changed. Raises StorageError."""
        try:
            seen = await asyncio.to_thread(digest_of, Path(feed.url))
        except OSError as error:
            reason = f"the folder cannot be read ({error.strerror or error})"
            await self._polling.failed(feed, reason, None)
            return
        state = await self._tools.feeds.state(feed.id)
        if seen == _EMPTY and state.etag not in {None, _EMPTY}:
            await self._polling.failed(feed, _EMPTIED, None)
            return
        now = self._tools.clock()
        at = next_poll_at(now, feed.every_seconds or EVERY_SECONDS, Wishes(), self._tools.chance())
        if state.etag == seen:
            await self._tools.feeds.unchanged(feed.id, now=now, next_poll_at=at)
            return
        try:
            report = await self._news.ingest([Path(feed.url)], prune=True)
        except IndexingInProgressError:
            # somebody else is at it; the next look is soon
            await self._tools.feeds.unchanged(feed.id, now=now, next_poll_at=at)
            return
        except PullquoteError as error:
            await self._polling.failed(feed, str(error), None)
            return
        answer = PollAnswer((), at, etag=seen)
        await self._tools.entries.take_in(feed.id, answer, self._tools.clock())
        self._tell(feed, report)

    def _tell(self, feed: Feed, report: IndexReport) -> None:
        now, run = self._tools.clock(), report.run
        changed = run.added_count + run.changed_count + run.removed_count
        self._tools.tell(GatheringEvent(EventKind.POLLED, now, feed.name, feed.url, count=changed))
        for refusal in report.refusals:
            self._tools.tell(
                GatheringEvent(EventKind.REFUSED, now, feed.name, feed.url, reason=str(refusal))
            )


def digest_of(folder: Path) -> str:
    """Return a digest of the names, sizes and times of a folder's files, those refused included.

    Raises OSError.
    """
    os.scandir(folder).close()
    digest = hashlib.sha256()
    listing = list_files([folder], Limits())
    for file in listing.files:
        try:
            changed_at = file.path.stat().st_mtime_ns
        except OSError:
            changed_at = 0
        digest.update(f"{file.path}\0{file.size}\0{changed_at}\n".encode())
    for refusal in listing.refusals:
        # what is new and cannot be read is to be told as well
        digest.update(b"%b\0%b\n" % (os.fsencode(refusal.path), refusal.reason.encode()))
    return digest.hexdigest()
