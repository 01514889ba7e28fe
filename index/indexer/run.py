"""One index run: find files, skip those unchanged, store what the others give.

Each file is one transaction, so that a run that is killed leaves whole files only.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import FileRefusedError
from index.indexer.file_reading import FileReading
from index.indexer.known import Known, forgotten, gone_file_ids, is_gone
from index.indexer.report import IndexProgress, IndexReport, Tally
from index.ingestion.folder import Refusal, list_files
from index.ingestion.reading import content_hash
from index.model import IndexRun
from index.storage.file_update import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from index.indexer.known import Prune
    from index.indexer.working import WorkerPool
    from index.ingestion.folder import FoundFile, Listing
    from index.ingestion.limits import Limits
    from index.storage.article_store import ArticleStore
    from index.storage.file_update import FileUpdate

# Changes whenever text is split into other passages, so that stored ones are made anew.
RECIPE = "2"

_REASONS = {
    Outcome.CLAIMED: (
        "the id {id!r} belongs to an article of another file or feed; give it its own id"
    ),
    Outcome.REPEATED: "the id {id!r} was already used in this file; give it its own id",
}


class IndexerRun:
    """A run over some paths. `clock` gives aware times."""

    def __init__(
        self,
        store: ArticleStore,
        workers: WorkerPool,
        limits: Limits,
        clock: Callable[[], datetime],
        on_progress: Callable[[IndexProgress], None],
    ):
        self._store = store
        self._workers = workers
        self._limits = limits
        self._clock = clock
        self._on_progress = on_progress
        self._tallies: dict[Path, Tally] = {}
        self._removed_count = 0

    async def run(self, paths: Sequence[Path], prune: Prune) -> IndexReport:
        """Bring the store up to date with files and folders, and remember them for later runs.

        Raises StorageError; whatever is wrong with a file is in the report.
        """
        started = time.monotonic()
        listing = await asyncio.to_thread(list_files, paths, self._limits)
        # a name with a NUL is refused as one, and leads nowhere
        paths = [path for path in paths if _can_be(path)]
        await self._store.remember_roots(_accepted(paths, listing))
        known, refusals = await self._prune(await self._known(), paths, listing, prune)
        await self._index_all(listing.files, known)
        if self._removed_count + sum(tally.removed_count for tally in self._tallies.values()):
            await self._index_disputed(listing.files, known)
        return await self._finish(refusals, len(listing.ignored), time.monotonic() - started)

    async def _known(self) -> Known:
        files = await self._store.files()
        gone = await asyncio.to_thread(gone_file_ids, files)
        return Known(files, await self._store.article_counts(), gone)

    async def _prune(
        self, known: Known, paths: Sequence[Path], listing: Listing, prune: Prune
    ) -> tuple[Known, list[Refusal]]:
        """Forget files; what was handed in and has gone with its files is no longer refused."""
        gone = forgotten(known, paths, (file.path for file in listing.files), prune)
        self._removed_count = await self._store.forget_files(list(gone.values()))
        lost = _lost_roots(listing, gone)
        await self._store.forget_roots(lost.values())
        kept = {path: file for path, file in known.files.items() if path not in gone}
        refusals = [refusal for refusal in listing.refusals if refusal.path not in lost]
        return replace(known, files=kept), refusals

    async def _index_all(self, files: Sequence[FoundFile], known: Known) -> None:
        progress = IndexProgress(len(files), 0, sum(file.size for file in files), 0, 0)
        self._on_progress(progress)
        for file in files:
            self._tallies[file.path] = await self._index_file(file, known, progress)
            progress = replace(
                progress,
                done_file_count=progress.done_file_count + 1,
                done_byte_count=progress.done_byte_count + file.size,
                article_count=progress.article_count + self._tallies[file.path].article_count,
            )
            self._on_progress(progress)

    async def _index_disputed(self, files: Sequence[FoundFile], known: Known) -> None:
        """Read files again whose articles were another file's, which may have given them up."""
        for file in files:
            before = self._tallies[file.path]
            if before.is_disputed:
                again = await self._index_file(file, known, None)
                self._tallies[file.path] = again.after(before)

    async def _index_file(
        self, file: FoundFile, known: Known, progress: IndexProgress | None
    ) -> Tally:
        try:
            digest = await asyncio.to_thread(content_hash, file)
            stored = known.files.get(str(file.path))
            if stored and (stored.content_hash, stored.recipe) == (digest, RECIPE):
                return Tally(unchanged_count=known.article_counts.get(stored.file_id, 0))
            reading = FileReading(file, self._limits, self._clock(), self._workers)
            # before the transaction, so that others may write meanwhile
            await reading.run_ahead()
            async with self._store.update_file(
                str(file.path), digest, RECIPE, known.gone_file_ids
            ) as update:
                tally = await self._store_articles(reading, file, update, progress)
            tally.removed_count = update.removed_count
        except FileRefusedError as error:
            return Tally(refusals=[Refusal(file.path, str(error))])
        return tally

    async def _store_articles(
        self,
        reading: FileReading,
        file: FoundFile,
        update: FileUpdate,
        progress: IndexProgress | None,
    ) -> Tally:
        tally = Tally(refusals=reading.refusals, notes=reading.notes)
        own: list[Refusal] = []
        async for batch in reading.batches():
            for split in batch.articles:
                outcome = await update.put(split)
                tally.count(outcome)
                if reason := _REASONS.get(outcome):
                    own.append(Refusal(file.path, reason.format(id=split.article.id)))
            if progress is not None:
                count = progress.article_count + tally.article_count
                done = progress.done_byte_count + batch.done_byte_count
                self._on_progress(replace(progress, article_count=count, done_byte_count=done))
        if tally.refusals:
            update.mark_incomplete()
        if own or tally.is_disputed:
            update.mark_unfinished()
        tally.refusals += own
        return tally

    async def _finish(
        self, refusals: Sequence[Refusal], ignored_count: int, duration_seconds: float
    ) -> IndexReport:
        whole = Tally(removed_count=self._removed_count, refusals=[*refusals])
        for tally in self._tallies.values():
            whole.add(tally)
        run = IndexRun(
            finished_at=self._clock(),
            duration_seconds=duration_seconds,
            added_count=whole.added_count,
            changed_count=whole.changed_count,
            removed_count=whole.removed_count,
            unchanged_count=whole.unchanged_count,
            refused_count=len(whole.refusals),
        )
        await self._store.record_run(run)
        return IndexReport(run, tuple(whole.refusals), tuple(whole.notes), ignored_count)


def _lost_roots(listing: Listing, forgotten_paths: Iterable[str]) -> dict[Path, str]:
    """Return what was handed in but is not there, where its files have been forgotten."""
    refused = [refusal.path for refusal in listing.refusals if _can_be(refusal.path)]
    real = {path: os.path.realpath(path) for path in refused}
    return {
        path: place
        for path, place in real.items()
        if is_gone(place) and any(Path(each).is_relative_to(place) for each in forgotten_paths)
    }


def _accepted(paths: Sequence[Path], listing: Listing) -> list[str]:
    """Return where the given paths lead to, as far as it can be read."""
    found = {str(file.path) for file in listing.files}
    refused = {str(refusal.path) for refusal in listing.refusals}
    real = [os.path.realpath(path) for path in paths]
    return [path for path in real if path in found or (path not in refused and Path(path).is_dir())]


def _can_be(path: Path) -> bool:
    return "\0" not in str(path)
