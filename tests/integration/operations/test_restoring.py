"""A backup takes the place of the data whole, or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from bot.operations.errors import OperationError
from bot.operations.restore import restore
from bot.storage.memory import Memory
from index import NewerSchemaError, NewsIndex, PullquoteError, WriterBusyError
from index.storage.locks import polling_lock, writer_lock
from index.storage.segments.directory import SegmentDirectory
from tests.integration.operations.stored_news import article_ids, damage, execute, store
from tests.integration.typed import environment_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
OTHER = "The lamplighters of Quay Street begin their rounds an hour earlier from Monday. " * 3


@pytest.fixture
async def newer(data_dir: Path, archive: Path, tmp_path: Path) -> Path:
    """The data directory, with other news in it than the backup has."""
    del archive
    await store(data_dir, tmp_path / "news", lamps=OTHER)
    assert await article_ids(data_dir) == {"lamps"}
    return data_dir


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


async def test_a_backup_takes_the_place_of_what_was_there(newer: Path, archive: Path):
    restore(archive, newer, replace=True)
    assert await article_ids(newer) == {"bridge", "ferry"}
    assert not leftovers(newer)


async def test_a_new_directory_is_made(archive: Path, tmp_path: Path):
    restore(archive, tmp_path / "deep" / "er")
    assert await article_ids(tmp_path / "deep" / "er") == {"bridge", "ferry"}


async def test_damaged_data_can_be_replaced(newer: Path, archive: Path):
    damage(newer / "pullquote.sqlite3")
    (newer / "bot.sqlite3").write_bytes(b"this is no database at all")
    (newer / "pullquote.sqlite3-wal").write_bytes(b"left behind by a crash")
    restore(archive, newer, replace=True)
    assert await article_ids(newer) == {"bridge", "ferry"}
    assert not (newer / "pullquote.sqlite3-wal").exists()


# ── a directory in use ───────────────────────────────────────────────────────
async def test_news_that_somebody_reads_are_not_replaced(newer: Path, archive: Path):
    async with await NewsIndex.open(newer):
        with pytest.raises(OperationError, match="in use by another process; stop the bot"):
            restore(archive, newer, replace=True)
    async with await Memory.open(newer):
        with pytest.raises(OperationError, match="in use by another process; stop the bot"):
            restore(archive, newer, replace=True)
    assert await article_ids(newer) == {"lamps"}


async def test_news_that_somebody_writes_are_not_replaced(newer: Path, archive: Path):
    for lock in (writer_lock(SegmentDirectory(newer / "segments")), polling_lock(newer)):
        with lock, pytest.raises(WriterBusyError):
            restore(archive, newer, replace=True)
    assert await article_ids(newer) == {"lamps"}


# ── what is no sound backup ──────────────────────────────────────────────────
def rewritten(archive: Path, **changes: bytes | None) -> None:
    """Write a backup again, with files replaced, added, or left out."""
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(archive, "w") as opened:
        for name, data in {**files, **changes}.items():
            if data is not None:
                opened.writestr(name, data)


def manifest_of(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as opened:
        manifest: dict[str, Any] = json.loads(opened.read("manifest.json"))
    return manifest


def with_manifest(archive: Path, **changes: Any) -> None:
    manifest = manifest_of(archive) | changes
    rewritten(archive, **{"manifest.json": json.dumps(manifest).encode()})


def with_database(archive: Path, *statements: str) -> None:
    """Let the news in a backup have seen something, with good checksums."""
    name = "pullquote.sqlite3"
    with zipfile.ZipFile(archive) as opened:
        path = Path(opened.extract(name, archive.parent / "taken out"))
    execute(path, *statements)
    _put(archive, path.read_bytes())


def _put(archive: Path, data: bytes) -> None:
    name = "pullquote.sqlite3"
    files = manifest_of(archive)["files"]
    files[0] |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    rewritten(archive, **{name: data})
    with_manifest(archive, files=files)


def cut_short(archive: Path) -> None:
    os.truncate(archive, archive.stat().st_size // 2)


def no_archive(archive: Path) -> None:
    archive.write_bytes(b"It was a dark and stormy night. " * 1000)


def empty(archive: Path) -> None:
    archive.write_bytes(b"")


def a_bit_flipped(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        largest = max(opened.infolist(), key=lambda each: each.compress_size)
    data = bytearray(archive.read_bytes())
    # in what is packed: of the headers between, some tell nothing that matters
    data[largest.header_offset + largest.compress_size // 2] ^= 1
    archive.write_bytes(data)


def without_manifest(archive: Path) -> None:
    rewritten(archive, **{"manifest.json": None})


def without_news(archive: Path) -> None:
    rewritten(archive, **{"pullquote.sqlite3": None})


def another_file_in_its_place(archive: Path) -> None:
    rewritten(archive, **{"pullquote.sqlite3": b"other"})


def more_than_was_told(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        data = opened.read("pullquote.sqlite3")
    rewritten(archive, **{"pullquote.sqlite3": data + bytes(1 << 22)})


def files_from_outside(archive: Path) -> None:
    files = [*manifest_of(archive)["files"]]
    files.append(files[0] | {"name": "../../outside"})
    with_manifest(archive, files=files)
    rewritten(archive, **{"../../outside": b"x"})


def an_odd_manifest(archive: Path) -> None:
    with_manifest(archive, files=[{"name": 7}])


def of_another_format(archive: Path) -> None:
    with_manifest(archive, format=2)


def no_database(archive: Path) -> None:
    _put(archive, b"no database, though the checksum is right" * 200)


def broken_references(archive: Path) -> None:
    with_database(archive, "PRAGMA foreign_keys = OFF", "UPDATE passages SET article_id = 99")


DAMAGES: list[Callable[[Path], None]] = [
    cut_short,
    no_archive,
    empty,
    a_bit_flipped,
    without_manifest,
    without_news,
    another_file_in_its_place,
    more_than_was_told,
    files_from_outside,
    an_odd_manifest,
    of_another_format,
    no_database,
    broken_references,
]


@pytest.mark.parametrize("harm", DAMAGES, ids=lambda harm: harm.__name__)
async def test_what_is_no_sound_backup_changes_nothing(
    newer: Path, archive: Path, harm: Callable[[Path], None]
):
    harm(archive)
    before = contents(newer)
    with pytest.raises(OperationError) as told:
        restore(archive, newer, replace=True)
    assert str(told.value).endswith(".")
    assert contents(newer) == before
    assert not (archive.parent / "outside").exists()


async def test_a_backup_of_a_newer_version_is_refused(newer: Path, archive: Path):
    with_database(archive, "PRAGMA user_version = 99")
    with pytest.raises(NewerSchemaError, match=r"newer version of Pullquote .*; upgrade Pullquote"):
        restore(archive, newer, replace=True)
    assert await article_ids(newer) == {"lamps"}


def test_a_backup_that_is_not_there_is_told(newer: Path, tmp_path: Path):
    with pytest.raises(PullquoteError, match="No such file"):
        restore(tmp_path / "nowhere.zip", newer, replace=True)


# ── failures in the middle ───────────────────────────────────────────────────
async def test_a_failure_half_way_is_undone(newer: Path, archive: Path):
    (newer / "bot.sqlite3").unlink()
    (newer / "bot.sqlite3").mkdir()  # the news change places, then this cannot
    with pytest.raises(PullquoteError):
        restore(archive, newer, replace=True)
    assert not leftovers(newer)
    assert await article_ids(newer) == {"lamps"}


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
def test_what_a_killed_restore_had_taken_out_is_removed_by_the_next(newer: Path, archive: Path):
    killed, foreign = newer / ".restoring-0123abcd", newer / ".restoring-mine"
    for folder in (killed, foreign):
        folder.mkdir()
        (folder / "pullquote.sqlite3").write_bytes(b"half of it")
    restore(archive, newer, replace=True)
    assert leftovers(newer) == [foreign]


def test_what_an_earlier_restore_left_is_not_overlooked(newer: Path, archive: Path):
    left = newer / ".before-restore-0123abcd"
    left.mkdir()
    with pytest.raises(OperationError, match="was cut short") as told:
        restore(archive, newer, replace=True)
    assert str(left) in str(told.value)


async def test_whenever_a_restore_is_killed_the_old_or_the_new_data_are_there(
    newer: Path, archive: Path, tmp_path: Path
):
    chance, seen = Random(7), set()
    code = (
        "import sys; from pathlib import Path; from bot.operations.restore import restore\n"
        "print('ready', flush=True); restore(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)"
    )
    for number in range(12):
        target = shutil.copytree(newer, tmp_path / f"copy {number}")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", code, str(archive), str(target)),
            env=environment_of(target),
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        await process.stdout.readline()
        await asyncio.sleep(chance.uniform(0, 0.06))
        if process.returncode is None:
            process.kill()
        await process.wait()
        found = frozenset(await article_ids(target))
        assert found in ({"lamps"}, {"bridge", "ferry"})
        seen.add(found)
    assert frozenset({"lamps"}) in seen
