"""Runs functions on hostile material in processes of their own, which are ended when they overdo.

Each worker is a pool of one, so that nothing is shared between two: a worker that hangs, crashes or
is killed costs its own task only. A task waits here until a worker is free, and its time counts
from when the worker has taken it. Knows nothing of what is read.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar, cast

from index.errors import SourceError
from index.ingestion.isolated import Outcome, WorkerLimits, perform, prepare

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from pebble import ProcessPool

R = TypeVar("R")
P = ParamSpec("P")

_MEBIBYTE = 1 << 20
# what a worker may take to start, on a machine that has other things to do
_START_SECONDS = 60.0


class IsolatedError(SourceError):
    """A task that a worker could not finish; the text is the reason, in one sentence."""


class Isolation:
    """Workers that start when there is work, and end with this or with this process.

    A worker is replaced after `tasks_per_worker`, for what parsers leak. `imports` are modules that
    it loads before it takes a task, so that this is not counted as the task's time.
    """

    def __init__(
        self,
        worker_count: int = 1,
        *,
        max_seconds: float = 5.0,
        max_memory_bytes: int = 1024 * _MEBIBYTE,
        max_result_bytes: int = 16 * _MEBIBYTE,
        tasks_per_worker: int = 200,
        imports: tuple[str, ...] = (),
    ):
        self._limits = WorkerLimits(max_seconds, max_memory_bytes, max_result_bytes)
        self._tasks_per_worker = tasks_per_worker
        self._imports = imports
        self._worker_count = worker_count
        self._free = asyncio.Semaphore(worker_count)
        self._idle: list[ProcessPool] = []
        self._running: set[Future[Outcome]] = set()
        self._is_closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """Give what a module's function returns, computed in a worker.

        An error of ours that it raises comes out as it is. Raises IsolatedError where it takes too
        long or too much memory, ends its process, or fails in any other way. When this is
        cancelled, the task is ended.
        """
        async with self._free:
            if self._is_closed:
                raise IsolatedError("Pullquote is ending")
            outcome = await self._outcome(function, arguments, named)
        if outcome.error is not None:
            raise pickle.loads(outcome.error)  # noqa: S301 from our own worker
        if outcome.value is None:
            raise IsolatedError(outcome.reason)
        return cast("R", pickle.loads(outcome.value))  # noqa: S301 from our own worker

    async def close(self) -> None:
        """End the workers, and what they are at; whoever waits for that is cancelled."""
        self._is_closed = True
        for future in tuple(self._running):
            future.cancel()
        for _ in range(self._worker_count):
            await self._free.acquire()
        while self._idle:
            await _ended(self._idle.pop())
        for _ in range(self._worker_count):
            self._free.release()

    async def _outcome(
        self,
        function: Callable[..., object],
        arguments: tuple[object, ...],
        named: dict[str, object],
    ) -> Outcome:
        from pebble import ProcessExpired

        pool = self._idle.pop() if self._idle else self._new_pool()
        reason = ""
        try:
            async with asyncio.timeout(self._limits.max_seconds + _START_SECONDS):
                outcome = await self._given_to(pool, function, arguments, named)
            self._idle.append(pool)
        except TimeoutError as error:
            # pebble's has the task's time with it; any other is for the worker that never came
            has_started = bool(error.args)
            reason = self._too_long() if has_started else "its worker process could not start"
        except ProcessExpired:
            reason = "reading it ended the worker process, perhaps for want of memory"
        except (BrokenExecutor, RuntimeError):
            reason = "its worker process was lost"
        finally:
            if pool not in self._idle:
                await _ended(pool)
        return Outcome(reason=reason) if reason else outcome

    async def _given_to(
        self,
        pool: ProcessPool,
        function: Callable[..., object],
        arguments: tuple[object, ...],
        named: dict[str, object],
    ) -> Outcome:
        future: Future[Outcome] = pool.schedule(
            perform, (self._limits, function, arguments, named), timeout=self._limits.max_seconds
        )
        self._running.add(future)
        try:
            return await asyncio.wrap_future(future)
        finally:
            self._running.discard(future)

    def _new_pool(self) -> ProcessPool:
        from pebble import ProcessPool

        return ProcessPool(
            max_workers=1,
            max_tasks=self._tasks_per_worker,
            initializer=prepare,
            initargs=(self._limits, self._imports),
            # spawned, not forked: this process has threads
            context=multiprocessing.get_context("spawn"),
        )

    def _too_long(self) -> str:
        return f"reading it takes longer than {self._limits.max_seconds:g} s"


async def _ended(pool: ProcessPool) -> None:
    """End a worker now, and wait for that even when this is cancelled."""
    pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves its return type out
    await asyncio.shield(asyncio.to_thread(pool.join))
