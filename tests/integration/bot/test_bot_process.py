"""The whole program in a process of its own, as it is deployed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom

QUIET = {"PULLQUOTE_LOG_LEVEL": "info", "PULLQUOTE_REFRESH_SECONDS": "0.1"}


def environment(local: LoopbackDiscord, data_dir: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PULLQUOTE_")}
    return {**kept, **local.environment, **QUIET, "PULLQUOTE_DATA_DIR": str(data_dir), **variables}


async def pullquote(*arguments: str, variables: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox.launch", "-m", "bot", *arguments),
        env=variables,
        cwd=variables["PULLQUOTE_DATA_DIR"],  # where no developer's .env is
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def running(
    local: LoopbackDiscord, data_dir: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await pullquote("run", variables=environment(local, data_dir))
    try:
        await local.sessions.until_online(20)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            _, log = await process.communicate()
            sys.stdout.write(log.decode())  # which pytest shows below what failed


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    return process.returncode, errors.decode()


async def test_sigterm_closes_everything_in_order(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with running(local, data_dir) as process:
        asked = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
        assert FED_SENTENCE in asked.text
        process.terminate()
        status, log = await ended(process)
    lines = [json.loads(line) for line in log.splitlines()]
    assert status == 0
    assert lines[-1]["event"] == "stopped"
    assert not local.sessions.is_online
    assert not (data_dir / "bot.sqlite3-wal").exists()
    interaction = next(line for line in lines if line["event"] == "interaction")
    assert (interaction["command"], interaction["outcome"]) == ("ask", "answered")
    assert interaction["ms"] > 0
    assert FED_QUESTION not in log
    assert local.token not in log
    assert "Traceback" not in log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("is_asked_to", [True, False])
async def test_the_bot_can_be_stopped_while_a_lost_connection_is_made_anew(
    local: LoopbackDiscord, data_dir: Path, number: signal.Signals, *, is_asked_to: bool
):
    async with running(local, data_dir) as process:
        local.faults.gateway_is_silent = True
        await (local.sessions.ask_to_reconnect() if is_asked_to else local.sessions.cut())
        await eventually(lambda: len(local.gateway_server.connections) == 2)
        started = time.perf_counter()
        process.send_signal(number)
        status, log = await ended(process)
    assert time.perf_counter() - started < 10
    assert status == 0
    assert json.loads(log.splitlines()[-1])["event"] == "stopped"
    assert "Traceback" not in log
    assert "Unclosed" not in log


async def test_the_bot_can_be_stopped_while_discord_says_nothing_any_more(
    local: LoopbackDiscord, data_dir: Path
):
    async with running(local, data_dir) as process:
        local.faults.gateway_is_silent = True
        started = time.perf_counter()
        process.terminate()
        status, log = await ended(process)
    assert time.perf_counter() - started < 10
    assert status == 0
    assert "Traceback" not in log


async def test_a_start_that_cannot_succeed_ends_with_one_sentence(
    local: LoopbackDiscord, data_dir: Path
):
    process = await pullquote("run", variables=environment(local, data_dir, DISCORD_TOKEN="wrong"))
    status, errors = await ended(process)
    assert status == 1
    assert errors.splitlines()[-1].startswith("pullquote: Discord does not know this token")
    assert "Traceback" not in errors


async def test_the_bot_can_be_stopped_while_discord_is_away(local: LoopbackDiscord, data_dir: Path):
    variables = environment(local, data_dir, DISCORD_LOOPBACK_API="http://127.0.0.1:9/api/v10")
    process = await pullquote("run", variables=variables)
    seen = b""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        while b"Trying again" not in seen:
            seen += await process.stderr.readline()
    process.terminate()
    status, errors = await ended(process)
    assert status == 0
    assert "Traceback" not in errors
