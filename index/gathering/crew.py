"""Tasks side by side, at most so many, each under a key of its own. Knows nothing of their work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


class Crew:
    """Tasks at work. What one of them raises goes to `on_error`; the others go on."""

    def __init__(self, most: int, on_error: Callable[[Exception], None]):
        self._most = most
        self._on_error = on_error
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}

    @property
    def keys(self) -> frozenset[Hashable]:
        """The keys of those at work."""
        return frozenset(self._tasks)

    @property
    def room(self) -> int:
        """How many more may start."""
        return self._most - len(self._tasks)

    @property
    def tasks(self) -> frozenset[asyncio.Task[None]]:
        """Those at work, to wait for."""
        return frozenset(self._tasks.values())

    def start(self, key: Hashable, task: asyncio.Task[None]) -> None:
        """Take in a task that has just been started, under a key that nobody has."""
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._end(key, done))

    async def cancel(self) -> None:
        """End all, and wait for that."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, key: Hashable, task: asyncio.Task[None]) -> None:
        self._tasks.pop(key, None)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._on_error(error)
