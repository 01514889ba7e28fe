import pytest

from index.storage.passage_store import START, PassageStore, Point
from tests.unit.index.storage.stored_files import forget, put


async def everything(followed: PassageStore, after: int = 0, last: int = 10**6):
    return [each async for batch in followed.articles_between(after, last) for each in batch]


async def test_an_empty_store_has_a_point_and_no_passages(store):
    changes = await store.followed.changes_since(START)
    assert changes is not None
    assert changes.point.change_id == 1
    assert changes.point.passage_id == 0
    assert changes.removed_ids == []
    assert (await store.followed.ids()).tolist() == []
    assert await everything(store.followed) == []


async def test_a_point_moves_with_what_is_stored_and_stays_with_what_is_not(store):
    points = []
    for sizes in ({"a": 2}, {"a": 2}, {"a": 3}, {}):
        await put(store, "one", **sizes)
        await store.remember_roots(["elsewhere"])
        changes = await store.followed.changes_since(START)
        points.append(changes.point)
    assert points[0] == points[1]
    assert len(set(points)) == 3
    assert [point.passage_id for point in points] == [2, 2, 5, 0]


async def test_passages_are_told_to_be_gone_however_they_went(store):
    await put(store, "changed", a=2, b=1)
    await put(store, "forgotten", c=2, d=1)
    before = (await store.followed.changes_since(START)).point
    # an article with another text, one that its file no longer gives, and a whole file
    await put(store, "changed", a=3)
    await forget(store, "forgotten")
    changes = await store.followed.changes_since(before)
    assert sorted(changes.removed_ids) == [1, 2, 3, 4, 5, 6]
    assert (await store.followed.ids()).tolist() == [7, 8, 9]


async def test_passages_that_came_and_went_after_a_point_are_no_news(store):
    await put(store, "one", a=2)
    before = (await store.followed.changes_since(START)).point
    await put(store, "two", b=3)
    await forget(store, "two")
    changes = await store.followed.changes_since(before)
    assert changes.removed_ids == []
    assert changes.point.change_id > before.change_id
    assert changes.point.passage_id == before.passage_id


async def test_what_is_undone_is_no_news(store):
    await put(store, "one", a=2)
    before = (await store.followed.changes_since(START)).point
    with pytest.raises(ValueError, match="stop"):
        async with store.update_file("one", "", "1", frozenset()):
            raise ValueError("stop")
    assert (await store.followed.changes_since(before)).point == before


async def test_a_point_is_known_until_the_changes_up_to_it_are_forgotten(store):
    points = [START]
    for size in range(1, 4):
        await put(store, "one", a=size)
        points.append((await store.followed.changes_since(START)).point)
    await store.forget_changes(points[2].change_id)
    known = [await store.followed.changes_since(point) is not None for point in points]
    assert known == [True, False, True, True]
    await store.forget_changes(10**6)
    assert (await store.followed.changes_since(START)).removed_ids == []


async def test_the_point_of_another_database_is_not_known(store):
    await put(store, "one", a=2)
    now = (await store.followed.changes_since(START)).point
    assert await store.followed.changes_since(Point(now.change_id, "other", 2)) is None
    assert await store.followed.changes_since(Point(now.change_id + 9, now.token, 2)) is None


@pytest.mark.parametrize("passages_at_once", [1, 2, 3, 4, 5, 6, 11, 12, 4096])
async def test_articles_are_complete_wherever_the_limit_cuts_them(store, passages_at_once):
    await put(store, "one", a=5, none=0, b=1, c=3)
    await put(store, "two", d=2)
    await put(store, "one", a=5, none=0, b=2, c=3)
    followed = PassageStore(store._database, passages_at_once)  # noqa: SLF001 (it has no other)
    found = {}
    for each in await everything(followed):
        for number, span in enumerate(each.spans):
            found[each.first_passage_id + number] = each.article.id, span[0]
    ids = {passage.id: (passage.article.id, passage.start) for passage in await store.passages()}
    assert found == ids
    assert [number for _, number in ids.values()] == [*range(5), *range(3), 0, 1, 0, 1]


async def test_only_what_lies_between_is_read(store):
    await put(store, "one", a=5, b=5)
    found = [
        (each.article.id, each.first_passage_id, len(each.spans))
        for each in await everything(store.followed, 3, 7)
    ]
    assert found == [("a", 4, 2), ("b", 6, 2)]
    assert await everything(store.followed, 10, 10) == []
    assert await everything(store.followed, 10, 9) == []
