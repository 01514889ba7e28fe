"""What is done next, all the time or in one round: polls, stories, checks, upkeep.

Everything it knows is in the store, so it may end at any moment and go on later.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from index.errors import PullquoteError
from index.gathering.crew import Crew
from index.gathering.model import GatheringProgress
from index.gathering.shares import Shares
from index.model import FeedKind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from index.gathering.checking import Checking
    from index.gathering.storing import Storing
    from index.gathering.timekeeping import Timekeeping
    from index.gathering.tools import Tools
    from index.gathering.upkeep import Upkeep
    from index.model import Feed
    from index.storage.entry_store import WaitingEntry
    from index.storage.story_store import StandingPage

_log = logging.getLogger(__name__)

_TICK_SECONDS = 0.5
_POLLS_AT_ONCE = 12
_STORIES_AT_ONCE = 16
# most feeds are of one host, which is asked for one page after the other
_STORIES_OF_A_FEED = 2
# what a new feed held takes long where its host is slow; news is not to wait for it
_OLD_STORIES_AT_ONCE = 10
_CHECKS_AT_ONCE = 2
# of polls, of stories and of checks: how many at once for a community, and for all of them
_POLL_SHARES = (2, 6)
_STORY_SHARES = (4, 8)
_CHECK_SHARES = (1, 1)
# among many of communities, it takes long to find that nothing of everybody's is due
_CHECKS_LOOKED_FOR = timedelta(seconds=30)
_TAKEN_AT_ONCE = 20
_PAUSE_AFTER_ERROR_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Hands:
    """What does the work, by kind of feed and of work."""

    poll: Callable[[Feed], Awaitable[None]]
    poll_folder: Callable[[Feed], Awaitable[None]]
    poll_page: Callable[[Feed], Awaitable[None]]
    poll_failed: Callable[[Feed, str, datetime | None], Awaitable[None]]
    storing: Storing
    checking: Checking
    upkeep: Upkeep
    timekeeping: Timekeeping


class Gatherer:
    """Keeps polls, stories and checks at work, none of them waiting for another kind."""

    def __init__(self, tools: Tools, hands: Hands):
        self._tools = tools
        self._hands = hands
        self._polls = Crew(_POLLS_AT_ONCE, self._note)
        self._stories = Crew(_STORIES_AT_ONCE, self._note)
        self._checks = Crew(_CHECKS_AT_ONCE, self._note)
        self._poll_shares = Shares(*_POLL_SHARES)
        self._story_shares = Shares(*_STORY_SHARES)
        self._check_shares = Shares(*_CHECK_SHARES)
        self._queues: dict[int, deque[WaitingEntry]] = {}
        self._of_feed: dict[int, int] = {}
        self._turns = count(1)
        self._last_turns: dict[int, int] = {}
        self._old_count = 0
        self._errors: list[Exception] = []
        # on a clock that nobody puts back
        self._resume_at = time.monotonic()
        self._looked_for_checks_at: datetime | None = None

    async def run(self) -> None:
        """Work for ever. What the store cannot do now is tried again."""
        try:
            while True:
                try:
                    await self._start_due()
                except PullquoteError:
                    _log.exception("following the news failed; trying again")
                await self._wait(_TICK_SECONDS)
        finally:
            await self.stop()

    async def run_once(
        self, feeds: Sequence[Feed], on_progress: Callable[[GatheringProgress], None]
    ) -> None:
        """Poll some feeds, and store all stories that wait and may be stored now.

        Raises what the store raised; nothing more is started then.
        """
        waiting, done, most = deque(feeds), 0, 0
        try:
            while not self._errors and (
                waiting or self._polls.keys or self._stories.keys or await self._start_stories()
            ):
                while waiting and self._polls.room > 0:
                    self._start_poll(waiting.popleft())
                await self._wait(_TICK_SECONDS)
                await self._start_stories()
                polled = len(feeds) - len(waiting) - len(self._polls.keys)
                left = sum(map(len, self._queues.values())) + len(self._stories.keys)
                most = max(most, done + left)
                done = most - left
                on_progress(GatheringProgress(len(feeds), polled, most, done))
        finally:
            await self.stop()
        if self._errors:
            raise self._errors[0]

    async def stop(self) -> None:
        """End what is at work; what it was at is done again another time."""
        for crew in (self._polls, self._stories, self._checks):
            await crew.cancel()
        self._queues.clear()
        self._of_feed.clear()
        self._old_count = 0

    # ── starting ─────────────────────────────────────────────────────────────
    async def _start_due(self) -> None:
        if time.monotonic() < self._resume_at:
            return
        await self._hands.timekeeping.look()
        now = self._tools.clock()
        await self._start_polls(now)
        await self._start_stories()
        await self._start_checks(now)
        await self._hands.upkeep.do_what_is_due()

    async def _start_polls(self, now: datetime) -> None:
        at_work = [key for key in self._polls.keys if isinstance(key, int)]
        shares, feeds = self._poll_shares, self._tools.feeds
        room = min(shares.room, self._polls.room)
        if room > 0:
            for feed in await feeds.due_of_communities(now, at_work, shares.full, room):
                self._start_poll(feed)
        for feed in await feeds.due(now, at_work, max(0, self._polls.room)):
            self._start_poll(feed)

    def _start_poll(self, feed: Feed) -> None:
        self._polls.start(feed.id, self._poll_shares.taken_by(feed.community, self._poll(feed)))

    async def _start_checks(self, now: datetime) -> None:
        due_checks, room = self._tools.stories.due_checks, self._checks.room
        pages: list[StandingPage] = []
        if room > 0 and self._is_time_to_look(now):
            pages = await due_checks(now, _CHECKS_AT_ONCE)
            self._looked_for_checks_at = None if pages else now
        if room > 0 and self._check_shares.room > 0:
            pages += await due_checks(now, 1, of_communities=True)
        for page in pages:
            if page.article_number not in self._checks.keys and self._checks.room > 0:
                work = self._check_shares.taken_by(page.community, self._check(page))
                self._checks.start(page.article_number, work)

    def _is_time_to_look(self, now: datetime) -> bool:
        """Whether checks of everybody's pages are to be looked for, also by a clock put back."""
        last = self._looked_for_checks_at
        return last is None or not timedelta() <= now - last < _CHECKS_LOOKED_FOR

    async def _start_stories(self) -> bool:
        """Start as many stories as there is room for; whether there was any to start."""
        has_started = False
        now = self._tools.clock()
        with_work = await self._tools.entries.feeds_with_work(now)
        # those with the slowest pages must not take every place that becomes free
        with_work.sort(key=lambda each: self._last_turns.get(each[0], 0))
        for feed_id, community in with_work:
            feed: Feed | None = None
            while self._has_room(feed_id, community):
                entry = await self._next_entry(feed_id)
                if entry is None:
                    break
                if not entry.is_announced and self._old_count >= _OLD_STORIES_AT_ONCE:
                    self._queues[feed_id].appendleft(entry)
                    break
                feed = feed or await self._tools.feeds.get(feed_id)
                if feed is None:
                    break
                self._last_turns[feed_id] = next(self._turns)
                self._of_feed[feed_id] = self._of_feed.get(feed_id, 0) + 1
                self._old_count += not entry.is_announced
                work = self._story_shares.taken_by(community, self._store(entry, feed))
                self._stories.start(entry.id, work)
                has_started = True
        return has_started

    def _has_room(self, feed_id: int, community: str | None) -> bool:
        return (
            self._stories.room > 0
            and self._of_feed.get(feed_id, 0) < _STORIES_OF_A_FEED
            and self._story_shares.has_room(community)
        )

    async def _next_entry(self, feed_id: int) -> WaitingEntry | None:
        queue = self._queues.setdefault(feed_id, deque())
        if not queue:
            at_work = [key for key in self._stories.keys if isinstance(key, int)]
            queue.extend(
                await self._tools.entries.waiting(
                    feed_id, self._tools.clock(), at_work, _TAKEN_AT_ONCE
                )
            )
        if queue:
            return queue.popleft()
        del self._queues[feed_id]
        return None

    # ── the work ─────────────────────────────────────────────────────────────
    async def _poll(self, feed: Feed) -> None:
        try:
            await self._poll_by_kind(feed)
        except PullquoteError:
            raise
        except Exception as error:  # noqa: BLE001 (one feed's surprises are not the others')
            _log.exception("reading a feed failed")
            await self._hands.poll_failed(feed, unforeseen(error), None)

    async def _poll_by_kind(self, feed: Feed) -> None:
        if feed.kind is FeedKind.FOLDER:
            await self._hands.poll_folder(feed)
        elif feed.kind is FeedKind.PAGE:
            await self._hands.poll_page(feed)
        else:
            await self._hands.poll(feed)

    async def _store(self, entry: WaitingEntry, feed: Feed) -> None:
        try:
            await self._hands.storing.store(entry, feed)
        except PullquoteError:
            raise
        except Exception as error:  # noqa: BLE001 (or it is tried for ever, and all others wait)
            _log.exception("storing a story failed")
            await self._tools.entries.give_up(entry, unforeseen(error))
        finally:
            self._old_count -= not entry.is_announced
            self._of_feed[feed.id] -= 1
            if not self._of_feed[feed.id]:
                del self._of_feed[feed.id]

    async def _check(self, page: StandingPage) -> None:
        try:
            await self._hands.checking.check(page)
        except PullquoteError:
            raise
        except Exception:  # noqa: BLE001 (the page is looked at another time)
            _log.exception("looking at a page again failed")

    async def _wait(self, timeout_seconds: float) -> None:
        tasks = self._polls.tasks | self._stories.tasks
        if tasks:
            await asyncio.wait(tasks, timeout=timeout_seconds, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(timeout_seconds)

    def _note(self, error: Exception) -> None:
        self._errors = [error]
        # what cannot be stored must not be fetched over and over
        self._resume_at = time.monotonic() + _PAUSE_AFTER_ERROR_SECONDS
        # where what is to be done is in a sentence, it takes no traceback
        unforeseen_error = None if isinstance(error, PullquoteError) else error
        _log.error("following the news: %s", error, exc_info=unforeseen_error)


def unforeseen(error: Exception) -> str:
    """Say, as a reason, that something went wrong that should not; the log has the rest."""
    return f"Pullquote could not take it in ({type(error).__name__}); see its log"
