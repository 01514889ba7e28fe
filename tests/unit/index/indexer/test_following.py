from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.indexer.committing import Committer
from index.indexer.following import Followed, Follower
from index.indexer.named_parts import tidied, tier
from index.indexer.working import WorkerPool
from index.storage.article_store import ArticleStore
from index.storage.passage_store import Changes, PassageStore, Point
from index.storage.segments.directory import SegmentDirectory
from tests.unit.index.indexer.named_parts import ids_of, unsaved
from tests.unit.index.storage.stored_files import forget, put


@pytest.fixture
async def store(tmp_path):
    store = await ArticleStore.open(tmp_path)
    yield store
    await store.close()


@pytest.fixture
def directory(tmp_path) -> SegmentDirectory:
    directory = SegmentDirectory(tmp_path / "segments")
    directory.create()
    return directory


@pytest.fixture
def follower(store, directory) -> Follower:
    return Follower(store.followed, directory)


@pytest.fixture
async def workers() -> AsyncIterator[WorkerPool]:
    workers = WorkerPool()
    yield workers
    await workers.close()


async def stored_ids(store: ArticleStore) -> list[int]:
    return [int(each) for each in await store.followed.ids()]


async def test_the_same_state_comes_back_where_nothing_has_changed(
    store, directory, follower, workers
):
    await put(store, "one", a=3)
    state = await follower.caught_up(Followed(), workers)
    assert await follower.caught_up(state, workers) is state
    await store.remember_roots(["elsewhere"])
    assert await follower.caught_up(state, workers) is state
    saved = await Committer(directory).committed(state)
    await store.forget_changes(saved.point.change_id)
    assert await follower.caught_up(saved, workers) is saved
    # whoever did not write it goes over to what is on disk, once
    other = await follower.caught_up(state, workers)
    assert other.unsaved_count == 0
    assert await follower.caught_up(other, workers) is other


async def test_an_empty_store_is_followed(store, follower, workers):
    state = await follower.caught_up(Followed(), workers)
    assert state.parts == ()
    assert await follower.caught_up(state, workers) is state
    await put(store, "one", a=1)
    assert ids_of((await follower.caught_up(state, workers)).parts) == [1]


async def test_what_is_stored_changed_and_removed_is_followed(store, follower, workers):
    state = Followed()
    for number, sizes in enumerate([{"a": 2, "b": 3}, {"a": 4}, {}, {"b": 1}, {"b": 1, "c": 9}]):
        await put(store, f"{number % 2}", **sizes)
        state = await follower.caught_up(state, workers)
        assert ids_of(state.parts) == await stored_ids(store)
        assert state.point.passage_id == max(await stored_ids(store), default=0)


async def test_what_came_and_went_between_two_looks_is_never_held(store, follower, workers):
    await put(store, "one", a=2)
    state = await follower.caught_up(Followed(), workers)
    await put(store, "two", b=5)
    await put(store, "two", b=4)
    await forget(store, "two")
    state = await follower.caught_up(state, workers)
    assert ids_of(state.parts) == [1, 2]
    await put(store, "two", b=3)
    state = await follower.caught_up(state, workers)
    assert ids_of(state.parts) == await stored_ids(store) == [1, 2, 12, 13, 14]


async def test_removed_passages_that_were_never_held_are_ignored(store, follower, workers):
    """What was removed while an earlier look was still reading is told with the next changes."""
    await put(store, "one", a=2, b=2)
    now = await follower.caught_up(Followed(), workers)
    gone = np.array([3, 4])
    behind = replace(now, parts=tuple(replace(p, part=p.part.without(gone)) for p in now.parts))
    await put(store, "one", a=2)
    assert ids_of((await follower.caught_up(behind, workers)).parts) == [1, 2]


async def test_progress_is_told_up_to_the_whole(store, follower, workers):
    await put(store, "one", a=7, b=3)
    told = []
    await follower.caught_up(Followed(), workers, lambda done, total: told.append((done, total)))
    assert told == [(10, 10)]


