"""Keeping a collection equal to what is stored, in every process that searches.

The store is the truth. Segments on disk are as old as the last commit; what was stored since is
analysed here and held as segments in memory, and what was removed since is left out. So a change
is found as soon as it is stored, whether or not anybody has written segments.

Whatever is wrong with segments on disk (damaged, of another version, of another database) costs
time and a line in the log, and nothing else: what they held is made anew.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.engines.term_lists import RECIPE
from index.errors import DamagedSegmentError, StorageError
from index.indexer.named_parts import NamedPart, tidied
from index.indexer.segmenting import BATCH_CHARACTER_COUNT, segments_of
from index.ranking.part import Part
from index.ranking.segment import Segment
from index.storage.passage_store import START, Point
from index.storage.segments.segment_file import open_segment_file

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from index.indexer.working import WorkerPool
    from index.ranking.arrays import Array
    from index.storage.passage_store import PassageStore, StoredArticle
    from index.storage.segments.directory import SegmentDirectory
    from index.storage.segments.manifest import Manifest

_log = logging.getLogger(__name__)

# a manifest may be replaced, and its segments deleted, between two looks
_MOST_TRIES = 10


@dataclass(frozen=True, slots=True)
class Followed:
    """A collection's parts, and how far they follow the store.

    `signature` is that of the manifest they rest on; `is_saved` says that it says the same as they
    do. Where a segment could not be used, `is_complete` is False: passages are missing that the
    store has.
    """

    parts: tuple[NamedPart, ...] = ()
    point: Point = START
    signature: tuple[int, ...] = ()
    generation: int = 0
    is_complete: bool = True
    is_saved: bool = False

    @property
    def unsaved_count(self) -> int:
        """How many passages are only in memory."""
        return sum(each.part.passage_count for each in self.parts if each.name is None)


class Follower:
    """Brings a `Followed` up to date with a store and a folder of segments.

    A segment that is made anew is of about `character_count` characters of text.
    """

    def __init__(
        self,
        store: PassageStore,
        directory: SegmentDirectory,
        character_count: int = BATCH_CHARACTER_COUNT,
    ):
        self._store = store
        self._directory = directory
        self._character_count = character_count
        self._is_unusable = False

    async def caught_up(
        self,
        before: Followed,
        workers: WorkerPool,
        on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> Followed:
        """Return the newest state; `before` itself where nothing has changed.

        `on_progress` is told how many ids of passages were taken in, and how many there are to be.
        Raises StorageError.
        """
        state = await asyncio.to_thread(self._with_manifest, before)
        changes = await self._store.changes_since(state.point)
        while changes is None:
            # another process may have committed, and forgotten older changes, just now
            newer = await asyncio.to_thread(self._with_manifest, state)
            if newer is state:
                break
            state = newer
            changes = await self._store.changes_since(state.point)
        if changes is None:
            _log.warning("the search index is of another database; it is built anew")
            state = Followed(signature=state.signature, generation=state.generation)
            changes = await self._store.changes_since(START)
        if changes is None or (changes.point == state.point and state.is_complete):
            return state
        gone = np.array(changes.removed_ids, np.int64)
        kept = await asyncio.to_thread(_without, state.parts, gone)
        ranges = await self._missing(state, kept, changes.point.passage_id)
        fresh = await self._built(ranges, workers, on_progress)
        parts = await asyncio.to_thread(tidied, [*kept, *fresh])
        return Followed(parts, changes.point, state.signature, state.generation)

    async def _missing(
        self, state: Followed, kept: Sequence[NamedPart], last_id: int
    ) -> list[tuple[int, int]]:
        """Return ranges of ids, exclusive of the first, of passages that no part holds."""
        if state.is_complete:
            return [(state.point.passage_id, last_id)]
        stored = await self._store.ids()
        return await asyncio.to_thread(_not_held, stored[stored <= last_id], kept)

    async def _built(
        self,
        ranges: Sequence[tuple[int, int]],
        workers: WorkerPool,
        on_progress: Callable[[int, int], None],
    ) -> list[NamedPart]:
        total = sum(last - after for after, last in ranges)
        done = 0

        async def articles() -> AsyncIterator[list[StoredArticle]]:
            for after, last in ranges:
                async for batch in self._store.articles_between(after, last):
                    yield batch

        parts = []
        async for segment in segments_of(articles(), workers, self._character_count):
            parts.append(NamedPart(None, Part(segment)))
            done += segment.passage_count
            on_progress(min(done, total), total)
        return parts

    def _with_manifest(self, state: Followed) -> Followed:
        """Return the state of the newest manifest, the same one where that is not newer."""
        for _ in range(_MOST_TRIES):
            signature = self._signature()
            if signature == state.signature:
                return state
            try:
                return self._read(state, signature)
            except FileNotFoundError:
                continue
        _log.warning("the segments that the manifest names are not there; they are built anew")
        return Followed(signature=signature)

    def _signature(self) -> tuple[int, ...]:
        """Return the directory's signature, as if it were empty where it cannot be read."""
        try:
            signature = self._directory.signature()
        except StorageError as error:
            if not self._is_unusable:
                _log.warning("the search index is only in memory: %s", error)
            self._is_unusable = True
            return ()
        self._is_unusable = False
        return signature

    def _read(self, state: Followed, signature: tuple[int, ...]) -> Followed:
        try:
            manifest = self._directory.read()
        except StorageError as error:
            _log.warning("the search index is built anew: %s", error)
            return Followed(signature=signature)
        if manifest is None:
            return Followed(signature=signature)
        if manifest.recipe != RECIPE:
            _log.info("the search index was made by another version; it is built anew")
            return Followed(signature=signature, generation=manifest.generation)
        known = {each.name: each.part.segment for each in state.parts if each.name}
        parts, is_complete = self._opened(manifest, known)
        point = Point(manifest.change_id, manifest.change_token, manifest.last_passage_id)
        generation = manifest.generation
        return Followed(parts, point, signature, generation, is_complete, is_saved=is_complete)

    def _opened(
        self, manifest: Manifest, known: dict[str, Segment]
    ) -> tuple[tuple[NamedPart, ...], bool]:
        """Map the segments of a manifest. Raises FileNotFoundError."""
        parts = []
        is_complete = True
        for entry in manifest.segments:
            try:
                segment = known.get(entry.name) or self._mapped(entry.name)
            except StorageError as error:
                _log.warning("a segment is built anew: %s", error)
                is_complete = False
            else:
                parts.append(NamedPart(entry.name, Part(segment, entry.dead)))
        return tuple(parts), is_complete

    def _mapped(self, name: str) -> Segment:
        file = open_segment_file(self._directory.path_of(name))
        # what is wrong must not reach the kernel, which checks no bounds
        file.verify()
        try:
            return Segment.of(file.arrays, file.meta)
        except (KeyError, TypeError) as error:
            raise DamagedSegmentError(f"The segment {name} lacks {error}.") from error


def _not_held(stored: Array, kept: Sequence[NamedPart]) -> list[tuple[int, int]]:
    held = [each.part.live_ids for each in kept]
    is_held = np.isin(stored, np.concatenate(held)) if held else np.zeros(len(stored), np.bool_)
    missing = np.flatnonzero(~is_held)
    breaks = np.flatnonzero(np.diff(missing, prepend=-2) > 1)
    firsts, lasts = missing[breaks], missing[np.append(breaks[1:], len(missing)) - 1]
    return [(int(stored[a]) - 1, int(stored[b])) for a, b in zip(firsts, lasts, strict=True)]


def _without(parts: Sequence[NamedPart], gone: Array) -> list[NamedPart]:
    return [NamedPart(each.name, each.part.without(gone)) for each in parts]
