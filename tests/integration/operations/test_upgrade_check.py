"""What a start would change is said before, and nothing is changed by saying it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from index.storage.migration_files import migration_names
from tests.integration.operations.stored_news import execute
from tests.integration.typed import pullquote

if TYPE_CHECKING:
    from pathlib import Path


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_up_to_date_data_stay_as_they_are(data_dir: Path):
    done = pullquote("upgrade-check", data_dir=data_dir)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Nothing changes in {data_dir}.\n"


def test_an_older_store_is_migrated_at_the_next_start_and_not_before(data_dir: Path):
    path = data_dir / "bot.sqlite3"
    execute(path, "DROP TABLE questions", "PRAGMA user_version = 2")
    done = pullquote("upgrade-check", "--json", data_dir=data_dir)
    assert done.returncode == 0
    names = migration_names("bot.storage.migrations")[2:]
    assert json.loads(done.stdout) == {
        "steps": [{"place": "bot.sqlite3", "change": f"migration {name}"} for name in names]
    }
    assert version_of(path) == 2
    told = pullquote("upgrade-check", data_dir=data_dir).stdout
    assert told.endswith("Take a backup first: pullquote backup FILE\n")


def test_a_search_index_that_is_built_anew_is_told(data_dir: Path):
    (data_dir / "segments" / "manifest.json").write_text("{}", encoding="utf-8")
    assert "built anew" in pullquote("upgrade-check", data_dir=data_dir).stdout


def test_a_newer_store_is_refused(data_dir: Path):
    execute(data_dir / "pullquote.sqlite3", "PRAGMA user_version = 99")
    done = pullquote("upgrade-check", data_dir=data_dir)
    assert done.returncode == 1
    assert "newer version of Pullquote" in done.stderr


def test_where_nothing_is_nothing_changes_and_nothing_is_made(tmp_path: Path):
    done = pullquote("upgrade-check", data_dir=tmp_path / "new")
    assert done.returncode == 0
    assert not (tmp_path / "new").exists()
