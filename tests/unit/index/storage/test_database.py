import asyncio
import sqlite3
from pathlib import Path

import aiosqlite
import pytest

from index.errors import NewerSchemaError, StorageError
from index.storage.database import Database
from index.storage.migrating import migrate
from index.storage.migration_files import read_migrations

MIGRATIONS = "index.storage.migrations"


async def opened(path: Path) -> Database:
    return await Database.open(path, MIGRATIONS)


async def pragma(database: Database, name: str) -> object:
    async with (
        database.snapshot() as connection,
        connection.execute(f"PRAGMA {name}") as cursor,
    ):
        row = await cursor.fetchone()
    return row[0] if row else None


async def count_roots(database: Database) -> int:
    async with (
        database.snapshot() as connection,
        connection.execute("SELECT count(*) FROM roots") as cursor,
    ):
        row = await cursor.fetchone()
    return row[0] if row else -1


async def insert_and_fail(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO roots VALUES ('x')")
        raise ValueError("stop")


async def test_a_new_file_is_in_wal_mode_with_foreign_keys_and_the_newest_schema(tmp_path):
    async with await opened(tmp_path / "deep" / "er" / "a.sqlite3") as database:
        assert await pragma(database, "journal_mode") == "wal"
        assert await pragma(database, "foreign_keys") == 1
        assert await pragma(database, "user_version") == len(read_migrations(MIGRATIONS))


async def test_every_table_is_strict(tmp_path):
    async with await opened(tmp_path / "a.sqlite3"):
        pass
    with sqlite3.connect(tmp_path / "a.sqlite3") as connection:
        tables = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    connection.close()
    assert len(tables) >= 5
    assert all(strict for _, strict in tables), tables


async def test_opening_again_changes_nothing(tmp_path):
    for _ in range(2):
        async with await opened(tmp_path / "a.sqlite3") as database:
            async with database.transaction() as connection:
                await connection.execute("INSERT OR IGNORE INTO roots VALUES ('x')")
            assert await count_roots(database) == 1


async def test_a_newer_version_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.sqlite3"
    async with await opened(path):
        pass
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError, match=r"newer version of Pullquote .*upgrade"):
        await opened(path)
    assert path.read_bytes() == before


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.sqlite3"
    path.write_bytes(b"This is a letter to my aunt. " * 100)
    with pytest.raises(StorageError, match="damaged"):
        await opened(path)
    assert path.read_bytes().startswith(b"This is a letter")


async def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be used"):
        await opened(tmp_path / "file" / "a.sqlite3")


async def test_an_error_inside_a_transaction_undoes_all_of_it(tmp_path):
    async with await opened(tmp_path / "a.sqlite3") as database:
        with pytest.raises(ValueError, match="stop"):
            await insert_and_fail(database)
        assert await count_roots(database) == 0
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO roots VALUES ('y')")
        assert await count_roots(database) == 1


async def test_a_reader_sees_the_last_commit_while_a_transaction_is_open(tmp_path):
    async with await opened(tmp_path / "a.sqlite3") as database:
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO roots VALUES ('x')")
            assert await count_roots(database) == 0
        assert await count_roots(database) == 1


async def test_a_broken_migration_leaves_the_version_and_tables_before_it(tmp_path):
    path = tmp_path / "a.sqlite3"
    good = "CREATE TABLE first (x INTEGER) STRICT;\n"
    bad = "CREATE TABLE second (x INTEGER) STRICT;\nCREATE TABLE first (x INTEGER) STRICT;\n"
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        with pytest.raises(StorageError, match="already exists"):
            await migrate(connection, path, [good, bad])
        rows = await connection.execute_fetchall("SELECT name FROM sqlite_schema")
        version = await connection.execute_fetchall("PRAGMA user_version")
    assert [row[0] for row in rows] == ["first"]
    assert [row[0] for row in version] == [1]


async def test_a_folder_in_the_databases_place_is_told_without_a_trace(tmp_path, capfd):
    (tmp_path / "a.sqlite3").mkdir()
    with pytest.raises(StorageError, match="cannot be used"):
        await opened(tmp_path / "a.sqlite3")
    assert "Exception in thread" not in capfd.readouterr().err


async def test_opening_waits_for_no_writer_when_the_schema_is_current(tmp_path):
    path = tmp_path / "a.sqlite3"
    async with await opened(path) as database, database.transaction() as connection:
        await connection.execute("INSERT INTO roots VALUES ('x')")
        async with await opened(path) as other:
            assert await count_roots(other) == 0


@pytest.mark.parametrize("step_count", range(6))
@pytest.mark.parametrize("kind", ["snapshot", "transaction"])
async def test_whenever_work_is_cancelled_the_next_goes_on(tmp_path, kind, step_count):
    async with await opened(tmp_path / "some.sqlite3") as database:
        inside = getattr(database, kind)

        async def count() -> int:
            async with inside() as connection:
                rows = await connection.execute_fetchall("SELECT count(*) FROM roots")
            return rows[0][0]

        for _ in range(20):
            counting = asyncio.create_task(count())
            for _ in range(step_count):
                await asyncio.sleep(0)
            counting.cancel()
            await asyncio.wait([counting])
            assert await count() == 0
