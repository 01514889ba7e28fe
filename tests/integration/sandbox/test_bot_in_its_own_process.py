"""A bot that knows nothing of the local Discord, started in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox import point_client, point_client_by_environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox import LoopbackDiscord, Newsroom

SAMPLE_BOT = Path(__file__).with_name("sample_bot.py")
ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def started(local: LoopbackDiscord, *arguments: str) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={**os.environ, **local.environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await local.sessions.until_online()
        yield
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.parametrize(
    "named", [[str(SAMPLE_BOT)], ["-m", "tests.integration.sandbox.sample_bot"]]
)
async def test_a_bot_in_its_own_process_answers(
    local: LoopbackDiscord, newsroom: Newsroom, named: list[str]
):
    async with started(local, "-m", "bot.sandbox.launch", *named):
        answer = await local.slash(
            newsroom.alice, newsroom.general, "ask", question="the storm"
        ).final()

    assert "90mph" in answer.text
    assert local.violations == []


async def test_without_zstandard_the_client_speaks_zlib(local: LoopbackDiscord):
    launcher = (
        "import runpy, sys; sys.modules['zstandard'] = None; "
        "runpy.run_module('bot.sandbox.launch', None, '__main__')"
    )

    async with started(local, "-c", launcher, str(SAMPLE_BOT)):
        (connection,) = local.gateway_server.connections
        assert connection.compression == "zlib-stream"


def addresses() -> tuple[str, str]:
    return Route.BASE, str(DiscordWebSocket.DEFAULT_GATEWAY)


def test_the_client_is_pointed_back_when_the_block_ends():
    before = addresses()

    with point_client("http://127.0.0.1:1/api", "ws://127.0.0.1:1/gateway"):
        assert addresses() == ("http://127.0.0.1:1/api", "ws://127.0.0.1:1/gateway")

    assert addresses() == before
    assert before[0].startswith("https://discord.com/")


def test_the_environment_points_the_client_where_it_says(local: LoopbackDiscord):
    before = addresses()

    with point_client_by_environment({}):
        assert addresses() == before
    with point_client_by_environment(local.environment):
        assert addresses() == (local.api, local.gateway)

    assert addresses() == before
