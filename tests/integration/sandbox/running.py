"""Runs a discord.py client against a local Discord for as long as a `with` block lasts."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp

from bot.sandbox import LoopbackDiscord, point_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import discord as discord_py

ClientT = TypeVar("ClientT", bound="discord_py.Client")


@asynccontextmanager
async def running(client: ClientT, local: LoopbackDiscord) -> AsyncIterator[ClientT]:
    with point_client(local.api, local.gateway):
        async with client:
            task = asyncio.create_task(client.start(local.token))
            await until_ready(client, task)
            yield client
            await client.close()
            await task


async def until_ready(client: discord_py.Client, task: asyncio.Task[None]) -> None:
    """Wait for the client; raise what it failed with."""
    ready = asyncio.create_task(client.wait_until_ready())
    await asyncio.wait({task, ready}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    if task.done():
        task.result()
    assert client.is_ready()


async def eventually(is_met: Callable[[], object], timeout_seconds: float = 20.0) -> None:
    async with asyncio.timeout(timeout_seconds):
        while not is_met():  # noqa: ASYNC110 -- what is waited for tells nobody
            await asyncio.sleep(0.002)


async def ask_rest(
    local: LoopbackDiscord, method: str, path: str, body: object = None, token: str | None = None
) -> tuple[int, Any]:
    """Ask the API without any client; `body` is sent as JSON."""
    headers = {"Authorization": f"Bot {token or local.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, local.api + path, json=body) as response,
    ):
        return response.status, await response.json() if response.status != 204 else None
