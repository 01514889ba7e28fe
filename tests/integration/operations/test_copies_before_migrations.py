"""What an upgrade changes is kept as it was, or nothing is changed."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.storage.memory import Memory
from index import NewsIndex, StorageError
from index.storage.copies_before_migrations import copies_of
from index.storage.database import Database
from index.storage.migration_files import read_migrations
from tests.integration.operations.older_stores import (
    ARTICLE,
    MEMORY,
    NEWS,
    content,
    older_memory,
    older_news,
)
from tests.integration.typed import environment_of, pullquote

if TYPE_CHECKING:
    from pathlib import Path

MIGRATIONS = "index.storage.migrations"
NEWEST = len(read_migrations(MIGRATIONS))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "older"


async def opened(data_dir: Path) -> None:
    """What a start of the bot does with its data."""
    async with await NewsIndex.open(data_dir), await Memory.open(data_dir):
        pass


def names_in(data_dir: Path) -> set[str]:
    return {path.name for path in data_dir.iterdir() if path.is_file()}


async def test_both_databases_are_kept_as_they_were(data_dir: Path):
    before = {path: content(path) for path in (older_news(data_dir), older_memory(data_dir))}
    await opened(data_dir)
    for path, was in before.items():
        (copy,) = copies_of(path)
        assert content(copy) == was
        assert content(path) != was
        assert copy.stat().st_mode & 0o777 == 0o600
    names = sorted(each.name for path in before for each in copies_of(path))
    assert names[0].startswith("bot.sqlite3.schema-2.20")
    assert names[1].startswith("pullquote.sqlite3.schema-3.20")


async def test_new_and_current_databases_are_not_copied(data_dir: Path):
    for _ in range(2):
        await opened(data_dir)
        assert names_in(data_dir) == {NEWS, MEMORY}


async def test_what_is_only_in_the_log_of_an_open_database_is_kept(data_dir: Path):
    path = older_news(data_dir)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE articles SET title = 'As it was last'")
        assert path.with_name(f"{NEWS}-wal").stat().st_size > 0
        await opened(data_dir)
    (copy,) = copies_of(path)
    assert "As it was last" in "".join(content(copy))


async def test_two_starts_at_once_keep_one_copy(data_dir: Path):
    path = older_news(data_dir)
    was = content(path)
    for database in await asyncio.gather(*(Database.open(path, MIGRATIONS) for _ in range(3))):
        await database.close()
    (copy,) = copies_of(path)
    assert content(copy) == was


async def test_a_copy_in_the_place_of_the_database_is_the_way_back(data_dir: Path):
    path = older_news(data_dir)
    was = content(path)
    await opened(data_dir)
    (copy,) = copies_of(path)
    copy.replace(path)
    assert content(path) == was
    await opened(data_dir)
    async with await NewsIndex.open(data_dir) as news:
        (one, _) = await news.passages()
    assert one.article.text == ARTICLE


async def test_what_a_killed_start_left_unfinished_is_no_hindrance(data_dir: Path):
    path = older_news(data_dir)
    for name in ("unfinished", "unfinished-journal"):
        path.with_name(f"{NEWS}.{name}").write_bytes(b"half of a copy")
    await opened(data_dir)
    assert len(copies_of(path)) == 1
    assert not [name for name in names_in(data_dir) if "unfinished" in name]


async def test_a_migration_that_fails_again_and_again_keeps_one_copy(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = older_news(data_dir)
    was = content(path)
    migrations = broken_migrations(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    for _ in range(3):
        with pytest.raises(StorageError, match="no such table"):
            await Database.open(path, migrations)
    (copy,) = copies_of(path)
    assert content(copy) == content(path) == was


def broken_migrations(folder: Path) -> str:
    """The name of a package, in a folder, whose fourth migration cannot be applied."""
    package = folder / "broken_migrations"
    package.mkdir()
    (package / "__init__.py").touch()
    scripts = [*read_migrations(MIGRATIONS)[:3], "DELETE FROM articles;\nDELETE FROM nowhere;\n"]
    for number, script in enumerate(scripts, start=1):
        (package / f"000{number}_any.sql").write_text(script, encoding="utf-8")
    return package.name


def test_where_the_copy_cannot_be_written_nothing_is_upgraded(data_dir: Path):
    path = older_news(data_dir, ARTICLE * 400)
    was, names = content(path), names_in(data_dir)
    largest = path.stat().st_size // 2
    environment = environment_of(data_dir)
    environment.pop("COVERAGE_PROCESS_START", None)  # whose notes would not fit, either
    done = subprocess.run(
        [sys.executable, "-m", "bot", "stats"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
        # as a quota or a disk that is full would
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (largest, largest)),
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"pullquote: {path} was not upgraded, since it could not be copied"
    )
    assert done.stderr.count("\n") == 1
    assert content(path) == was
    assert names_in(data_dir) == names
    # and once there is room
    assert pullquote("stats", data_dir=data_dir).returncode == 0
    assert content(path)[-1] == f"PRAGMA user_version = {NEWEST}"


def test_an_upgrade_is_told_with_the_copies_before_it(data_dir: Path):
    older_news(data_dir)
    told = pullquote("upgrade-check", data_dir=data_dir).stdout
    assert "Each database that changes is copied beside itself first.\n" in told
    assert names_in(data_dir) == {NEWS}
