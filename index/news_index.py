"""The index as one object: open it, bring news in, search what is newest.

Holds the store and the newest Searcher, and swaps the second when the first has changed. Searching
and building are computing, so they happen in threads and processes; nothing here waits on the event
loop.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.analysis.analyzer import Analyzer
from index.engines.embedded import EmbeddedEngine
from index.errors import IndexingInProgressError
from index.indexer.current_segments import CurrentSegments
from index.indexer.following import Followed
from index.indexer.known import Prune
from index.indexer.report import Telling
from index.indexer.run import IndexerRun
from index.indexer.working import WorkerPool
from index.ingestion.limits import Limits
from index.ranking.collection import Collection
from index.searcher import Searcher
from index.seen_news import Views
from index.storage.article_reader import ArticleReader
from index.storage.article_store import FILE_NAME, ArticleStore
from index.storage.ownership import NOTHING
from index.storage.segments.directory import SegmentDirectory
from index.storage.story_store import StoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.indexer.report import IndexProgress, IndexReport
    from index.model import CorpusStatistics, Hit, IndexSize, Passage, Query
    from index.ranking.searching import Kernel
    from index.seen_news import SeenNews
    from index.storage.database import Database
    from index.storage.ownership import Ownership
    from index.storage.passage_reader import PassageReader
    from index.storage.story_store import Announcement

SEGMENTS_NAME = "segments"
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
        self._limits = limits
        self._segments = CurrentSegments(store, directory, self._take)
        self._collection = Collection(kernel=kernel)
        self._analyzer = Analyzer()
        self._views = Views(store, reader, self._analyzer)
        self._show(Followed(), NOTHING)
        self._indexing = asyncio.Lock()

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
            if news._segments.state.unsaved_count >= _WORTH_SAVING_COUNT:
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
            await self._segments.stop_merging()
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

    async def passages_of(self, article_id: str) -> list[Passage]:
        """Return an article's passages in reading order; none where it is not quoted any more."""
        return await asyncio.to_thread(self._reader.passages_of, article_id)

    async def announcements(self, after: int, limit: int) -> list[Announcement]:
        """Return the stories that came in after an announcement, in their order."""
        return await StoryStore(self._store.database).announcements(after, limit)

    async def newest_announcement(self) -> int:
        """Return the number of the newest announcement there ever was, 0 before the first."""
        return await StoryStore(self._store.database).newest_announcement()

    async def statistics(self) -> CorpusStatistics:
        """Count what is stored."""
        return await self._store.statistics()

    async def size(self) -> IndexSize:
        """Return how much there is, on disk and in memory. Raises StorageError."""
        return await self._segments.size()

    async def refresh(self) -> bool:
        """Take up what this or another process has stored. Returns whether anything was new."""
        return self._searchable and await self._segments.refresh()

    async def save(self) -> None:
        """Write to disk what is stored and not in segments yet, if nobody else writes.

        Whatever is not written is found all the same; each process analyses it for itself.
        """
        await self._segments.save()

    async def rebuild(self) -> None:
        """Build the search index anew from what is stored, whatever is on disk.

        Searching goes on with the one before meanwhile. Raises IndexingInProgressError, also where
        another process writes, and StorageError.
        """
        await self._segments.stop_merging()
        workers = WorkerPool()
        try:
            with self._segments.lock():
                await self._segments.rebuild(workers)
        finally:
            await workers.close()
        self._segments.start_merging()

    async def purge(self) -> bool:
        """Write the segments anew without what was removed; False where somebody else writes."""
        return await self._segments.purge()

    @property
    def articles(self) -> ArticleReader:
        """The stored articles, for readers to look at."""
        return ArticleReader(self._store.database)

    @property
    def database(self) -> Database:
        """The open file, for what else is known of the news."""
        return self._store.database

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
        await self._segments.settled()

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
            await self._segments.stop_merging()
            with self._segments.lock():
                report = await self._run(paths, prune, on_progress)
            self._segments.start_merging()
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
            await self._segments.commit(workers, telling.tell_building)
        finally:
            await workers.close()
        return report

    def seen_by(self, community: str | None) -> SeenNews:
        """Return the newest news as a community may see it; everybody's alone for None.

        Who has nothing of their own sees what everybody sees.
        """
        return self._views.of(community)

    async def _take(self, state: Followed) -> None:
        # before anybody sees what is new, it is known who may
        self._show(state, await asyncio.to_thread(self._reader.ownership_since, state.point))

    def _show(self, state: Followed, ownership: Ownership) -> None:
        collection = self._collection.of(each.part for each in state.parts)
        engine = EmbeddedEngine(collection, self._reader, self._analyzer)
        self._searcher = Searcher(engine, self._analyzer)
        self._views.renew(self._searcher, collection, ownership)
