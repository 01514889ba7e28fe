"""Who is being answered right now, so that closing can wait until they have their answer."""

from __future__ import annotations

import asyncio
from typing import Any

_UNWINDING_SECONDS = 0.5


class AtWork:
    """The tasks that answer somebody."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def join(self) -> None:
        """Count the current task until it ends."""
        task = asyncio.current_task()
        if task is not None and task not in self._tasks:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self, timeout_seconds: float) -> None:
        """Wait for all but the current task; cancel those that take longer.

        Half a second more, where one of them does not heed that.
        """
        others = self._tasks - {asyncio.current_task()}
        if not others:
            return
        _, late = await asyncio.wait(others, timeout=timeout_seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=_UNWINDING_SECONDS)
