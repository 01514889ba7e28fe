"""Articles move to a table that need not name a file; nothing of them may be lost on the way."""

import sqlite3
from contextlib import closing

import pytest

from index.storage.database import Database
from index.storage.migration_files import read_migrations

MIGRATIONS = "index.storage.migrations"
ARTICLES = "SELECT article_id, file_id, id, title, text, url, publisher, published FROM articles"


@pytest.fixture
def old_path(tmp_path):
    """A database as it was before, with an article whose last passages are gone."""
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        for script in read_migrations(MIGRATIONS)[:3]:
            connection.executescript(script)
        connection.executescript(
            """
            PRAGMA user_version = 3;
            INSERT INTO files VALUES (7, '/news/a.txt', 'hash', '2');
            INSERT INTO articles VALUES
                (3, 7, 'a', 'A title', 'Its text.', 'http://a.test', 'A', '2024-01-05', NULL, NULL),
                (9, 7, 'b', 'B title', 'More text.', NULL, NULL, NULL, NULL, NULL);
            INSERT INTO passages VALUES (11, 3, 0, 9), (12, 9, 0, 10), (40, 9, 5, 10);
            DELETE FROM passages WHERE passage_id = 40;
            """
        )
        connection.commit()
    return path


async def test_articles_and_passages_are_all_there_under_their_numbers(old_path):
    with closing(sqlite3.connect(old_path)) as connection:
        articles = connection.execute(ARTICLES).fetchall()
        passages = connection.execute("SELECT * FROM passages").fetchall()
        changes = connection.execute("SELECT * FROM changes").fetchall()
    async with await Database.open(old_path, MIGRATIONS):
        pass
    with closing(sqlite3.connect(old_path)) as connection:
        assert connection.execute(ARTICLES).fetchall() == articles
        assert connection.execute("SELECT * FROM passages").fetchall() == passages
        assert connection.execute("SELECT * FROM changes").fetchall() == changes
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_the_number_of_a_passage_that_is_gone_is_never_given_again(old_path):
    async with (
        await Database.open(old_path, MIGRATIONS) as database,
        database.transaction() as connection,
    ):
        await connection.execute(
            "INSERT INTO passages (article_id, start_offset, end_offset) VALUES (3, 0, 4)"
        )
        rows = await connection.execute_fetchall("SELECT max(passage_id) FROM passages")
        assert [tuple(row) for row in rows] == [(41,)]


async def test_what_goes_is_still_told_of(old_path):
    async with (
        await Database.open(old_path, MIGRATIONS) as database,
        database.transaction() as connection,
    ):
        await connection.execute("DELETE FROM files WHERE file_id = 7")
        for table in ("articles", "passages"):
            assert await connection.execute_fetchall(f"SELECT * FROM {table}") == []
        rows = await connection.execute_fetchall("SELECT removed_passage_id FROM changes")
        assert {row[0] for row in rows} >= {11, 12, 40}


async def test_an_article_need_not_have_a_file_and_its_copies_stay_when_it_goes(old_path):
    async with (
        await Database.open(old_path, MIGRATIONS) as database,
        database.transaction() as connection,
    ):
        await connection.execute("INSERT INTO articles (id, title, text) VALUES ('c', 'C', 'c')")
        await connection.execute(
            "INSERT INTO articles (id, title, text, copy_of) SELECT 'd', 'D', 'd', article_id"
            " FROM articles WHERE id = 'c'"
        )
        await connection.execute("DELETE FROM articles WHERE id = 'c'")
        rows = await connection.execute_fetchall("SELECT copy_of FROM articles WHERE id = 'd'")
        assert [tuple(row) for row in rows] == [(None,)]
