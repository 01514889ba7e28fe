"""Asking a feed for news out of its turn: it is due now, and whoever follows the news polls it.

So who asks need not be who polls, and all that holds for polls holds for these: one process polls,
hosts are not asked more often than is polite, and whoever has failed is left alone until its time.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from index.gathering.model import AskedFeed, FeedTurn

if TYPE_CHECKING:
    from index.gathering.tools import Tools
    from index.model import Feed

LEAST_BETWEEN = timedelta(minutes=1)


class Asking:
    """Lets feeds be polled at once, and tells what comes of it."""

    def __init__(self, tools: Tools):
        self._tools = tools

    async def ask(self, feed: Feed) -> AskedFeed | None:
        """Let a feed be polled as soon as somebody polls; None where that is not to be.

        That is where it is paused or fails, or was polled within the last minute. Raises
        StorageError.
        """
        now = self._tools.clock()
        is_due = await self._tools.feeds.bring_forward(
            feed.id, now, not_polled_since=now - LEAST_BETWEEN
        )
        return AskedFeed(feed, now) if is_due else None

    async def came_of(self, asked: AskedFeed) -> FeedTurn:
        """Tell what has come of it so far. Raises StorageError."""
        # the feed first: what a poll has found is there by the time the feed says that it was
        feed = await self._tools.feeds.get(asked.feed.id)
        if feed is None:
            return FeedTurn(asked, None)
        came_in = await self._tools.entries.came_in(feed.id, asked.at, self._tools.clock())
        is_polled = feed.polled_at is not None and feed.polled_at >= asked.at
        return FeedTurn(asked, feed, is_polled, **asdict(came_in))

    async def take_back(self, asked: AskedFeed) -> None:
        """Let a feed that was not polled yet be polled when it was to be. Raises StorageError."""
        if asked.feed.next_poll_at is not None:
            await self._tools.feeds.put_back(
                asked.feed.id, asked.feed.next_poll_at, brought_forward_at=asked.at
            )
