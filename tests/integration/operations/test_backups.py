"""Backups of real databases, taken while a real process writes to them."""

from __future__ import annotations

import asyncio
import json
import sys
import time
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.operations.archive import read_contents
from bot.operations.backup import back_up
from bot.operations.errors import OperationError
from bot.operations.private_folders import private_folder
from bot.operations.restore import restore
from index import StorageError
from tests.integration.agreement import assert_files_are_whole
from tests.integration.editions import process_of, write_for_ever
from tests.integration.operations.stored_news import article_ids, damage, store, whole
from tests.integration.sandbox.running import eventually
from tests.integration.typed import pullquote

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)


async def test_what_is_backed_up_while_a_process_writes_is_whole(folder: Path, tmp_path: Path):
    data_dir = tmp_path / "data"
    seen = set()
    with process_of(write_for_ever, folder, data_dir, "backup") as writer:
        await eventually((data_dir / "segments" / "manifest.json").exists)
        for number in range(5):
            target = tmp_path / f"{number}.zip"
            await asyncio.to_thread(back_up, data_dir, target, NOW)
            await asyncio.sleep(0.1)
        assert writer.is_alive(), "the writer was held up, or ended by itself"
    for number in range(5):
        restored = tmp_path / f"restored {number}"
        restore(tmp_path / f"{number}.zip", restored)
        editions = assert_files_are_whole(await whole(restored))
        seen.add(tuple(sorted(editions.items())))
    assert len(seen) > 1, "nothing was written between two backups"


def test_a_backup_says_what_is_in_it(data_dir: Path, archive: Path):
    del data_dir
    contents = read_contents(archive)
    assert [file.name for file in contents.files] == ["pullquote.sqlite3", "bot.sqlite3"]
    assert contents.made_at == NOW
    with zipfile.ZipFile(archive) as opened:
        sizes = {each.filename: each.file_size for each in opened.infolist()}
    assert sizes.pop("manifest.json")
    assert sizes == {file.name: file.bytes for file in contents.files}
    assert archive.stat().st_mode & 0o777 == 0o600


def test_no_file_is_replaced_without_a_word(data_dir: Path, tmp_path: Path):
    target = tmp_path / "precious"
    target.write_text("precious", encoding="utf-8")
    with pytest.raises(OperationError, match="is there already; name another file"):
        back_up(data_dir, target, NOW)
    assert target.read_text(encoding="utf-8") == "precious"
    back_up(data_dir, target, NOW, overwrite=True)
    assert zipfile.is_zipfile(target)
    with pytest.raises(OperationError, match="is a folder"):
        back_up(data_dir, tmp_path, NOW, overwrite=True)


def test_a_folder_that_is_not_there_is_named_as_it_was_typed(data_dir: Path, tmp_path: Path):
    with pytest.raises(OperationError) as refused:
        back_up(data_dir, tmp_path / "backups" / "backup.zip", NOW)
    assert str(refused.value) == f"There is no folder {tmp_path / 'backups'}; make it first."


def test_where_nothing_is_nothing_is_backed_up(tmp_path: Path):
    with pytest.raises(OperationError, match="There is no news in"):
        back_up(tmp_path / "elsewhere", tmp_path / "backup.zip", NOW)
    assert list(tmp_path.iterdir()) == []


def test_damaged_news_do_not_replace_a_sound_backup(data_dir: Path, archive: Path, tmp_path: Path):
    before = archive.read_bytes()
    damage(data_dir / "pullquote.sqlite3")
    with pytest.raises((OperationError, StorageError), match="damaged"):
        back_up(data_dir, archive, NOW, overwrite=True)
    assert archive.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"data", "news", "backup.zip"}


async def test_it_works_as_it_is_typed(data_dir: Path, tmp_path: Path):
    target = tmp_path / "typed.zip"
    done = pullquote("backup", target, data_dir=data_dir)
    assert (done.returncode, done.stderr) == (0, "")
    assert "holds pullquote.sqlite3 (" in done.stdout
    again = pullquote("backup", target, data_dir=data_dir)
    assert again.returncode == 1
    assert again.stderr.startswith("pullquote: ")
    assert again.stderr.count("\n") == 1

    await store(data_dir, tmp_path / "news", other="Nothing else is known of the matter. " * 3)
    refused = pullquote("restore", target, data_dir=data_dir)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert await article_ids(data_dir) == {"other"}
    restored = pullquote("restore", target, "--replace", "--json", data_dir=data_dir)
    assert (restored.returncode, restored.stderr) == (0, "")
    said = json.loads(restored.stdout)
    assert [file["name"] for file in said["files"]] == ["pullquote.sqlite3", "bot.sqlite3"]
    assert said["passages"] == len(await whole(data_dir))
    assert await article_ids(data_dir) == {"bridge", "ferry"}


def write_without_end(beside: Path) -> None:
    """Do what a backup does, and never get done."""
    with private_folder(beside, ".backup.zip.", ".tmp") as path:
        (path / "pullquote.sqlite3").write_bytes(b"half of it")
        time.sleep(3600)


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
async def test_what_a_killed_backup_has_left_behind_is_removed_by_the_next(
    data_dir: Path, tmp_path: Path
):
    def left() -> list[str]:
        return [path.name for path in tmp_path.glob(".backup.zip.*.tmp/*")]

    def there() -> set[str]:
        return {path.name for path in tmp_path.iterdir()}

    target = tmp_path / "backup.zip"
    foreign = tmp_path / ".backup.zip.mine.tmp"
    foreign.mkdir()
    with process_of(write_without_end, tmp_path):
        await eventually(left)
        await asyncio.to_thread(back_up, data_dir, target, NOW)
        assert left(), "what a process is at was taken from it"
    assert left()
    await asyncio.to_thread(back_up, data_dir, target, NOW, overwrite=True)
    assert there() == {"data", "news", "backup.zip", foreign.name}
