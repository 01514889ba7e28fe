"""Checking whether what is stored agrees with itself, when those who run servers ask for it.

Everything is read for that, so it is done once at a time, and not again for a while: whoever asks
meanwhile is told what the others are. Knows no Discord, and not how it is checked.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from bot.texts import RefusedError, saying

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.views.index_state import Verified

PAUSE = timedelta(minutes=5)
# an answer to an interaction can be given for fifteen minutes
LONGEST_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and when."""

    found: Verified
    at: datetime


class Verifying:
    """At most one check at a time, which ends with this. To be used with `async with`."""

    def __init__(
        self,
        verify: Callable[[], Awaitable[Verified]],
        clock: Callable[[], datetime],
        longest_seconds: float = LONGEST_SECONDS,
    ):
        self._verify = verify
        self._clock = clock
        self._longest_seconds = longest_seconds
        self._task: asyncio.Task[Checked] | None = None
        self._done_at: datetime | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def checked(self) -> Checked:
        """Return what a check finds, or has found of late.

        Raises RefusedError where it takes too long or is ended, and PullquoteError.
        """
        if self._task is None or self._is_old():
            self._done_at = None
            self._task = asyncio.create_task(self._check())
        task = self._task
        await asyncio.wait({task})  # whoever waits may go, and the others still wait
        if task.cancelled():
            raise RefusedError(saying("I was stopped before all was checked; try again later."))
        return task.result()

    def _is_old(self) -> bool:
        return self._done_at is not None and self._clock() - self._done_at >= PAUSE

    async def _check(self) -> Checked:
        try:
            async with asyncio.timeout(self._longest_seconds):
                return Checked(await self._verify(), self._clock())
        except TimeoutError as error:
            raise RefusedError(
                saying(
                    "Checking everything takes too long to be done from here; whoever runs me "
                    "does it with `pullquote verify`."
                )
            ) from error
        finally:
            self._done_at = self._clock()
