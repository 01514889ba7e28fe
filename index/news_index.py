"""The index as one object: open it, bring news in, search what is newest.

Holds the store and the newest Searcher, and swaps the second when the first has changed. Searching
and building are computing, so they happen in threads; nothing here waits on the event loop.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.errors import IndexingInProgressError
from index.indexer.known import Prune
from index.indexer.run import IndexerRun
from index.indexer.splitting import Splitter
from index.ingestion.limits import Limits
from index.searcher import Searcher
from index.storage.article_store import ArticleStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.indexer.report import IndexProgress, IndexReport
    from index.model import CorpusStatistics, Hit, Passage, Query


class NewsIndex:
    """The news of one data directory. Make one with `NewsIndex.open`."""

    def __init__(self, store: ArticleStore, limits: Limits, *, searchable: bool):
        self._searchable = searchable
        self._store = store
        self._limits = limits
        self._searcher = Searcher.over([])
        self._generation: tuple[int, int] = (0, 0)
        self._indexing = asyncio.Lock()
        self._refreshing = asyncio.Lock()

    @classmethod
    async def open(
        cls, data_dir: Path, limits: Limits | None = None, *, searchable: bool = True
    ) -> Self:
        """Open the news of a directory, made if missing.

        `searchable` builds the search engine, now and after every change; whoever only stores or
        counts can do without. Raises StorageError.
        """
        store = await ArticleStore.open(data_dir)
        news = cls(store, limits or Limits(), searchable=searchable)
        try:
            await news.refresh()
        except BaseException:
            await news.close()
            raise
        return news

    async def close(self) -> None:
        """Close the store."""
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
        return (await self._store.passages())[1]

    async def statistics(self) -> CorpusStatistics:
        """Count what is stored."""
        return await self._store.statistics()

    async def refresh(self) -> bool:
        """Take up what this or another process has stored. Returns whether anything was new."""
        if not self._searchable:
            return False
        async with self._refreshing:
            if await self._store.generation() == self._generation:
                return False
            generation, passages = await self._store.passages()
            self._searcher = await asyncio.to_thread(Searcher.over, passages)
            self._generation = generation
            return True

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
        Raises IndexingInProgressError and StorageError; whatever is wrong with a file is in the
        report.
        """
        mode = Prune.EVERYTHING if prune else Prune.NOTHING
        return await self._ingest(paths, mode, on_progress)

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
            splitter = Splitter()
            try:
                run = IndexerRun(
                    self._store, splitter, self._limits, lambda: datetime.now(UTC), on_progress
                )
                report = await run.run(paths, prune)
            finally:
                await splitter.close()
            await self.refresh()
            return report
