"""Segments in memory to segments on disk, and many of them to few. Only for who holds the lock.

A commit writes new files and then replaces the manifest, so that whatever moment a process ends
at, the index before or the index after is in place. A merge is a commit, too.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from index.engines.term_lists import RECIPE
from index.errors import PullquoteError
from index.indexer.following import Followed
from index.indexer.named_parts import NamedPart, alike
from index.indexer.working import to_its_end
from index.ingestion.isolated import end_with_parent
from index.ranking.arrays import MAX_PASSAGE_COUNT
from index.ranking.merging import merge
from index.ranking.part import Part
from index.ranking.segment import Segment
from index.storage.segments.manifest import Manifest, SegmentEntry
from index.storage.segments.segment_file import open_segment_file, write_segment_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from index.ranking.arrays import Array
    from index.storage.segments.directory import SegmentDirectory

# segments of up to this many passages are alike
_SMALLEST_TIER = 512
# a search goes through a small segment at once, so only large ones are merged by twos
_LARGEST_SMALL = 2048
_SMALL_MERGED = 4
_LARGE_MERGED = 2
# a segment with a larger share of removed passages is written anew
_MOST_REMOVED = 0.2
# a smaller merge is done before a process for it has started
_FEW_PASSAGES = 4000


class Committer:
    """Writes to a folder of segments."""

    def __init__(self, directory: SegmentDirectory):
        self._directory = directory

    async def committed(self, state: Followed) -> Followed:
        """Write what is only in memory, and return the state that rests on it.

        Raises StorageError; what was there before then stays in place.
        """
        return await to_its_end(self._commit, state)

    def is_worthwhile(self, state: Followed) -> bool:
        """Whether `merged` would do anything."""
        return bool(_alike(state.parts))

    async def merged(self, state: Followed) -> Followed:
        """Merge segments until none are alike. May be cancelled at any time.

        What is only in memory is written before, since it is files that are merged.
        """
        if state.unsaved_count:
            state = await self.committed(state)
        while group := _alike(state.parts):
            part = await self._merge(group)
            others = [each for each in state.parts if each not in group]
            state = await self.committed(replace(state, parts=(*others, *part)))
        return state

    async def purged(self, state: Followed) -> Followed:
        """Write every segment anew that holds passages which were removed."""
        if state.unsaved_count:
            state = await self.committed(state)
        while group := [each for each in state.parts if len(each.part.removed)][:1]:
            part = await self._merge(group)
            others = [each for each in state.parts if each not in group]
            state = await self.committed(replace(state, parts=(*others, *part)))
        return state

    async def _merge(self, group: Sequence[NamedPart]) -> list[NamedPart]:
        name = self._directory.new_name()
        target = self._directory.path_of(name)
        sources = [
            (self._directory.path_of(each.name), each.part.removed) for each in group if each.name
        ]
        if not sum(each.part.passage_count for each in group):
            return []
        try:
            if sum(each.part.segment.passage_count for each in group) <= _FEW_PASSAGES:
                await to_its_end(merge_files, sources, target)
            else:
                await _in_process(sources, target)
            return [NamedPart(name, Part(_opened(target)))]
        except BaseException:
            # no manifest will name it, and the next commit may be days away
            with suppress(OSError):
                target.unlink()
            raise

    def _commit(self, state: Followed) -> Followed:
        parts = tuple(map(self._saved, state.parts))
        manifest = Manifest(
            generation=state.generation + 1,
            recipe=RECIPE,
            segments=tuple(
                SegmentEntry(each.name, each.part.segment.passage_count, each.part.removed)
                for each in parts
                if each.name
            ),
            change_id=state.point.change_id,
            change_token=state.point.token,
            last_passage_id=state.point.passage_id,
        )
        self._directory.commit(manifest)
        self._directory.collect_garbage(manifest)
        signature = self._directory.signature()
        return Followed(parts, state.point, signature, manifest.generation, is_saved=True)

    def _saved(self, each: NamedPart) -> NamedPart:
        # what is mapped is still there when somebody has deleted its file
        if each.name is not None and self._directory.path_of(each.name).exists():
            return each
        name = self._directory.new_name()
        write_segment(each.part.segment, self._directory.path_of(name))
        # mapped, so that the memory is shared with other processes
        return NamedPart(name, Part(_opened(self._directory.path_of(name)), each.part.removed))


def write_segment(segment: Segment, path: Path) -> None:
    """Write a segment to a new file."""
    arrays = {name: [values] for name, values in segment.arrays.named().items()}
    write_segment_file(path, segment.meta, arrays)


def merge_files(sources: Sequence[tuple[Path, Array]], target: Path) -> None:
    """Write the segments of some files, without their removed passages, to a new file."""
    segments = [(_opened(path, is_checked=True), removed) for path, removed in sources]
    write_segment(merge(segments), target)


def _opened(path: Path, *, is_checked: bool = False) -> Segment:
    file = open_segment_file(path)
    if is_checked:
        # damage must not pass into a new file, with a checksum of its own
        file.verify()
    return Segment.of(file.arrays, file.meta)


def _alike(parts: Sequence[NamedPart]) -> list[NamedPart]:
    """Return segments that are to be merged, the smallest first; none where all is well."""
    sizes = [(each.part.passage_count, each) for each in parts]
    small = [each for size, each in sizes if size <= _LARGEST_SMALL]
    large = [each for size, each in sizes if _LARGEST_SMALL < size <= MAX_PASSAGE_COUNT // 2]
    group = alike(small, _SMALLEST_TIER, _SMALL_MERGED) or alike(
        large, _SMALLEST_TIER, _LARGE_MERGED
    )
    if group:
        return _within_bounds(group)
    for each in parts:
        if len(each.part.removed) > _MOST_REMOVED * each.part.segment.passage_count:
            return [each]
    return []


def _within_bounds(tier: Sequence[NamedPart]) -> list[NamedPart]:
    sizes = np.cumsum([each.part.passage_count for each in tier])
    return list(tier[: max(2, int(np.searchsorted(sizes, MAX_PASSAGE_COUNT, side="right")))])


def _merge_in_process(
    sources: Sequence[tuple[Path, Array]], target: Path, failed: Connection
) -> None:
    end_with_parent()
    try:
        merge_files(sources, target)
    except (PullquoteError, OSError) as error:
        failed.send(str(error))


async def _in_process(sources: Sequence[tuple[Path, Array]], target: Path) -> None:
    """Merge in a process of its own, which ends with its work, or when this is cancelled."""
    context = multiprocessing.get_context("spawn")
    failed, told = context.Pipe(duplex=False)
    with failed, told:
        process = context.Process(
            target=partial(_merge_in_process, sources, target, told), daemon=True
        )
        try:
            await to_its_end(process.start)
            while process.is_alive():
                await asyncio.to_thread(process.join, 0.2)
        finally:
            if process.is_alive():
                process.terminate()
                process.join()
        if failed.poll():
            raise PullquoteError(failed.recv())
    if process.exitcode:
        raise PullquoteError(
            "The process that merges segments ended before its work was done, perhaps for want of "
            "memory; free some, the next index run tries again."
        )
