"""The articles of one file, read in a thread and split by the workers, a batch at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from index.indexer.splitting import BATCH_CHARACTER_COUNT, split
from index.ingestion.reading import Note, Refusal, read_articles

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime

    from index.indexer.working import WorkerPool
    from index.ingestion.folder import FoundFile
    from index.ingestion.limits import Limits
    from index.model import Article
    from index.storage.rows import SplitArticle

T = TypeVar("T")

_READ_AT_ONCE = 64
_HEAD_START_CHARACTER_COUNT = 20_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles of a file, in its order, and how many of its bytes were read by then."""

    articles: Sequence[SplitArticle]
    done_byte_count: int


class FileReading:
    """One reading of one file. `refusals` and `notes` are complete when the batches are at an end.

    Raises FileRefusedError while the batches are taken.
    """

    def __init__(self, file: FoundFile, limits: Limits, now: datetime, workers: WorkerPool):
        self.refusals: list[Refusal] = []
        self.notes: list[Note] = []
        self._stream = read_articles(file, limits, now=now, on_read=self._advance)
        self._workers = workers
        self._size = file.size
        self._byte_count = 0
        self._positions: deque[int] = deque()
        self._ahead: deque[Batch] = deque()
        self._batches = self._split()

    async def run_ahead(self) -> None:
        """Read and split as much as fits into memory, so that what follows does not wait for it."""
        size = 0
        async for batch in self._batches:
            self._ahead.append(batch)
            size += sum(len(split.article.text) for split in batch.articles)
            if size >= _HEAD_START_CHARACTER_COUNT:
                return

    async def batches(self) -> AsyncIterator[Batch]:
        """Yield all batches."""
        while self._ahead:
            yield self._ahead.popleft()
        async for batch in self._batches:
            yield batch

    def _advance(self, byte_count: int) -> None:
        self._byte_count = min(byte_count, self._size)

    async def _split(self) -> AsyncIterator[Batch]:
        async for articles in split(self._read(), self._workers):
            yield Batch(articles, self._positions.popleft())

    async def _read(self) -> AsyncIterator[list[Article]]:
        """Yield articles in batches of about the same length of text."""
        batch: list[Article] = []
        size = 0
        while items := await asyncio.to_thread(_take, self._stream, _READ_AT_ONCE):
            for item in items:
                if isinstance(item, Refusal):
                    self.refusals.append(item)
                elif isinstance(item, Note):
                    self.notes.append(item)
                else:
                    batch.append(item)
                    size += len(item.text)
                if size >= BATCH_CHARACTER_COUNT:
                    self._positions.append(self._byte_count)
                    yield batch
                    batch, size = [], 0
        if batch:
            self._positions.append(self._byte_count)
            yield batch


def _take(stream: Iterator[T], count: int) -> list[T]:
    return list(islice(stream, count))
