"""The segments of now: followed, saved to disk, merged, and cleared of what was removed.

Holds the newest state and tells of each newer one. Whoever writes holds the lock meanwhile; what
is searched is never held up by that.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from index.errors import PullquoteError, StorageError, WriterBusyError
from index.indexer.committing import Committer
from index.indexer.following import Followed, Follower
from index.indexer.working import WorkerPool
from index.model import IndexSize
from index.storage.locks import writer_lock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from index.storage.article_store import ArticleStore
    from index.storage.segments.directory import SegmentDirectory
    from index.storage.segments.writer_lock import WriterLock

_log = logging.getLogger(__name__)


class CurrentSegments:
    """Follows a store. `on_newer` is told each newer state, as soon as it can be searched.

    Where it fails, that is taken for not having looked.
    """

    def __init__(
        self,
        store: ArticleStore,
        directory: SegmentDirectory,
        on_newer: Callable[[Followed], Awaitable[None]],
    ):
        self._store = store
        self._directory = directory
        self._on_newer = on_newer
        self._follower = Follower(store.followed, directory)
        self._committer = Committer(directory)
        self._state = Followed()
        self._refreshing = asyncio.Lock()
        self._merging: asyncio.Task[None] | None = None

    @property
    def state(self) -> Followed:
        """The newest state."""
        return self._state

    async def size(self) -> IndexSize:
        """Return how much there is. Raises StorageError."""
        saved_count = sum(each.part.passage_count for each in self._state.parts if each.name)
        database, directory = self._store.database, self._directory
        counted = await asyncio.to_thread(lambda: database.byte_count() + directory.byte_count())
        return IndexSize(saved_count, self._state.unsaved_count, counted)

    def lock(self) -> WriterLock:
        """Return the lock of whoever writes, in a folder that is made where it is missing."""
        return writer_lock(self._directory)

    async def refresh(self) -> bool:
        """Take up what anybody has stored. Returns whether anything was new."""
        async with self._refreshing:
            before = self._state
            await self._take(await self._caught_up())
            return self._state is not before

    async def commit(
        self,
        workers: WorkerPool | None = None,
        on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> None:
        """Bring the segments on disk up to date. Only for who holds the lock."""
        async with self._refreshing:
            state = await self._caught_up(workers, on_progress)
            if not state.is_saved or state.signature != self._directory.signature():
                state = await self._committer.committed(state)
                await self._store.forget_changes(state.point.change_id)
            await self._take(state)

    async def rebuild(self, workers: WorkerPool) -> None:
        """Build all from the store, whatever is on disk. Only for who holds the lock."""
        async with self._refreshing:
            nothing = Followed(signature=self._directory.signature())
            state = await self._follower.caught_up(nothing, workers)
            state = await self._committer.committed(state)
            await self._store.forget_changes(state.point.change_id)
            await self._take(state)

    async def save(self) -> None:
        """Bring the segments on disk up to date, if nobody else writes and the disk lets us."""
        try:
            with self.lock():
                await self.commit()
        except (WriterBusyError, StorageError) as error:
            _log.info("the search index is only in memory: %s", error)
        else:
            self.start_merging()

    async def purge(self) -> bool:
        """Write segments anew without what was removed; False where somebody else writes."""
        return await self._rewritten(self._committer.purged)

    # ── merging ──────────────────────────────────────────────────────────────
    def start_merging(self) -> None:
        """Merge segments that are alike, by and by."""
        self._merging = asyncio.create_task(self._merge())

    async def settled(self) -> None:
        """Wait until the segments that were written last are merged."""
        if self._merging is not None:
            await self._merging

    async def stop_merging(self) -> None:
        """Leave what is not merged yet for another time."""
        if self._merging is not None:
            merging, self._merging = self._merging, None
            merging.cancel()
            # not awaited itself, so that its cancellation is not taken for that of who waits here,
            # nor that one for its own
            await asyncio.wait([merging])
            if not merging.cancelled() and (error := merging.exception()):
                _log.error("segments were not merged", exc_info=error)

    async def _merge(self) -> None:
        if self._committer.is_worthwhile(self._state):
            await self._rewritten(self._committer.merged)

    async def _rewritten(self, rewrite: Callable[[Followed], Awaitable[Followed]]) -> bool:
        try:
            with self.lock():
                async with self._refreshing:
                    state = await self._caught_up()
                rewritten = await rewrite(state)
                async with self._refreshing:
                    # what was stored meanwhile may have been found already, and stays so
                    await self._take(await self._caught_up(since=rewritten))
        except WriterBusyError:
            _log.debug("segments are not merged, another process is writing")
        except (PullquoteError, OSError) as error:
            _log.warning("segments were not merged: %s", error)
        else:
            return True
        return False

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

    async def _take(self, state: Followed) -> None:
        if state is not self._state:
            await self._on_newer(state)
            self._state = state
