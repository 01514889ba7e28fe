"""What is done now and then while the news is followed: saving segments, removing what is old."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from index.errors import PullquoteError
from index.gathering.model import EventKind, GatheringEvent
from index.storage.story_removal import Kept

if TYPE_CHECKING:
    from index.gathering.tools import Tools
    from index.news_index import NewsIndex

_log = logging.getLogger(__name__)

# each process analyses for itself what is not in segments on disk
_SAVED_AFTER_COUNT = 100
_SAVED_AFTER_SECONDS = 300.0
_TIDIED_EVERY_SECONDS = 3600.0
# an entry that its feed has dropped is not told of again
_ENTRIES_KEPT = timedelta(days=90)
_ANNOUNCEMENTS_KEPT = timedelta(days=14)


class Upkeep:
    """Does what is due, aside from all that fetches and stores."""

    def __init__(self, tools: Tools, news: NewsIndex):
        self._tools = tools
        self._news = news
        self._stored_count = 0
        # on a clock that nobody puts back
        self._first_unsaved_at: float | None = None
        self._tidied_at: float | None = None
        self._is_purge_due = False
        self._task: asyncio.Task[None] | None = None

    def note(self, event: GatheringEvent) -> None:
        """Learn that something was stored."""
        if event.kind in {EventKind.STORED, EventKind.REVISED, EventKind.WITHDRAWN}:
            self._stored_count += 1
            if self._first_unsaved_at is None:
                self._first_unsaved_at = time.monotonic()

    async def do_what_is_due(self) -> None:
        """Start what is due, if the last time is over."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    def put_off_tidying(self) -> None:
        """Remove nothing for its age before as long as between two times."""
        self._tidied_at = time.monotonic()

    async def finish(self) -> None:
        """Do all of it now, and wait for its end."""
        await self.stop()
        await self.tidy()
        await self._save()
        await self._news.settled()

    async def stop(self) -> None:
        """Leave what is at work for another time."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _work(self) -> None:
        try:
            if self._is_time_to_tidy():
                await self.tidy()
            if self._is_time_to_save():
                await self._save()
        except PullquoteError as error:
            _log.warning("upkeep of the news: %s", error)

    def _is_time_to_tidy(self) -> bool:
        if self._tidied_at is None:
            return True
        return time.monotonic() - self._tidied_at >= _TIDIED_EVERY_SECONDS

    def _is_time_to_save(self) -> bool:
        if self._first_unsaved_at is None:
            return False
        waited_seconds = time.monotonic() - self._first_unsaved_at
        return self._stored_count >= _SAVED_AFTER_COUNT or waited_seconds >= _SAVED_AFTER_SECONDS

    async def _save(self) -> None:
        if self._first_unsaved_at is not None:
            self._stored_count, self._first_unsaved_at = 0, None
            await self._news.save()

    async def tidy(self) -> None:
        """Remove what is older than what is kept, from the store and from the segments."""
        now, policy = self._tools.clock(), self._tools.policy
        self._tidied_at = time.monotonic()
        oldest = now - timedelta(days=policy.keep_days) if policy.keep_days else None
        kept = Kept(
            oldest, policy.keep_article_count or None, policy.community_article_count or None
        )
        removed = await self._tools.stories.remove_old(kept, now)
        if removed:
            self._is_purge_due = True
            self._tools.tell(GatheringEvent(EventKind.REMOVED, now, count=removed))
        if self._is_purge_due:
            # whoever else writes now is done by the next time
            self._is_purge_due = not await self._news.purge()
        replaced = now - timedelta(days=policy.revision_days) if policy.revision_days else None
        await self._tools.stories.forget(replaced, now - _ANNOUNCEMENTS_KEPT)
        await self._tools.entries.forget(now - _ENTRIES_KEPT)
