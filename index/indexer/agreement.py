"""Whether the segments on disk hold what is stored, neither more nor less. Changes nothing.

Passages that were stored since the last commit are in no segment yet; that is no disagreement.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from index.engines.term_lists import RECIPE
from index.errors import StorageError
from index.indexer.following import Followed, Follower
from index.indexer.working import WorkerPool
from index.ranking.part import Part
from index.ranking.segment import Segment
from index.storage.passage_store import Point
from index.storage.segments.directory import SegmentDirectory
from index.storage.segments.segment_file import open_segment_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.ranking.arrays import Array
    from index.storage.passage_store import PassageStore
    from index.storage.segments.manifest import Manifest, SegmentEntry

# others may write between two looks
_MOST_TRIES = 10
_NOWHERE = "no folder of this name"


@dataclass(frozen=True, slots=True)
class SegmentsCheck:
    """What is wrong with the segments, in clauses, and how many passages they hold that count."""

    problems: tuple[str, ...] = ()
    passage_count: int = 0


async def checked_segments(
    store: PassageStore, directory: SegmentDirectory, *, with_terms: bool = False
) -> SegmentsCheck:
    """Read all segments, and hold them to the store.

    `with_terms` analyses all articles again and compares the terms too, which takes about as long
    as building the index. Raises StorageError where the store cannot be read.
    """
    check = SegmentsCheck()
    for _ in range(_MOST_TRIES):
        signature = directory.signature()
        check = await _checked(store, directory, with_terms=with_terms)
        # what was written meanwhile may look like damage
        if not check.problems or signature == directory.signature():
            break
    return check


async def _checked(
    store: PassageStore, directory: SegmentDirectory, *, with_terms: bool
) -> SegmentsCheck:
    try:
        manifest = directory.read()
    except StorageError as error:
        return SegmentsCheck((_clause(error),))
    if manifest is None:
        return SegmentsCheck()
    if manifest.recipe != RECIPE:
        return SegmentsCheck(("the search index was made by another version of Pullquote",))
    parts, problems = await asyncio.to_thread(_opened, directory, manifest)
    if problems:
        return SegmentsCheck(tuple(problems))
    point = Point(manifest.change_id, manifest.change_token, manifest.last_passage_id)
    for _ in range(_MOST_TRIES):
        stored = await store.ids()
        changes = await store.changes_since(point)
        if changes is None:
            return SegmentsCheck(("the search index is of another database",))
        gone = np.array(changes.removed_ids, np.int64)
        live = [await asyncio.to_thread(part.without, gone) for part in parts]
        check = _compared(live, stored[stored <= point.passage_id])
        if not check.problems:
            break
    return (
        await _with_terms(store, directory, check) if with_terms and not check.problems else check
    )


def _opened(directory: SegmentDirectory, manifest: Manifest) -> tuple[list[Part], list[str]]:
    parts, problems = [], []
    for entry in manifest.segments:
        try:
            parts.append(_part(directory, entry))
        except FileNotFoundError:
            problems.append(f"the segment {entry.name} is not there")
        except StorageError as error:
            problems.append(_clause(error))
        except (KeyError, TypeError) as error:
            problems.append(f"the segment {entry.name} lacks {error}")
    return parts, problems


def _part(directory: SegmentDirectory, entry: SegmentEntry) -> Part:
    file = open_segment_file(directory.path_of(entry.name))
    file.verify()
    segment = Segment.of(file.arrays, file.meta)
    if segment.passage_count != entry.passage_count:
        raise StorageError(
            f"the segment {entry.name} holds {segment.passage_count:,} passages instead of "
            f"{entry.passage_count:,}"
        )
    return Part(segment, entry.dead)


def _compared(parts: Sequence[Part], stored: Array) -> SegmentsCheck:
    held = np.concatenate([np.zeros(0, np.int64), *(part.live_ids for part in parts)])
    distinct = np.unique(held)
    told = (
        (len(held) - len(distinct), "are in it twice"),
        (len(np.setdiff1d(stored, distinct)), "that are stored are missing"),
        (len(np.setdiff1d(distinct, stored)), "that are in it are stored no more"),
    )
    problems = [f"of the search index, {count:,} passages {what}" for count, what in told if count]
    return SegmentsCheck(tuple(problems), len(held))


async def _with_terms(
    store: PassageStore, directory: SegmentDirectory, check: SegmentsCheck
) -> SegmentsCheck:
    """Compare the terms of what is followed with those of the articles, analysed again.

    Where others write so fast that the two are never of one moment, nothing is said of the terms.
    """
    nowhere = SegmentDirectory(directory.path / _NOWHERE)
    workers = WorkerPool()
    try:
        kept = fresh = Followed()
        for _ in range(_MOST_TRIES):
            if await store.changes_since(fresh.point) is None:  # it was too long ago
                fresh = Followed()
            # all the first time, and then what was written meanwhile, which is little
            fresh = await Follower(store, nowhere).caught_up(fresh, workers)
            kept = await Follower(store, directory).caught_up(kept, workers)
            if kept.point == fresh.point:
                break
    finally:
        await workers.close()
    if kept.point != fresh.point:
        return check
    found = await asyncio.to_thread(_frequencies, [each.part for each in kept.parts])
    expected = await asyncio.to_thread(_frequencies, [each.part for each in fresh.parts])
    wrong = sum(found[term] != expected[term] for term in found.keys() | expected.keys())
    if not wrong:
        return check
    return replace(
        check, problems=(f"{wrong:,} terms of the search index are not those of the articles",)
    )


def _frequencies(parts: Iterable[Part]) -> Counter[bytes]:
    """Count the passages of each term, of all parts together."""
    counts: Counter[bytes] = Counter()
    for part in parts:
        counts.update(dict(zip(part.segment.terms(), part.live_frequencies.tolist(), strict=True)))
    return counts


def _clause(error: StorageError) -> str:
    """Return what an error says, without the advice behind the semicolon."""
    return str(error).partition(";")[0].rstrip(".")
