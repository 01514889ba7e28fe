"""What a connection does beside answering, for as long as it lasts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.commands import alerting
from bot.commands.alert_sending import AlertSending
from bot.commands.alerting import Alerting, keep_telling
from bot.commands.digesting import Digesting
from bot.commands.feed_watch import WATCHING_SECONDS, FeedWatch, keep_watching
from bot.commands.leaving import FORGETTING_SECONDS, keep_forgetting

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    import discord

    from bot.commands.catalogue import Parts
    from bot.commands.leaving import Leaving
    from bot.commands.server_log import ServerLog


@dataclass(frozen=True, slots=True)
class Paces:
    """How often it is done what goes on by itself."""

    alert_seconds: float = alerting.EVERY_SECONDS
    forgetting_seconds: float = FORGETTING_SECONDS
    watching_seconds: float = WATCHING_SECONDS


def jobs(
    client: discord.Client, parts: Parts, leaving: Leaving, log: ServerLog, paces: Paces
) -> Iterator[Coroutine[Any, Any, None]]:
    """Return what goes on by itself: none of it ends."""
    told = (parts.news, parts.memory, parts.speaking, AlertSending(client), parts.clock)
    is_online = client.is_ready
    yield keep_telling(Alerting(*told, log.paused), is_online, paces.alert_seconds)
    yield keep_telling(Digesting(*told), is_online, paces.alert_seconds)
    yield keep_forgetting(leaving, is_online, paces.forgetting_seconds)
    yield keep_watching(FeedWatch(parts.feeds), log.broken, is_online, paces.watching_seconds)


class Background:
    """Jobs that go on until they are stopped."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, job: Coroutine[Any, Any, None]) -> None:
        """Let a job go on by itself."""
        task = asyncio.create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self, timeout_seconds: float) -> None:
        """End every job, and wait for that so long."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=timeout_seconds)
