"""One index run: find files, skip those unchanged, store what the others give.

Each file is one transaction, so that a run that is killed leaves whole files only.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from index.errors import FileRefusedError
from index.indexer.report import IndexProgress, IndexReport, Tally
from index.indexer.splitting import BATCH_CHARACTER_COUNT
from index.ingestion.folder import find_files
from index.ingestion.reading import Note, Refusal, content_hash, read_articles
from index.model import Article, IndexRun
from index.storage.file_update import Outcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from datetime import datetime

    from index.indexer.splitting import Splitter
    from index.ingestion.folder import FoundFile
    from index.ingestion.limits import Limits
    from index.storage.article_store import ArticleStore
    from index.storage.file_update import FileUpdate
    from index.storage.rows import StoredFile

# Changes whenever passages would be split differently, so that stored ones are made anew.
RECIPE = "1"

_READ_AT_ONCE = 64

_REASONS = {
    Outcome.CLAIMED: "the id {id!r} belongs to an article of another file; give it its own id",
    Outcome.REPEATED: "the id {id!r} was already used in this file; give it its own id",
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knew of files before the run."""

    files: dict[str, StoredFile]
    article_counts: dict[int, int]
    gone_file_ids: frozenset[int]


class IndexerRun:
    """A run over some paths. `now` is aware and dates the run."""

    def __init__(
        self,
        store: ArticleStore,
        splitter: Splitter,
        limits: Limits,
        now: datetime,
        on_progress: Callable[[IndexProgress], None],
    ):
        self._store = store
        self._splitter = splitter
        self._limits = limits
        self._now = now
        self._on_progress = on_progress
        self._tally = Tally()

    async def run(self, paths: Sequence[Path], *, prune: bool) -> IndexReport:
        """Bring the store up to date with `paths`; with `prune`, forget their files that are gone.

        Raises StorageError; whatever is wrong with a file is in the report.
        """
        started = time.monotonic()
        files, refusals = await asyncio.to_thread(find_files, paths, self._limits)
        self._tally.refusals += refusals
        known = await self._known()
        if prune:
            known = await self._prune(known, paths)
        progress = IndexProgress(len(files), 0, sum(file.size for file in files), 0, 0)
        self._on_progress(progress)
        for file in files:
            await self._index_file(file, known, progress)
            progress = replace(
                progress,
                done_file_count=progress.done_file_count + 1,
                done_byte_count=progress.done_byte_count + file.size,
                article_count=self._tally.article_count,
            )
            self._on_progress(progress)
        return await self._finish(time.monotonic() - started)

    async def _known(self) -> Known:
        files = await self._store.files()

        def gone() -> frozenset[int]:
            return frozenset(f.file_id for path, f in files.items() if not Path(path).exists())

        counts = await self._store.article_counts()
        return Known(files, counts, await asyncio.to_thread(gone))

    async def _prune(self, known: Known, paths: Sequence[Path]) -> Known:
        gone = {
            path: file.file_id
            for path, file in known.files.items()
            if file.file_id in known.gone_file_ids
            and any(_forgets(root.resolve(), Path(path)) for root in paths)
        }
        self._tally.removed_count += await self._store.forget_files(list(gone.values()))
        kept = {path: file for path, file in known.files.items() if path not in gone}
        return replace(known, files=kept)

    async def _index_file(self, file: FoundFile, known: Known, progress: IndexProgress) -> None:
        tally = Tally()
        try:
            digest = await asyncio.to_thread(content_hash, file)
            stored = known.files.get(str(file.path))
            if stored and (stored.content_hash, stored.recipe) == (digest, RECIPE):
                self._tally.unchanged_count += known.article_counts.get(stored.file_id, 0)
                return
            async with self._store.update_file(
                str(file.path), digest, RECIPE, known.gone_file_ids
            ) as update:
                await self._store_articles(file, update, tally, progress)
            tally.removed_count = update.removed_count
        except FileRefusedError as error:
            self._tally.refusals += [*tally.refusals, Refusal(file.path, str(error))]
            return
        self._tally.add(tally)

    async def _store_articles(
        self, file: FoundFile, update: FileUpdate, tally: Tally, progress: IndexProgress
    ) -> None:
        positions: deque[int] = deque()
        batches = self._read(file, tally, positions)
        async for batch in self._splitter.split(batches):
            for split in batch:
                outcome = await update.put(split)
                if reason := _REASONS.get(outcome):
                    text = reason.format(id=split.article.id)
                    tally.refusals.append(Refusal(file.path, text))
                _count(tally, outcome)
                if outcome is Outcome.COPY:
                    # its owner may go one day: then this file must be read again
                    update.mark_unfinished()
            self._on_progress(
                replace(
                    progress,
                    article_count=self._tally.article_count + tally.article_count,
                    done_byte_count=progress.done_byte_count + min(positions.popleft(), file.size),
                )
            )
        if tally.refusals:
            update.mark_incomplete()

    async def _read(
        self, file: FoundFile, tally: Tally, positions: deque[int]
    ) -> AsyncIterator[list[Article]]:
        """Read in a thread, and yield articles in batches of about the same length of text.

        With each batch, the bytes on disk read so far go to the end of `positions`.
        """
        read_byte_count = 0

        def on_read(byte_count: int) -> None:
            nonlocal read_byte_count
            read_byte_count = byte_count

        stream = read_articles(file, self._limits, now=self._now, on_read=on_read)
        batch: list[Article] = []
        size = 0
        while items := await asyncio.to_thread(_take, stream, _READ_AT_ONCE):
            for item in items:
                if isinstance(item, Refusal):
                    tally.refusals.append(item)
                elif isinstance(item, Note):
                    tally.notes.append(item)
                else:
                    batch.append(item)
                    size += len(item.text)
                if size >= BATCH_CHARACTER_COUNT:
                    positions.append(read_byte_count)
                    yield batch
                    batch, size = [], 0
        if batch:
            positions.append(read_byte_count)
            yield batch

    async def _finish(self, duration_seconds: float) -> IndexReport:
        tally = self._tally
        run = IndexRun(
            finished_at=self._now,
            duration_seconds=duration_seconds,
            added_count=tally.added_count,
            changed_count=tally.changed_count,
            removed_count=tally.removed_count,
            unchanged_count=tally.unchanged_count,
            refused_count=len(tally.refusals),
        )
        await self._store.record_run(run)
        return IndexReport(run, tuple(tally.refusals), tuple(tally.notes))


def _forgets(root: Path, path: Path) -> bool:
    """Whether a run over `root` may forget `path`, which is gone.

    Not where the whole root is gone: it may only be a disk that is not mounted.
    """
    return path == root or (root.is_dir() and path.is_relative_to(root))


def _take(stream: Iterator[T], count: int) -> list[T]:
    return list(islice(stream, count))


def _count(tally: Tally, outcome: Outcome) -> None:
    if outcome is Outcome.ADDED:
        tally.added_count += 1
    elif outcome is Outcome.CHANGED:
        tally.changed_count += 1
    elif outcome in {Outcome.UNCHANGED, Outcome.COPY}:
        tally.unchanged_count += 1
