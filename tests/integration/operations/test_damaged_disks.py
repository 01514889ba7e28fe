"""A disk that is full, read-only or gives back something else: one sentence, what to do."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.news_folder import BRIDGE, FERRY, write
from tests.integration.operations.stored_news import article_ids, damage
from tests.integration.typed import ROOT, environment_of, pullquote

if TYPE_CHECKING:
    from pathlib import Path


def assert_one_sentence(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("pullquote: ")
    assert line.endswith(".")
    for part in parts:
        assert part in line


def run(
    typed: list[str], data_dir: Path, timeout_seconds: float = 60, **how: Any
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own program)
        typed,
        cwd=ROOT,
        # coverage writes a file of its own, for which there may be no room either
        env={k: v for k, v in environment_of(data_dir).items() if not k.startswith("COVERAGE_")},
        capture_output=True,
        check=False,
        text=True,
        timeout=timeout_seconds,
        **how,
    )


async def test_a_damaged_page_of_the_database_is_told_with_what_to_do(data_dir: Path):
    damage(data_dir / "pullquote.sqlite3")
    done = pullquote("verify", data_dir=data_dir)
    assert done.returncode == 1
    assert "pullquote restore" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


async def test_a_header_that_is_overwritten_is_told_with_what_to_do(data_dir: Path):
    path = data_dir / "pullquote.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(b"\xa5" * 4096 + path.read_bytes()[4096:])
    assert_one_sentence(
        pullquote("ask", "bridge", data_dir=data_dir), "is damaged", "restore it from a backup"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of files")
async def test_files_that_may_not_grow_stop_an_index_run_with_a_sentence(
    data_dir: Path, folder: Path
):
    """As a quota does; what was there is found all the same, and all of it once there is room."""
    write(folder, "more.jsonl", **{f"more-{n}": f"{FERRY} Number {n}." * 200 for n in range(40)})
    typed = [sys.executable, "-m", "bot", "index", str(folder), "--json"]
    done = await asyncio.to_thread(run, typed, data_dir, preexec_fn=_limited)
    assert_one_sentence(done, str(data_dir))
    assert {"bridge", "ferry"} <= await article_ids(data_dir)
    assert pullquote("index", str(folder), data_dir=data_dir).returncode == 0
    assert len(await article_ids(data_dir)) == 42


def _limited() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


def unshared(typed: list[str]) -> list[str]:
    """Return what runs a command that may mount disks for itself alone."""
    # whoever is not root is so in a namespace of users, where the system lets them have one
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *as_root, "--mount", *typed]


def read_only(folder: Path, typed: list[str]) -> list[str]:
    """Return what runs a command while, for it alone, a folder is a read-only disk."""
    mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    return unshared(["sh", "-c", mounted, str(folder), *typed])


@pytest.fixture
def _disks_can_be_mounted(data_dir: Path) -> None:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("needs unshare, to mount a disk for one process")
    # containers are often not allowed to, whoever they run as
    if run(read_only(data_dir, ["true"]), data_dir).returncode != 0:
        pytest.skip("needs the right to mount a disk")


@pytest.mark.usefixtures("_disks_can_be_mounted")
async def test_a_read_only_disk_is_told_with_what_to_do(data_dir: Path, folder: Path):
    write(folder, "late.jsonl", late=BRIDGE)
    typed = [sys.executable, "-m", "bot", "index", str(folder), "--json"]
    done = await asyncio.to_thread(run, read_only(data_dir, typed), data_dir)
    assert_one_sentence(done, str(data_dir))
    assert {"bridge", "ferry"} <= await article_ids(data_dir)


@pytest.mark.usefixtures("_disks_can_be_mounted")
async def test_a_full_disk_is_told_and_nothing_is_lost_once_it_is_cleared(
    data_dir: Path, folder: Path
):
    write(folder, "more.jsonl", **{f"more-{n}": f"{FERRY} Number {n}." for n in range(40)})
    module = "tests.integration.operations.on_a_full_disk"
    typed = [sys.executable, "-m", module, str(data_dir), str(folder)]
    done = await asyncio.to_thread(run, unshared(typed), data_dir, 300)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    ended = told["ended"]
    for command in ("index, full", "ask, full", "backup, full"):
        status, output, error = ended[command]
        assert (status, output) == (1, "")
        assert "is full; free some space, then try again." in error
        assert error.count("\n") == 1
    # nothing is left of what could not be written
    assert told["left"] == ["ballast", "data"]
    assert ended["verify, cleared"][0] == 0
    assert json.loads(ended["index, cleared"][1])["added"] == 40
    assert ended["verify, in the end"][0] == 0
