"""Notices feeds that break, whichever process polls them. Knows not who is told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.views.feed_health import is_failing, is_paused
from index.errors import StorageError
from index.gathering.model import PAUSED_BY_COMMUNITY, PAUSED_BY_OPERATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from bot.commands.ports import FollowedFeeds
    from index.model import Feed

WATCHING_SECONDS = 60.0
SURE_COUNT = 3
"""So many failures in a row are no hiccup."""
_log = structlog.stdlib.get_logger(__name__)


class FeedWatch:
    """Compares feeds with how they were."""

    def __init__(self, feeds: FollowedFeeds):
        self._feeds = feeds
        self._broken: set[int] | None = None

    async def newly_broken(self) -> list[Feed]:
        """Return the feeds that were well when they were last looked at; none, the first time.

        Raises StorageError.
        """
        broken = {feed.id: feed for feed in await self._feeds.all() if is_broken(feed)}
        known = broken.keys() if self._broken is None else self._broken
        new = [feed for number, feed in broken.items() if number not in known]
        self._broken = set(broken)
        return new


def is_broken(feed: Feed) -> bool:
    """Whether nothing comes from a feed any more, and nobody wants it so."""
    if is_paused(feed):
        return feed.paused_reason not in {PAUSED_BY_OPERATOR, PAUSED_BY_COMMUNITY}
    return is_failing(feed) and feed.failure_count >= SURE_COUNT


async def keep_watching(
    watch: FeedWatch,
    tell: Callable[[Sequence[Feed]], Coroutine[Any, Any, None]],
    is_online: Callable[[], bool],
    every_seconds: float = WATCHING_SECONDS,
) -> None:
    """Tell, for ever, which feeds have broken; nothing while nobody can be told."""
    while True:
        await asyncio.sleep(every_seconds)
        if not is_online():
            continue
        try:
            await tell(await watch.newly_broken())
        except StorageError as error:
            _log.warning("feeds not looked at", reason=str(error))