async def test_where_a_segment_is_damaged_only_its_passages_are_built(
    store, directory, follower, workers, caplog
):
    state = Followed()
    for name, size in (("a", 4), ("b", 5), ("c", 6)):
        await put(store, name, **{name: size})
        state = await follower.caught_up(state, workers)
        state = await Committer(directory).committed(state)
    # another file in its place, since what is mapped must not change
    directory.path_of(state.parts[1].name).unlink()
    directory.path_of(state.parts[1].name).write_bytes(b"")
    told = []
    fresh = await follower.caught_up(Followed(), workers, lambda *each: told.append(each))
    assert ids_of(fresh.parts) == await stored_ids(store)
    assert told == [(5, 5)]
    assert fresh.unsaved_count == 5
    assert not fresh.is_saved
    assert len(caplog.messages) == 1


class QuickStore:
    """A store in which others commit, and forget, whenever it is asked for changes."""

    def __init__(self, store: ArticleStore, directory: SegmentDirectory, commit_count: int):
        self._store = store
        self._directory = directory
        self._left_count = commit_count
        self._point: Point | None = None

    async def changes_since(self, point: Point) -> Changes | None:
        if self._left_count:
            self._left_count -= 1
            await self._commit()
        return await self._store.followed.changes_since(point)

    def articles_between(self, after: int, last: int):
        return self._store.followed.articles_between(after, last)

    async def _commit(self) -> None:
        await put(self._store, "quick", q=self._left_count + 1)
        workers = WorkerPool()
        state = await Follower(self._store.followed, self._directory).caught_up(Followed(), workers)
        state = await Committer(self._directory).committed(state)
        await self._store.forget_changes(state.point.change_id)


@pytest.mark.parametrize("commit_count", [1, 2, 5])
async def test_a_quick_writer_is_not_taken_for_another_database(
    store, directory, follower, workers, caplog, commit_count
):
    await put(store, "one", a=3)
    state = await follower.caught_up(Followed(), workers)
    quick = QuickStore(store, directory, commit_count)
    late = await Follower(quick, directory).caught_up(state, workers)
    assert ids_of(late.parts) == await stored_ids(store)
    assert late.unsaved_count == 0
    assert caplog.messages == []


async def test_another_database_is_told_and_built_anew(store, follower, workers, caplog):
    await put(store, "one", a=3)
    state = await follower.caught_up(Followed(), workers)
    strange = replace(state, parts=(unsaved(40, 5),), point=Point(state.point.change_id, "x", 44))
    anew = await follower.caught_up(strange, workers)
    assert ids_of(anew.parts) == [1, 2, 3]
    assert caplog.messages == ["the search index is of another database; it is built anew"]


async def test_a_snapshot_of_the_store_is_enough(store, follower, workers):
    """Articles are read after the changes; what was stored in between comes with the next look."""

    class LateStore(PassageStore):
        async def changes_since(self, point: Point) -> Changes | None:
            changes = await super().changes_since(point)
            await put(store, "late", late=2, **{"a" + str(changes.point.change_id): 1})
            return changes

    await put(store, "one", a=3)
    late = LateStore(store._database)  # noqa: SLF001 (it has no other)
    state = await Follower(late, SegmentDirectory(store._database.path.parent)).caught_up(  # noqa: SLF001
        Followed(), workers
    )
    assert ids_of(state.parts) == [1, 2, 3]
    assert ids_of((await follower.caught_up(state, workers)).parts) == await stored_ids(store)


@given(st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1)), max_size=25))
def test_small_segments_in_memory_stay_few(sizes):
    parts, first = [], 1
    for size, share in sizes:
        parts.append(unsaved(first, size, removed=range(int(size * share))))
        first += size
    kept = tidied(parts)
    assert ids_of(kept) == ids_of(parts)
    counts = Counter(tier(each.part.passage_count, 16) for each in kept)
    assert all(count < 4 for count in counts.values())
