"""A bot that is told to end, or to read its settings again, at any moment: a process."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest

from index import NewsIndex
from index.model import FeedKind
from index.storage.feed_store import FeedStore, NewFeed
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.test_bot_process import ended, environment, pullquote, running
from tests.integration.news_folder import BRIDGE, write
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom

LONGEST_SECONDS = 10.0


async def assert_ends_in_order(process: asyncio.subprocess.Process) -> str:
    """End it, and hold it to ten seconds; return its log."""
    started = time.perf_counter()
    process.terminate()
    status, log = await ended(process)
    assert time.perf_counter() - started < LONGEST_SECONDS
    assert status == 0, log
    assert "Traceback" not in log
    return log


async def assert_whole(data_dir: Path) -> None:
    async with await NewsIndex.open(data_dir) as news:
        await assert_finds_what_is_stored(news)


async def assert_is_silent_or_in_order(process: asyncio.subprocess.Process) -> None:
    """End it at whatever moment of its start it is in."""
    started = time.perf_counter()
    process.terminate()
    status, log = await ended(process)
    assert time.perf_counter() - started < LONGEST_SECONDS
    # while Python is still loading, there is nothing to be closed, and nobody to do it
    assert status == 0 or (status == -signal.SIGTERM and not log), (status, log)
    assert "Traceback" not in log


async def test_whenever_a_bot_is_ended_while_it_loads_it_ends_in_order(
    local: LoopbackDiscord, data_dir: Path
):
    chance = Random(11)
    for _ in range(6):
        process = await pullquote("run", variables=environment(local, data_dir))
        await asyncio.sleep(chance.uniform(0.1, 3.0))
        await assert_is_silent_or_in_order(process)
        assert not (data_dir / "bot.sqlite3-wal").exists()
    await assert_whole(data_dir)


# ends itself while a module's lock is let go, where Python forgets every exception
ENDED_WHILE_IMPORTING = """
import signal, sys

def end(frame, event, _argument):
    code = frame.f_code
    if event == "call" and code.co_name == "cb" and "importlib" in code.co_filename:
        if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
            sys.setprofile(None)
            signal.raise_signal(signal.SIGTERM)

from bot.__main__ import main
sys.argv = ["pullquote", "run"]
sys.setprofile(end)
main()
"""


async def test_a_bot_ends_although_python_forgets_exceptions_at_that_moment(
    local: LoopbackDiscord, data_dir: Path
):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        ENDED_WHILE_IMPORTING,
        env=environment(local, data_dir),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        status, log = await ended(process)
    finally:
        if process.returncode is None:
            process.kill()
    assert (status, log) == (0, "")


async def test_whenever_a_bot_is_ended_while_it_connects_it_ends_in_order(
    local: LoopbackDiscord, data_dir: Path
):
    chance = Random(11)
    for _ in range(8):
        process = await pullquote("run", variables=environment(local, data_dir))
        assert process.stderr is not None
        async with asyncio.timeout(60):
            first = json.loads(await process.stderr.readline())
        assert first["event"] == "starting"
        await asyncio.sleep(chance.uniform(0.0, 1.2))
        log = await assert_ends_in_order(process)
        assert json.loads(log.splitlines()[-1])["event"] == "stopped"
        assert not (data_dir / "bot.sqlite3-wal").exists()
    await assert_whole(data_dir)


async def test_an_index_run_does_not_hold_up_the_end(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, news_dir: Path
):
    for number in range(40):
        stories = {f"s{number}-{k}": f"{BRIDGE} Number {number} {k}. " * 20 for k in range(40)}
        write(news_dir, f"more-{number}.jsonl", **stories)
    async with running(local, data_dir) as process:
        asking = local.slash(room.olive, room.general, "reindex")
        await eventually(lambda: asking.is_acknowledged)
        await asyncio.sleep(0.5)
        log = await assert_ends_in_order(process)
    assert json.loads(log.splitlines()[-1])["event"] == "stopped"
    await assert_whole(data_dir)


async def test_a_feed_that_does_not_answer_does_not_hold_up_the_end(
    local: LoopbackDiscord, data_dir: Path
):
    asked = asyncio.Event()

    async def keep_waiting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(keep_waiting, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed.xml"
        await _follow(data_dir, url)
        private = {"PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true"}
        process = await pullquote("run", variables=environment(local, data_dir, **private))
        async with asyncio.timeout(20):
            await asked.wait()
            await local.sessions.until_online(20)
        await assert_ends_in_order(process)
        server.close()


async def _follow(data_dir: Path, url: str) -> None:
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        await FeedStore(news.database).add(NewFeed(url, FeedKind.FEED), datetime.now(UTC))


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs SIGHUP")
async def test_settings_are_read_again_on_sighup(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    variables = environment(local, data_dir)
    del variables["PULLQUOTE_LOG_LEVEL"]
    (data_dir / ".env").write_text("PULLQUOTE_COOLDOWN_COUNT=1\n", encoding="utf-8")
    process = await pullquote("run", variables=variables)
    try:
        await local.sessions.until_online(20)
        assert FED_SENTENCE in await _asked(local, room)
        assert "a lot of questions" in await _asked(local, room)
        (data_dir / ".env").write_text(
            "PULLQUOTE_COOLDOWN_COUNT=100\nPULLQUOTE_LOG_QUESTIONS=true\nPULLQUOTE_KEPT_DAYS=3\n",
            encoding="utf-8",
        )
        process.send_signal(signal.SIGHUP)
        async with asyncio.timeout(20):
            while True:
                if FED_SENTENCE in await _asked(local, room):
                    break
        log = await assert_ends_in_order(process)
    finally:
        if process.returncode is None:
            process.kill()
    lines = [json.loads(line) for line in log.splitlines()]
    reloaded = next(line for line in lines if line["event"] == "settings reloaded")
    assert reloaded["changed"] == ["PULLQUOTE_COOLDOWN_COUNT", "PULLQUOTE_LOG_QUESTIONS"]
    waiting = next(line for line in lines if line["event"].startswith("these settings"))
    assert waiting["settings"] == ["PULLQUOTE_KEPT_DAYS"]
    asked = [line for line in lines if line["event"] == "interaction"]
    *before, after = [line.get("question") for line in asked]
    assert set(before) == {None}
    assert after == FED_QUESTION


async def _asked(local: LoopbackDiscord, room: Newsroom) -> str:
    asked = local.slash(room.alice, room.general, "ask", question=FED_QUESTION)
    return (await asked.final()).text
