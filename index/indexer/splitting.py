"""Splitting articles into passages, in worker processes where there is much to split.

Sentence splitting is most of an index run's computing. A little is done in a thread, since
starting a process takes longer; the rest in processes, so that the event loop keeps running.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from index.analysis.passages import split_passages
from index.errors import PullquoteError
from index.storage.rows import SplitArticle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from index.model import Article

BATCH_CHARACTER_COUNT = 200_000
# starting a worker takes about as long as splitting this much
_FEW_CHARACTERS = 300_000

_WORKER_LOST = (
    "A worker process ended before its work was done, perhaps for want of memory; "
    "nothing of this file was stored, so run the index again."
)

Spans = list[tuple[int, int]]


def split_all(articles: Sequence[tuple[str, str]]) -> list[Spans]:
    """Return the spans of the passages of each (title, text). Runs in a worker."""
    return [split_passages(text, title=title) for title, text in articles]


def end_with_parent() -> None:
    """End this worker when the process that started it is gone, however it ended.

    A worker waits on a queue that it could write to itself, so it would wait for ever.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class Splitter:
    """Splits batches of articles, several at a time, and gives them back in order."""

    def __init__(self, worker_count: int | None = None):
        self._worker_count = worker_count or max(1, min(os.cpu_count() or 1, 8))
        self._processes: ProcessPoolExecutor | None = None
        self._character_count = 0

    async def split(
        self, batches: AsyncIterator[list[Article]]
    ) -> AsyncIterator[list[SplitArticle]]:
        """Yield each batch with its spans. At most two batches a worker are held in memory."""
        waiting: deque[tuple[list[Article], asyncio.Future[list[Spans]]]] = deque()
        try:
            async for batch in batches:
                waiting.append((batch, self._submit(batch)))
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

    def _submit(self, batch: list[Article]) -> asyncio.Future[list[Spans]]:
        self._character_count += sum(len(article.text) for article in batch)
        if self._processes is None and self._character_count > _FEW_CHARACTERS:
            # spawned, not forked: this process has threads
            context = multiprocessing.get_context("spawn")
            self._processes = ProcessPoolExecutor(
                self._worker_count, mp_context=context, initializer=end_with_parent
            )
        work = [(article.title, article.text) for article in batch]
        loop = asyncio.get_running_loop()
        try:
            return loop.run_in_executor(self._processes, split_all, work)
        except BrokenProcessPool as error:
            raise PullquoteError(_WORKER_LOST) from error


async def _together(
    batch: list[Article], future: asyncio.Future[list[Spans]]
) -> list[SplitArticle]:
    try:
        spans = await future
    except BrokenProcessPool as error:
        raise PullquoteError(_WORKER_LOST) from error
    return [SplitArticle(article, found) for article, found in zip(batch, spans, strict=True)]
