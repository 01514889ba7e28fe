"""Computing aside: what is little in a thread, the rest in worker processes.

Starting a process takes longer than a little work, and a lot of work in this process would hold up
its event loop. Knows nothing of what is computed.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from index.errors import PullquoteError
from index.ingestion.isolated import end_with_parent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

W = TypeVar("W")
R = TypeVar("R")
K = TypeVar("K")
P = ParamSpec("P")

# starting a worker takes about as long as splitting this much
_FEW_CHARACTERS = 300_000

_WORKER_LOST = (
    "A worker process ended before its work was done, perhaps for want of memory; "
    "run the index again, what is stored is kept."
)


@dataclass(frozen=True, slots=True)
class Batch(Generic[K, W]):
    """Some work of about as many characters, and what it is for, which stays here."""

    about: K
    work: W
    character_count: int


async def to_its_end(function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Compute in a thread and, where this is cancelled, wait for its end all the same.

    A thread cannot be stopped: it would go on writing after others may.
    """
    computing = asyncio.ensure_future(asyncio.to_thread(function, *arguments, **named))
    try:
        return await asyncio.shield(computing)
    except asyncio.CancelledError:
        await asyncio.gather(computing, return_exceptions=True)
        raise


class WorkerPool:
    """Computes batches, several at a time, and gives them back in order."""

    def __init__(self, worker_count: int | None = None):
        self._worker_count = worker_count or max(1, min(os.cpu_count() or 1, 8))
        self._processes: ProcessPoolExecutor | None = None
        self._character_count = 0

    async def mapped(
        self, function: Callable[[W], R], batches: AsyncIterator[Batch[K, W]]
    ) -> AsyncIterator[tuple[K, R]]:
        """Yield what each batch is about, and its result. At most two a worker are in memory.

        `function` is a module's, and works alone. Raises PullquoteError when a worker is lost.
        """
        waiting: deque[tuple[K, asyncio.Future[R]]] = deque()
        try:
            async for batch in batches:
                waiting.append((batch.about, self._submit(function, batch)))
                if len(waiting) > 2 * self._worker_count:
                    yield await _together(*waiting.popleft())
            while waiting:
                yield await _together(*waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()

    async def close(self) -> None:
        """End the workers."""
        if self._processes is not None:
            processes, self._processes = self._processes, None
            await asyncio.to_thread(processes.shutdown, wait=True, cancel_futures=True)

    def _submit(self, function: Callable[[W], R], batch: Batch[K, W]) -> asyncio.Future[R]:
        self._character_count += batch.character_count
        if self._processes is None and self._character_count > _FEW_CHARACTERS:
            # spawned, not forked: this process has threads
            context = multiprocessing.get_context("spawn")
            self._processes = ProcessPoolExecutor(
                self._worker_count, mp_context=context, initializer=end_with_parent
            )
        loop = asyncio.get_running_loop()
        try:
            return loop.run_in_executor(self._processes, function, batch.work)
        except BrokenProcessPool as error:
            raise PullquoteError(_WORKER_LOST) from error


async def _together(about: K, future: asyncio.Future[R]) -> tuple[K, R]:
    try:
        return about, await future
    except BrokenProcessPool as error:
        raise PullquoteError(_WORKER_LOST) from error
