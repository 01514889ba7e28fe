"""Runs a discord.py client against a local Discord for as long as a `with` block lasts."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from bot.sandbox import LoopbackDiscord, point_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

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
    async with asyncio.timeout(10):
        while not client.is_ready():
            if task.done():
                task.result()
            await asyncio.sleep(0.002)
