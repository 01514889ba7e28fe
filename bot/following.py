"""Following the news as the settings say, beside answering: for ever, whatever fails.

Knows no Discord, and not what following is; that is `index.gathering`.
"""

from __future__ import annotations

import asyncio
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.views.feed_health import is_routine, is_trouble
from index.errors import PullquoteError
from index.gathering.model import GatheringPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings
    from index import NewsIndex
    from index.gathering.gathering import Gathering
    from index.gathering.model import GatheringEvent

_log = structlog.stdlib.get_logger(__name__)

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 300.0


class Gatherer(Protocol):
    """Follows the news."""

    async def run(self, on_event: Callable[[GatheringEvent], None]) -> None:
        """Follow it until cancelled, and tell what happens."""
        ...


def policy(settings: Settings) -> GatheringPolicy:
    """Return how the news is followed under these settings."""
    return GatheringPolicy(
        contact=settings.contact,
        every_seconds=settings.poll_seconds,
        allow_private_networks=settings.allow_private_networks,
        honours_nosnippet=settings.honour_nosnippet,
        keep_days=settings.keep_days,
        keep_article_count=settings.keep_articles,
        revision_days=settings.revision_days,
        community_article_count=settings.server_articles,
    )


async def opened(news: NewsIndex, settings: Settings) -> Gathering:
    """Return what follows the news of an index, to be used with `async with`."""
    # late: commands that neither follow nor fetch need no web client
    from index.gathering.gathering import Gathering

    return await Gathering.open(news, policy(settings), user_agent_version=version("pullquote"))


async def keep_following(
    gatherer: Gatherer,
    first_wait_seconds: float = FIRST_WAIT_SECONDS,
    on_trouble: Callable[[], None] = lambda: None,
) -> None:
    """Follow the news for ever, and log what happens.

    `on_trouble` is told of each feed or page that cannot be read. What fails as a whole is tried
    again after a while.
    """

    def hear(event: GatheringEvent) -> None:
        log_event(event)
        if is_trouble(event):
            on_trouble()

    wait_seconds = first_wait_seconds
    while True:
        started = time.monotonic()
        try:
            await gatherer.run(hear)
        except PullquoteError as error:
            _log.warning("feeds not followed", reason=str(error), wait_seconds=wait_seconds)
        except Exception:  # noqa: BLE001 (answering goes on, whatever nobody foresaw here)
            _log.exception("feeds not followed", wait_seconds=wait_seconds)
        if time.monotonic() - started > LONGEST_WAIT_SECONDS:
            wait_seconds = first_wait_seconds
        await asyncio.sleep(wait_seconds)
        wait_seconds = min(2 * wait_seconds, LONGEST_WAIT_SECONDS)


def log_event(event: GatheringEvent) -> None:
    """Write what happened to the log: routine at debug, trouble as a warning, all else as info."""
    told = {
        "feed": event.feed,
        "url": event.url,
        "title": event.title,
        "reason": event.reason,
        "count": event.count,
    }
    known = {name: value for name, value in told.items() if value is not None}
    if is_trouble(event):
        _log.warning(event.kind.value, **known)
    elif is_routine(event):
        _log.debug(event.kind.value, **known)
    else:
        _log.info(event.kind.value, **known)
