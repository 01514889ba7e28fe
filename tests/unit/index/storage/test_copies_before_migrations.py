import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest

from index.errors import StorageError
from index.storage.copies_before_migrations import KEPT_COUNT, copies_of, keep_copy

NOON = datetime(2026, 3, 7, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "some.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE words (word TEXT); PRAGMA user_version = 2;")
    return path


def names(path):
    return [copy.name.removeprefix("some.sqlite3.") for copy in copies_of(path)]


def test_a_copy_is_named_after_its_schema_and_when_it_was_taken_by_the_time_of_greenwich(path):
    east = timezone(timedelta(hours=2))
    assert (
        keep_copy(path, 2, NOON.astimezone(east)).name == "some.sqlite3.schema-2.20260307T120000Z"
    )
    assert names(path) == ["schema-2.20260307T120000Z"]


def test_of_each_schema_the_newest_is_kept_and_of_all_the_last_few(path):
    for day, schema in enumerate([1, 2, 2, 10, 11, 11]):
        keep_copy(path, schema, NOON + timedelta(days=day))
    assert names(path) == [
        "schema-11.20260312T120000Z",
        "schema-10.20260310T120000Z",
        "schema-2.20260309T120000Z",
    ]
    assert len(names(path)) == KEPT_COUNT


def test_what_is_not_ours_is_not_removed(path):
    others = [
        path.with_name(f"some.sqlite3.{name}")
        for name in ("schema-2.bak", "schema-x.20260307T120000Z", "schema-2.20260307T120000Z.zip")
    ]
    others.append(path.with_name("another.sqlite3.schema-1.20260307T120000Z"))
    for other in others:
        other.touch()
    for day in range(5):
        keep_copy(path, day, NOON + timedelta(days=day))
    assert all(other.exists() for other in others)


def test_without_room_nothing_is_written_and_how_much_is_missing_is_told(path, tmp_path):
    earlier = keep_copy(path, 1, NOON)
    with pytest.raises(StorageError, match=r"was not upgraded.*needs 1,0.*has 1,000,000; free"):
        keep_copy(path, 2, NOON, free_bytes=lambda _: 1_000_000)
    assert set(tmp_path.iterdir()) == {path, earlier}


def test_two_copies_in_one_second_are_one(path):
    keep_copy(path, 2, NOON)
    keep_copy(path, 2, NOON)
    assert len(names(path)) == 1
