"""Data directories as earlier versions left them: the first migrations, and rows of their time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from index.storage.migration_files import read_migrations

if TYPE_CHECKING:
    from pathlib import Path

NEWS, MEMORY = "pullquote.sqlite3", "bot.sqlite3"
ARTICLE = "The ferry to Pell stays in port until the storm is over. " * 20


def older_news(data_dir: Path, text: str = ARTICLE) -> Path:
    """The news with three migrations, before feeds: an article of two passages."""
    path = _made(data_dir / NEWS, "index.storage.migrations", 3)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO files VALUES (7, '/news/a.txt', 'hash', '2')")
        connection.execute(
            "INSERT INTO articles VALUES (3, 7, 'a', 'A title', ?, 'http://a.test', 'A',"
            " '2024-01-05', NULL, NULL)",
            (text,),
        )
        connection.execute("INSERT INTO passages VALUES (11, 3, 0, 120), (12, 3, 120, 300)")
    return path


def older_memory(data_dir: Path) -> Path:
    """What the bot remembered with two migrations, before questions and alerts: a search."""
    path = _made(data_dir / MEMORY, "bot.storage.migrations", 2)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO searches VALUES"
            " ('old', 'ferry', NULL, NULL, '[]', '2026-03-01T00:00:00.000000+00:00', '{}')"
        )
    return path


def content(path: Path) -> list[str]:
    """All that is in a database, as SQL, and how many migrations it has seen."""
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [*connection.iterdump(), f"PRAGMA user_version = {version}"]


def _made(path: Path, migrations: str, count: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        for script in read_migrations(migrations)[:count]:
            connection.executescript(script)
        connection.execute(f"PRAGMA user_version = {count}")
    return path
