import asyncio
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DamagedSegmentError, PullquoteError, StorageError
from index.indexer.committing import Committer, _alike
from index.indexer.following import Followed
from index.indexer.named_parts import NamedPart
from index.ranking.arrays import MAX_PASSAGE_COUNT
from index.storage.passage_store import Point
from index.storage.segments.directory import SegmentDirectory
from tests.unit.index.indexer.named_parts import ids_of, unsaved


@pytest.fixture
def directory(tmp_path) -> SegmentDirectory:
    directory = SegmentDirectory(tmp_path / "segments")
    directory.create()
    return directory


def state_of(*parts: NamedPart) -> Followed:
    return Followed(parts, Point(5, "token", 1000))


# ── which segments are merged ────────────────────────────────────────────────
@dataclass(frozen=True)
class SizedSegment:
    passage_count: int


class SizedPart:
    """As large as a segment can be, without its arrays."""

    def __init__(self, passage_count: int, removed_count: int = 0):
        self.segment = SizedSegment(passage_count)
        self.removed = range(removed_count)
        self.passage_count = passage_count - removed_count


SIZES = st.one_of(
    st.integers(0, 600),
    st.integers(0, MAX_PASSAGE_COUNT),
    st.sampled_from([512, 513, 2048, MAX_PASSAGE_COUNT // 2, MAX_PASSAGE_COUNT]),
)
PARTS = st.lists(st.tuples(SIZES, st.floats(0, 1)), max_size=60)


@given(PARTS)
def test_merging_what_is_alike_comes_to_an_end_within_bounds(sizes):
    numbers = count()
    parts = [
        NamedPart(f"{next(numbers)}", SizedPart(size, int(size * share))) for size, share in sizes
    ]
    passage_count = sum(each.part.passage_count for each in parts)
    # each merge leaves fewer segments, or one with removed passages less
    for _ in range(2 * len(parts) + 1):
        group = _alike(parts)
        if not group:
            break
        assert all(each in parts for each in group)
        size = sum(each.part.passage_count for each in group)
        assert size <= MAX_PASSAGE_COUNT
        parts = [each for each in parts if each not in group]
        if size:
            parts.append(NamedPart(f"{next(numbers)}", SizedPart(size)))
    assert _alike(parts) == []
    assert sum(each.part.passage_count for each in parts) == passage_count
    # at most three of each tier, and those that are too large to be merged
    large = [each for each in parts if each.part.passage_count > MAX_PASSAGE_COUNT // 2]
    assert len(parts) - len(large) <= 3 * 7


def test_segments_are_merged_when_four_are_alike():
    parts = [NamedPart(f"{n}", SizedPart(size)) for n, size in enumerate([500, 3, 9000, 40])]
    assert _alike(parts) == []
    parts.append(NamedPart("4", SizedPart(512)))
    assert [each.part.passage_count for each in _alike(parts)] == [3, 40, 500, 512]


def test_a_segment_with_many_removed_passages_is_written_anew():
    some, many = NamedPart("0", SizedPart(1000, 200)), NamedPart("1", SizedPart(5000, 1001))
    assert _alike([some, many]) == [many]
    assert _alike([some]) == []


# ── what is on disk then ─────────────────────────────────────────────────────
async def test_a_commit_writes_what_is_only_in_memory(directory):
    before = state_of(unsaved(1, 10, removed=[3]), unsaved(20, 5))
    state = await Committer(directory).committed(before)
    manifest = directory.read()
    assert ids_of(state.parts) == ids_of(before.parts)
    assert state.is_saved
    assert state.unsaved_count == 0
    assert state.signature == directory.signature()
    assert [(each.passage_count, each.dead.tolist()) for each in manifest.segments] == [
        (10, [3]),
        (5, []),
    ]
    assert (manifest.change_id, manifest.change_token, manifest.last_passage_id) == (
        5,
        "token",
        1000,
    )


async def test_a_commit_writes_again_what_somebody_has_deleted(directory):
    committer = Committer(directory)
    state = await committer.committed(state_of(unsaved(1, 10, removed=[0]), unsaved(20, 5)))
    deleted = state.parts[0].name
    directory.path_of(deleted).unlink()
    again = await committer.committed(state)
    assert ids_of(again.parts) == ids_of(state.parts)
    names = [each.name for each in directory.read().segments]
    assert deleted not in names
    assert all(directory.path_of(name).exists() for name in names)


async def test_merging_leaves_out_nothing_that_is_only_in_memory(directory):
    committer = Committer(directory)
    state = await committer.committed(state_of(*(unsaved(10 * n, 4) for n in range(1, 4))))
    mixed = replace(state, parts=(*state.parts, unsaved(50, 4, removed=[1])), is_saved=False)
    assert committer.is_worthwhile(mixed)
    merged = await committer.merged(mixed)
    assert ids_of(merged.parts) == ids_of(mixed.parts)
    (only,) = directory.read().segments
    assert (only.passage_count, len(only.dead)) == (15, 0)
    assert {path.name for path in directory.path.glob("*.segment")} == {only.name}


async def test_segments_of_removed_passages_alone_leave_nothing(directory):
    committer = Committer(directory)
    gone = [unsaved(10 * n, 4, removed=range(4)) for n in range(1, 5)]
    state = await committer.committed(state_of(*gone))
    merged = await committer.merged(state)
    assert merged.parts == ()
    assert directory.read().segments == ()


async def test_damage_is_not_merged_into_a_new_segment(directory):
    committer = Committer(directory)
    state = await committer.committed(state_of(*(unsaved(10 * n, 4) for n in range(1, 5))))
    manifest = directory.read()
    path = directory.path_of(state.parts[2].name)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    # another file in its place, since what is mapped must not change
    (path.parent / "damaged").write_bytes(data)
    (path.parent / "damaged").replace(path)
    with pytest.raises(DamagedSegmentError, match="has changed"):
        await committer.merged(state)
    assert directory.read() == manifest


async def test_a_merge_in_a_process_that_fails_is_told(directory):
    committer = Committer(directory)
    state = await committer.committed(state_of(*(unsaved(2000 * n, 1100) for n in range(1, 5))))
    # another file in its place, since what is mapped must not change
    directory.path_of(state.parts[0].name).unlink()
    directory.path_of(state.parts[0].name).write_bytes(b"")
    with pytest.raises(PullquoteError, match="it is empty"):
        await committer.merged(state)


async def test_a_merge_that_is_ended_leaves_no_file_of_its_own(directory):
    committer = Committer(directory)
    state = await committer.committed(state_of(*(unsaved(10 * n, 4) for n in range(1, 5))))
    merging = asyncio.create_task(committer.merged(state))
    await asyncio.sleep(0)  # the merge has begun, and its file is written to the end
    merging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await merging
    named = {each.name for each in directory.read().segments}
    assert len(named) == 4
    assert {path.name for path in directory.path.glob("*.segment")} == named


async def test_a_commit_where_nothing_can_be_written_leaves_all_as_it_was(tmp_path):
    before = state_of(unsaved(1, 10))
    nowhere = SegmentDirectory(tmp_path / "none")
    with pytest.raises(StorageError, match="check the path"):
        await Committer(nowhere).committed(before)
    assert np.array_equal(before.parts[0].part.live_ids, np.arange(1, 11))
