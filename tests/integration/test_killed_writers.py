"""Writers killed at any moment: what is stored is found, and the next run goes on from there."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from random import Random
from typing import TYPE_CHECKING

import pytest

from index import NewsIndex
from index.storage.segments.directory import SegmentDirectory
from tests.integration.agreement import assert_files_are_whole, assert_finds_what_is_stored
from tests.integration.editions import (
    FILE_COUNT,
    edition_of,
    process_of,
    publish,
    write_for_ever,
)

if TYPE_CHECKING:
    from pathlib import Path

KILL_COUNT = int(os.environ.get("PULLQUOTE_KILLS", "50"))
SEED = os.environ.get("PULLQUOTE_SEED") or str(time.time_ns())
LONGEST_LIFE_SECONDS = 0.6

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"), reason="needs processes that can be killed"
)


async def test_whenever_a_writer_is_killed_all_that_is_stored_is_found(folder, tmp_path, caplog):
    """A failure is told with its seed: PULLQUOTE_SEED brings the same news and delays again."""
    chance = Random(SEED)
    data_dir = tmp_path / "data"
    seen = _Seen()
    for number in range(KILL_COUNT):
        delay_seconds = chance.uniform(0.02, LONGEST_LIFE_SECONDS)
        circumstances = f"PULLQUOTE_SEED={SEED}: kill {number} after {delay_seconds:.3f} s"
        try:
            with process_of(write_for_ever, folder, data_dir, f"{SEED} {number}") as writer:
                is_awaiting = chance.random() < 0.5
                await asyncio.sleep(delay_seconds)
                if is_awaiting:
                    await asyncio.to_thread(_await_writing, data_dir, chance.uniform(0, 0.006))
                assert writer.is_alive(), "the writer ended by itself"
            seen.note(data_dir)
            await _opens_with_all_that_is_stored(data_dir)
            if chance.random() < 0.5:
                await _next_run_succeeds(data_dir, folder, chance)
            assert not caplog.messages, "a kill has damaged something"
        except BaseException as error:
            error.add_note(circumstances)
            raise
    await _next_run_succeeds(data_dir, folder, chance)
    print(f"{KILL_COUNT} kills, PULLQUOTE_SEED={SEED}, {seen}")  # noqa: T201 (shown by pytest -s)


def _await_writing(data_dir: Path, delay_seconds: float) -> None:
    """Wait until segments are being written or replaced, and a moment longer."""
    names = _names(data_dir)
    end = time.monotonic() + 2 * LONGEST_LIFE_SECONDS
    while _names(data_dir) == names and time.monotonic() < end:
        time.sleep(0.0002)
    time.sleep(delay_seconds)


def _names(data_dir: Path) -> set[str]:
    path = data_dir / "segments"
    return {entry.name for entry in os.scandir(path)} if path.is_dir() else set()


async def _opens_with_all_that_is_stored(data_dir: Path) -> None:
    async with await NewsIndex.open(data_dir) as news:
        assert_files_are_whole(await assert_finds_what_is_stored(news))
        assert not await news.refresh()


async def _next_run_succeeds(data_dir: Path, folder: Path, chance: Random) -> None:
    # something to commit, whatever the killed writer has got done
    publish(folder, chance.randrange(FILE_COUNT), chance.randrange(10**9))
    async with await NewsIndex.open(data_dir) as news:
        report = await news.ingest([folder], prune=True)
        assert not report.refusals
        await news.settled()
        editions = assert_files_are_whole(await assert_finds_what_is_stored(news))
    assert editions == _published(folder)
    assert_no_leftovers(data_dir)


def _published(folder: Path) -> dict[int, int]:
    texts = {int(path.stem): path.read_text(encoding="utf-8") for path in folder.glob("*.jsonl")}
    return {file: edition_of(text) for file, text in texts.items()}


def assert_no_leftovers(data_dir: Path) -> None:
    """Hold that there is nothing beside the manifest, the lock and the segments that count."""
    directory = SegmentDirectory(data_dir / "segments")
    manifest = directory.read()
    assert manifest is not None
    named = {segment.name for segment in manifest.segments}
    there = {path.name for path in directory.path.iterdir()}
    assert there == named | {"manifest.json", "writer.lock"}


class _Seen:
    """In what states the kills left the folder of segments: told, so that one sees they vary."""

    def __init__(self) -> None:
        self._leftover_count = 0
        self._temporary_count = 0
        self._generation = 0

    def note(self, data_dir: Path) -> None:
        directory = SegmentDirectory(data_dir / "segments")
        manifest = directory.read()
        if manifest is None:
            return
        named = {segment.name for segment in manifest.segments}
        there = {path.name for path in directory.path.iterdir()}
        self._leftover_count += any(
            name.endswith(".segment") and name not in named for name in there
        )
        self._temporary_count += any(name.endswith(".tmp") for name in there)
        self._generation = manifest.generation

    def __str__(self) -> str:
        return (
            f"{self._generation} commits, {self._leftover_count} times segments of no manifest,"
            f" {self._temporary_count} times a manifest not in place"
        )
