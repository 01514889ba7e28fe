"""A running bot tells how it is, as it is deployed: a process, asked over HTTP and by `health`."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE, NOT_IN_THE_NEWS
from tests.integration.bot.test_bot_process import ended, environment, pullquote

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom

# whoever stops the bot pulls the plug then
LONGEST_SECONDS = 10.0
ABSTAINED_PRIVATELY = ("pullquote_questions_total", "abstained", "direct message")


def free_address() -> str:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def address() -> str:
    return free_address()


@asynccontextmanager
async def told_at(
    address: str, local: LoopbackDiscord, data_dir: Path, **variables: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    variables |= {"PULLQUOTE_HEALTH_ADDRESS": address}
    process = await pullquote("run", variables=environment(local, data_dir, **variables))
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def asked(address: str, path: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"http://{address}{path}") as answer:
        is_json = answer.content_type == "application/json"
        return answer.status, await (answer.json() if is_json else answer.text())


async def until_status(address: str, path: str, status: int) -> Any:
    # discord.py waits ever longer before it tries to connect again
    async with asyncio.timeout(60):
        while True:
            try:
                found, told = await asked(address, path)
            except aiohttp.ClientConnectionError:
                found = 0
            if found == status:
                return told
            await asyncio.sleep(0.05)


async def typed_health(
    local: LoopbackDiscord, data_dir: Path, address: str, *options: str
) -> tuple[int | None, str, str]:
    variables = environment(local, data_dir, PULLQUOTE_HEALTH_ADDRESS=address)
    process = await pullquote("health", *options, variables=variables)
    output, errors = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, output.decode(), errors.decode()


async def metrics_at(address: str) -> dict[tuple[str, ...], float]:
    _, text = await asked(address, "/metrics")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_a_ready_bot_says_so_and_counts(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, address: str
):
    async with told_at(address, local, data_dir) as process:
        told = await until_status(address, "/readyz", 200)
        assert (told["ok"], told["reasons"]) == (True, [])
        assert told["passages"] > 0
        assert (await asked(address, "/livez"))[0] == 200
        assert (await asked(address, "/"))[0] == 404
        assert await typed_health(local, data_dir, address) == (0, "ready\n", "")
        assert await typed_health(local, data_dir, address, "--live") == (0, "alive\n", "")

        reply = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
        assert FED_SENTENCE in reply.text
        await local.slash(room.alice, room.general, "search", query="storm").final()
        await local.ask(room.alice, local.world.dm(room.alice), NOT_IN_THE_NEWS)
        # who asked has the answer a moment before it is counted
        async with asyncio.timeout(20):
            while True:
                seen = await metrics_at(address)
                if seen.get(ABSTAINED_PRIVATELY) == 1:
                    break
                await asyncio.sleep(0.05)
        assert seen["pullquote_questions_total", "answered", "ask"] == 1
        assert seen["pullquote_questions_total", "done", "search"] == 1
        assert seen["pullquote_answer_seconds_count",] == 3
        assert seen["pullquote_ack_seconds_count",] == 2
        assert 0 < seen["pullquote_ack_seconds_sum",] < LONGEST_SECONDS
        assert seen["discord_connected",] == 1
        assert seen["discord_stat_total_guilds",] == len(local.world.guilds)
        assert 0 <= seen["pullquote_index_age_seconds",] < LONGEST_SECONDS
        assert seen["pullquote_index_passages",] == told["passages"]
        process.terminate()
        assert (await ended(process))[0] == 0


async def test_a_bot_without_discord_is_alive_but_not_ready(
    local: LoopbackDiscord, data_dir: Path, address: str
):
    async with told_at(address, local, data_dir):
        await until_status(address, "/readyz", 200)
        local.faults.gateway_refusals = 1000
        await local.sessions.cut()
        told = await until_status(address, "/readyz", 503)
        assert told["reasons"] == ["The bot is not connected to Discord."]
        assert (await asked(address, "/livez"))[0] == 200
        status, output, errors = await typed_health(local, data_dir, address)
        assert (status, output) == (1, "")
        assert errors == "The bot is not connected to Discord.\n"
        local.faults.clear()
        await until_status(address, "/readyz", 200)


async def test_health_is_told_before_discord_is_reached(
    local: LoopbackDiscord, data_dir: Path, address: str
):
    away = {"DISCORD_LOOPBACK_API": "http://127.0.0.1:9/api/v10"}
    async with told_at(address, local, data_dir, **away) as process:
        await until_status(address, "/livez", 200)
        assert (await asked(address, "/readyz"))[0] == 503
        assert (await metrics_at(address))["discord_connected",] == 0
        process.terminate()
        assert (await ended(process))[0] == 0


async def test_who_stays_connected_does_not_hold_up_the_end(
    local: LoopbackDiscord, data_dir: Path, address: str
):
    host, _, port = address.partition(":")
    async with told_at(address, local, data_dir) as process:
        await until_status(address, "/readyz", 200)
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" in await reader.readline()
        started = time.perf_counter()
        process.terminate()
        assert (await ended(process))[0] == 0
        assert time.perf_counter() - started < LONGEST_SECONDS
        writer.close()


async def test_an_address_that_is_taken_is_told_before_anything_starts(
    local: LoopbackDiscord, data_dir: Path
):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        async with told_at(address, local, data_dir) as process:
            status, errors = await ended(process)
    assert status == 1
    assert f"Health cannot be told on {address} (" in errors.splitlines()[-1]
    assert local.requests == []


async def test_nobody_at_home_is_not_well(local: LoopbackDiscord, data_dir: Path, address: str):
    status, _, errors = await typed_health(local, data_dir, address)
    assert status == 1
    assert errors.startswith(f"Nobody answers on {address} (")
    status, _, errors = await typed_health(local, data_dir, "")
    assert status == 1
    assert errors.startswith("pullquote: PULLQUOTE_HEALTH_ADDRESS is not set")


async def test_what_is_no_bot_is_not_well(local: LoopbackDiscord, data_dir: Path):
    async def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 200 OK\r\n\r\n<h1>Welcome</h1>")
        writer.close()

    async with await asyncio.start_server(welcome, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        status, _, errors = await typed_health(local, data_dir, f"127.0.0.1:{port}")
    assert status == 1
    assert "is no Pullquote" in errors


async def test_who_does_not_answer_in_time_is_not_well(local: LoopbackDiscord, data_dir: Path):
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        status, _, errors = await typed_health(local, data_dir, address, "--timeout", "0.3")
    assert status == 1
    assert "timed out" in errors
