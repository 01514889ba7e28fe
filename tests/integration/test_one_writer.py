"""One writer at a time, whoever it is; reading goes on meanwhile."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import Article, IndexingInProgressError, NewsIndex
from index.indexer.committing import Committer
from index.storage.rows import SplitArticle
from index.storage.segments.directory import SegmentDirectory
from index.storage.segments.writer_lock import WriterLock
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.editions import process_of, publish
from tests.integration.news_folder import BRIDGE, FERRY, counts, found, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.process import BaseProcess

    from index.indexer.following import Followed

REFUSAL = r"Pullquote is already writing this index \(pid (\d+)\); wait for it to end, then try "


@pytest.fixture
def data_dir(tmp_path) -> Path:
    return tmp_path / "data"


def hold_lock_for_ever(path: Path, held: Path) -> None:
    with WriterLock(path):
        held.touch()
        time.sleep(600)


@contextmanager
def another_writer(data_dir: Path) -> Iterator[BaseProcess]:
    held = data_dir / "held"
    with process_of(hold_lock_for_ever, data_dir / "segments" / "writer.lock", held) as process:
        while not held.exists():
            assert process.is_alive()
            time.sleep(0.01)
        yield process


def pullquote_index(folder: Path, data_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "bot", "index", str(folder), "--data-dir", str(data_dir)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )


async def test_another_process_is_refused_until_the_holder_is_killed(news, folder, data_dir):
    write(folder, "a.jsonl", bridge=BRIDGE)
    await news.ingest([folder])
    write(folder, "b.jsonl", ferry=FERRY)
    with another_writer(data_dir) as writer:
        with pytest.raises(IndexingInProgressError, match=REFUSAL) as caught:
            await news.ingest([folder])
        assert str(writer.pid) in str(caught.value)
        assert not news.is_indexing

        done = await asyncio.to_thread(pullquote_index, folder, data_dir)
        assert (done.returncode, done.stdout) == (1, "")
        (line,) = done.stderr.splitlines()
        assert re.match(rf"pullquote: {REFUSAL}", line)

        # nothing was stored by either, and whoever reads does not notice
        assert await found(news, "bearing") == {"bridge"}
        async with await NewsIndex.open(data_dir) as other:
            assert await found(other, "bearing") == {"bridge"}
            assert await found(other, "harbour master") == set()

        writer.kill()
        writer.join()
        assert counts(await news.ingest([folder])) == (1, 0, 0, 1, 0)
    assert await found(news, "harbour master") == {"ferry"}


async def test_a_second_index_of_this_process_is_refused(news, folder, data_dir):
    write(folder, "a.jsonl", bridge=BRIDGE)
    tried = []

    async def try_to_write() -> None:
        async with await NewsIndex.open(data_dir) as other:
            with pytest.raises(IndexingInProgressError, match=REFUSAL) as caught:
                await other.ingest([folder])
            tried.append(str(caught.value))

    trying: list[asyncio.Task[None]] = []

    def try_once(_: object) -> None:
        if not trying:
            trying.append(asyncio.create_task(try_to_write()))

    for number in range(30):
        write(folder, f"{number}.jsonl", **{f"ferry-{number}": FERRY * 20})
    await news.ingest([folder], on_progress=try_once)
    await asyncio.gather(*trying)
    assert re.match(REFUSAL, tried[0])
    assert str(os.getpid()) in tried[0]
    async with await NewsIndex.open(data_dir) as other:
        assert counts(await other.ingest([folder])) == (0, 0, 0, 31, 0)
    assert await assert_finds_what_is_stored(news)


async def test_what_was_stored_and_never_committed_is_found_while_another_writes(
    news, folder, data_dir
):
    """A run that is ended between its files and its commit, and a reader that may not write."""
    write(folder, "a.jsonl", bridge=BRIDGE)
    write(folder, "b.jsonl", ferry=FERRY)

    def stop_after_one_file(progress) -> None:
        if progress.done_file_count == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await news.ingest([folder], on_progress=stop_after_one_file)
    assert not (data_dir / "segments" / "manifest.json").exists()
    with another_writer(data_dir):
        async with await NewsIndex.open(data_dir) as reader:
            assert await found(reader, "bearing") == {"bridge"}
    assert counts(await news.ingest([folder])) == (1, 0, 0, 1, 0)


async def test_a_run_that_is_started_while_segments_are_merged_ends_the_merging(
    folder, data_dir, caplog
):
    """The segments are so large that they are merged by a process of its own."""
    async with await NewsIndex.open(data_dir) as news:
        for batch in range(4):
            # a passage each, and more together than are merged in a thread
            texts = {f"{batch}-{n}": f"The eel {n} is here." for n in range(1010)}
            write(folder, f"{batch}.jsonl", **texts)
            await news.ingest([folder])
        merging = news._segments._merging  # noqa: SLF001 (there is nothing else to see of it)
        assert merging is not None
        assert news.searcher.passage_count > 4000
        # while the process starts, which takes longer on any machine
        await asyncio.sleep(0.05)
        assert not merging.done()
        write(folder, "late.jsonl", ferry=FERRY)
        assert (await news.ingest([folder])).run.added_count == 1
        assert merging.cancelled()
        assert await found(news, "harbour master") == {"ferry"}
        await news.settled()
        assert len(news._segments.state.parts) < 4  # noqa: SLF001
        assert await assert_finds_what_is_stored(news)
    assert caplog.messages == []


async def test_closing_ends_the_merging_and_frees_the_lock(folder, data_dir):
    for _ in range(3):
        async with await NewsIndex.open(data_dir) as news:
            for edition in range(5):
                publish(folder, edition, edition)
                await news.ingest([folder])
        with WriterLock(data_dir / "segments" / "writer.lock"):
            pass
        async with await NewsIndex.open(data_dir) as news:
            assert await assert_finds_what_is_stored(news)


class LateCommitter(Committer):
    """Ends a merge when it is told to."""

    def __init__(self, directory: SegmentDirectory, may_end: asyncio.Event):
        super().__init__(directory)
        self._may_end = may_end

    async def merged(self, state: Followed) -> Followed:
        newer = await super().merged(state)
        await self._may_end.wait()
        return newer


async def test_what_is_stored_during_a_merge_is_found_from_then_on(folder, data_dir):
    stored = asyncio.Event()
    async with await NewsIndex.open(data_dir) as news:
        late = LateCommitter(SegmentDirectory(data_dir / "segments"), stored)
        news._committer = late  # noqa: SLF001 (to end a merge at a moment of our choice)
        for number in range(4):
            write(folder, f"{number}.jsonl", **{f"bridge {number}": BRIDGE})
            await news.ingest([folder])
        ferry = SplitArticle(Article("ferry", "Ferry", FERRY), [(0, len(FERRY) - 1)])
        store = news._store  # noqa: SLF001 (another process may store before it writes segments)
        async with store.update_file("late", "", "", ()) as update:
            await update.put(ferry)
        await news.refresh()
        stored.set()
        ending = asyncio.create_task(news.settled())
        while not ending.done():
            assert news.searcher.passage_count == 5
            await asyncio.sleep(0)
        assert await found(news, "harbour master") == {"ferry"}
        assert len(news._segments.state.parts) == 2  # noqa: SLF001 (one merged, and the late one)


async def test_a_run_that_is_cancelled_while_it_waits_for_a_merge_to_end_is_cancelled(
    folder, data_dir
):
    async def ends_slowly() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            await asyncio.sleep(0.2)

    write(folder, "one.jsonl", bridge=BRIDGE)
    async with await NewsIndex.open(data_dir) as news:
        news._segments._merging = merging = asyncio.create_task(ends_slowly())  # noqa: SLF001 (a merge ends sooner)
        await asyncio.sleep(0.01)
        running = asyncio.create_task(news.ingest([folder]))
        await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.wait([running, merging])
        assert running.cancelled()
        assert (await news.statistics()).article_count == 0


async def test_a_merge_that_failed_keeps_nothing_open(data_dir, caplog):
    async def fails() -> None:
        raise ValueError("no such segment")

    news = await NewsIndex.open(data_dir)
    news._segments._merging = asyncio.create_task(fails())  # noqa: SLF001 (no merge fails like this)
    await asyncio.sleep(0.01)
    await news.close()
    assert "segments were not merged" in caplog.text
    with pytest.raises(ValueError, match="no active connection"):
        await news.statistics()


async def test_a_run_that_is_cancelled_writes_nothing_once_others_may(folder, data_dir):
    """Whenever it is cancelled, the segments on disk stay as they are when the lock is free."""
    started = time.monotonic()
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        publish(folder, 0, 0)
        await news.ingest([folder])
    longest_seconds = time.monotonic() - started
    cancelled_count = 0
    for number in range(1, 17):
        publish(folder, number % 8, number)
        async with await NewsIndex.open(data_dir, searchable=False) as news:
            running = asyncio.create_task(news.ingest([folder]))
            await asyncio.sleep(longest_seconds * number / 16)
            running.cancel()
            await asyncio.wait([running])
            cancelled_count += running.cancelled()
            # where the run was quicker than that, it has gone on to merge
            await news.settled()
            before = segment_files(data_dir)
            await asyncio.sleep(0.02)
            assert segment_files(data_dir) == before
    assert cancelled_count
    async with await NewsIndex.open(data_dir) as news:
        await news.ingest([folder])
        assert await assert_finds_what_is_stored(news)


def segment_files(data_dir: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (data_dir / "segments").iterdir()}
