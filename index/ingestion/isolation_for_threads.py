"""Isolation for what is read in a thread, and waits: a loop of its own, in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Self, TypeVar

from index.errors import SourceError
from index.ingestion.isolation import Isolation

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import TypeAlias

    Task: TypeAlias = Callable[[Isolation], Coroutine[None, None, "R"]]

R = TypeVar("R")


class ThreadIsolation:
    """Workers as `Isolation` has them, for callers without a loop; they start with the first task.

    May be closed in any thread, also in one with a running loop.
    """

    def __init__(self, worker_count: int, *, imports: tuple[str, ...] = ()):
        self._worker_count = worker_count
        self._imports = imports
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._isolation: Isolation | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._isolation is not None:
            self._waited(self._isolation.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def results(self, tasks: Sequence[Task[R]]) -> list[R | SourceError]:
        """Give what each task comes to, several at a time, or the error of ours that it ends with.

        A task is given the workers, and returns what their `run` returns.
        """
        return self._waited(self._gathered(tasks))

    async def _gathered(self, tasks: Sequence[Task[R]]) -> list[R | SourceError]:
        if self._isolation is None:
            self._isolation = Isolation(self._worker_count, imports=self._imports)
        isolation = self._isolation

        async def result(task: Task[R]) -> R | SourceError:
            try:
                return await task(isolation)
            except SourceError as error:
                return error

        return list(await asyncio.gather(*map(result, tasks)))

    def _waited(self, work: Coroutine[None, None, R]) -> R:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()
