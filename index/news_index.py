"""The index as one object: open it, bring news in, search what is newest.

Holds the store and the newest Searcher, and swaps the second when the first has changed. Searching
and building are computing, so they happen in threads and processes; nothing here waits on the event
loop.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.analysis.analyzer import Analyzer
from index.engines.embedded import EmbeddedEngine
from index.errors import IndexingInProgressError, PullquoteError, StorageError, WriterBusyError
from index.indexer.committing import Committer
from index.indexer.following import Followed, Follower
from index.indexer.known import Prune
from index.indexer.report import Telling
from index.indexer.run import IndexerRun
from index.indexer.working import WorkerPool
from index.ingestion.limits import Limits
from index.ranking.collection import Collection
from index.searcher import Searcher
from index.storage.article_store import FILE_NAME, ArticleStore
from index.storage.segments.directory import SegmentDirectory
from index.storage.segments.writer_lock import WriterLock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.indexer.report import IndexProgress, IndexReport
    from index.model import CorpusStatistics, Hit, Passage, Query
    from index.ranking.searching import Kernel
    from index.storage.passage_reader import PassageReader

_log = logging.getLogger(__name__)

SEGMENTS_NAME = "segments"
_LOCK_NAME = "writer.lock"
# analysing so many again costs each process that opens the index about as long as loading nltk
_WORTH_SAVING_COUNT = 1000


class NewsIndex:
    """The news of one data directory. Make one with `NewsIndex.open`."""

    def __init__(
        self,
        store: ArticleStore,
        reader: PassageReader,
        directory: SegmentDirectory,
        limits: Limits,
        kernel: Callable[[], Kernel | None],
        *,
        searchable: bool,
    ):
        self._searchable = searchable
        self._store = store
        self._reader = reader
        self._directory = directory
        self._limits = limits
        self._follower = Follower(store.followed, directory)
        self._committer = Committer(directory)
        self._collection = Collection(kernel=kernel)
        self._analyzer = Analyzer()
        self._state = Followed()
        self._searcher = self._searching(self._state)
        self._indexing = asyncio.Lock()
        self._refreshing = asyncio.Lock()
        self._merging: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        data_dir: Path,
        limits: Limits | None = None,
        *,
        searchable: bool = True,
        kernel: Callable[[], Kernel | None] = lambda: None,
    ) -> Self:
        """Open the news of a directory, made if missing.

        `searchable` maps the search index, now and after every change; whoever only stores or
        counts can do without. `kernel` gives the compiled search where it is at hand; without it,
        NumPy finds the same. Raises StorageError.
        """
        store = await ArticleStore.open(data_dir)
        try:
            reader = await asyncio.to_thread(store.reader)
        except BaseException:
            await store.close()
            raise
        directory = SegmentDirectory(data_dir / SEGMENTS_NAME)
        news = cls(store, reader, directory, limits or Limits(), kernel, searchable=searchable)
        try:
            await news.refresh()
            if news._state.unsaved_count >= _WORTH_SAVING_COUNT:
                await news.save()
        except BaseException:
            await news.close()
            raise
        return news

    @staticmethod
    def is_in(data_dir: Path) -> bool:
        """Whether a directory holds an index; `open` makes one where there is none."""
        return (data_dir / FILE_NAME).exists()

    async def close(self) -> None:
        """Stop merging, and close the store."""
        try:
            await self._stop_merging()
        finally:
            await asyncio.to_thread(self._reader.close)
            await self._store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def searcher(self) -> Searcher:
        """The newest searcher; it never changes, a newer one takes its place."""
        return self._searcher

    def publishers(self) -> Sequence[str]:
        """Return the publishers of the corpus, the one with most articles first."""
        return self._searcher.publishers

    async def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages, best first, at most `limit`."""
        return await asyncio.to_thread(self._searcher.search, query, limit)

    async def passages(self) -> list[Passage]:
        """Return every stored passage, by id: for measurements and checks of the whole corpus."""
        return await self._store.passages()

    async def statistics(self) -> CorpusStatistics:
        """Count what is stored."""
        return await self._store.statistics()

    async def refresh(self) -> bool:
        """Take up what this or another process has stored. Returns whether anything was new."""
        if not self._searchable:
            return False
        async with self._refreshing:
            before = self._state
            self._take(await self._caught_up())
            return self._state is not before

    async def roots(self) -> list[Path]:
        """Return the files and folders that were handed in, by this or an earlier process."""
        return [Path(root) for root in await self._store.roots()]

    @property
    def is_indexing(self) -> bool:
        """Whether an index run of this process is at work."""
        return self._indexing.locked()

    async def reindex(self, on_progress: Callable[[IndexProgress], None]) -> IndexReport:
        """Read every known file and folder again, and forget their files that are gone.

        Where a whole folder is gone or empty, perhaps only for now, its articles are kept.
        Raises IndexingInProgressError and StorageError.
        """
        return await self._ingest(await self.roots(), Prune.CAREFULLY, on_progress)

    async def ingest(
        self,
        paths: Sequence[Path],
        *,
        prune: bool = False,
        on_progress: Callable[[IndexProgress], None] = lambda _: None,
    ) -> IndexReport:
        """Bring the news of files and folders in, and make them searchable.

        With `prune`, articles of their files that are gone are forgotten.
        Raises IndexingInProgressError, also where another process is indexing, and StorageError;
        whatever is wrong with a file is in the report.
        """
        mode = Prune.EVERYTHING if prune else Prune.NOTHING
        return await self._ingest(paths, mode, on_progress)

    async def settled(self) -> None:
        """Wait until the segments that were written last are merged."""
        if self._merging is not None:
            await self._merging

    async def _ingest(
        self,
        paths: Sequence[Path],
        prune: Prune,
        on_progress: Callable[[IndexProgress], None],
    ) -> IndexReport:
        if self._indexing.locked():
            raise IndexingInProgressError(
                "An index run is already at work; wait for it to end, then try again."
            )
        async with self._indexing:
            await self._stop_merging()
            self._directory.create()
            with WriterLock(self._directory.path / _LOCK_NAME):
                report = await self._run(paths, prune, on_progress)
            self._merging = asyncio.create_task(self._merge())
            return report

    async def _run(
        self, paths: Sequence[Path], prune: Prune, on_progress: Callable[[IndexProgress], None]
    ) -> IndexReport:
        telling = Telling(on_progress)
        workers = WorkerPool()
        try:
            now = lambda: datetime.now(UTC)  # noqa: E731 (the clock is handed on)
            run = IndexerRun(self._store, workers, self._limits, now, telling.tell)
            report = await run.run(paths, prune)
            async with self._refreshing:
                await self._commit(await self._caught_up(workers, telling.tell_building))
        finally:
            await workers.close()
        return report

    async def _caught_up(
        self,
        workers: WorkerPool | None = None,
        on_progress: Callable[[int, int], None] = lambda _done, _all: None,
        *,
        since: Followed | None = None,
    ) -> Followed:
        own = workers or WorkerPool()
        try:
            return await self._follower.caught_up(since or self._state, own, on_progress)
        finally:
            if workers is None:
                await own.close()

    async def _commit(self, state: Followed) -> None:
        """Save a state that is not on disk yet. Only for who holds the lock."""
        if not state.is_saved or state.signature != self._directory.signature():
            state = await self._committer.committed(state)
            await self._store.forget_changes(state.point.change_id)
        self._take(state)

    async def save(self) -> None:
        """Save segments that were made in memory, if nobody else writes and the disk lets us."""
        if not self._state.unsaved_count:
            return
        try:
            self._directory.create()
            with WriterLock(self._directory.path / _LOCK_NAME):
                async with self._refreshing:
                    await self._commit(await self._caught_up())
        except (WriterBusyError, StorageError) as error:
            _log.info("the search index is only in memory: %s", error)
        else:
            self._merging = asyncio.create_task(self._merge())

    async def _merge(self) -> None:
        if not self._committer.is_worthwhile(self._state):
            return
        try:
            with WriterLock(self._directory.path / _LOCK_NAME):
                async with self._refreshing:
                    state = await self._caught_up()
                merged = await self._committer.merged(state)
                async with self._refreshing:
                    # what was stored during the merge may have been found already, and stays so
                    self._take(await self._caught_up(since=merged))
        except WriterBusyError:
            _log.debug("segments are not merged, another process is writing")
        except (PullquoteError, OSError) as error:
            _log.warning("segments were not merged: %s", error)

    async def _stop_merging(self) -> None:
        if self._merging is not None:
            merging, self._merging = self._merging, None
            merging.cancel()
            # not awaited itself, so that its cancellation is not taken for that of who waits here,
            # nor that one for its own
            await asyncio.wait([merging])
            if not merging.cancelled() and (error := merging.exception()):
                _log.error("segments were not merged", exc_info=error)

    def _take(self, state: Followed) -> None:
        if state is self._state:
            return
        self._state = state
        self._searcher = self._searching(state)

    def _searching(self, state: Followed) -> Searcher:
        collection = self._collection.of(each.part for each in state.parts)
        engine = EmbeddedEngine(collection, self._reader, self._analyzer)
        return Searcher(engine, self._analyzer)
