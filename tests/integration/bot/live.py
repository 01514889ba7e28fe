"""The bot itself, run over a local Discord for as long as a `with` block lasts."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.answering.answerer import Answerer
from bot.client import PullquoteClient
from bot.client.background import Paces
from bot.commands.catalogue import Parts
from bot.commands.chosen_publishers import NewsOfServers
from bot.commands.cooldown import Cooldown
from bot.commands.speaking import Speaking
from bot.commands.verifying import Verifying
from bot.operations.verifying_aside import verified_aside
from bot.sandbox import point_client
from bot.storage.memory import Memory
from bot.storage.servers import ServerLanguages
from bot.texts import Languages
from index import NewsIndex
from tests.integration.sandbox.running import until_ready

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord
    from index.model import Feed

NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)


@dataclass(frozen=True)
class FeedsAtHand:
    feeds: tuple[Feed, ...] = ()

    async def all(self) -> tuple[Feed, ...]:
        return self.feeds

    async def seen_by(self, community: str | None) -> tuple[Feed, ...]:
        return tuple(each for each in self.feeds if each.community in {None, community})

    async def pause_of_community(self, feed: Feed) -> None:
        """Nothing to pause: nobody polls these."""

    async def resume(self, feed: Feed) -> None:
        """Nothing to resume."""

    async def remove(self, feed: Feed) -> int:
        """Nothing came of it."""
        return len({feed} - {*self.feeds})

    async def communities(self) -> set[str]:
        return {each.community for each in self.feeds if each.community}

    async def forget_community(self, community: str) -> None:
        """Nothing to forget: nobody adds feeds to these."""


@dataclass(frozen=True)
class LiveBot:
    client: PullquoteClient
    news: NewsIndex
    memory: Memory


@asynccontextmanager
async def parts_over(data_dir: Path, **other_parts: Any) -> AsyncIterator[tuple[Parts, NewsIndex]]:
    """The real parts; `other_parts` stand in for some of them."""
    async with (
        await NewsIndex.open(data_dir) as news,
        await Memory.open(data_dir, now=NOW) as memory,
        Verifying(partial(verified_aside, data_dir), lambda: datetime.now(UTC)) as verifying,
    ):
        chosen = NewsOfServers(news, memory.servers)
        parts = Parts(
            answers=Answerer(chosen),
            news=chosen,
            feeds=FeedsAtHand(),
            memory=memory,
            cooldown=Cooldown(1000),
            clock=lambda: NOW,
            version="0.0.0",
            speaking=Speaking(Languages.shipped(), ServerLanguages(memory.servers)),
            verifying=verifying,
        )
        yield replace(parts, **other_parts), news


@asynccontextmanager
async def live_bot(
    local: LoopbackDiscord, data_dir: Path, **other_parts: Any
) -> AsyncIterator[LiveBot]:
    """The bot online, with everything real but what `other_parts` replaces."""
    async with (
        parts_over(data_dir, **other_parts) as (parts, news),
        running_bot(local, parts, news) as bot,
    ):
        yield bot


@asynccontextmanager
async def running_bot(
    local: LoopbackDiscord, parts: Parts, news: NewsIndex
) -> AsyncIterator[LiveBot]:
    """A bot of these parts online."""
    client = PullquoteClient(
        parts,
        guild_ready_timeout=0.02,
        edit_seconds=0.05,
        paces=Paces(0.05, 0.05, 0.05),
    )
    with point_client(local.api, local.gateway):
        async with client:
            task = asyncio.create_task(client.start(local.token))
            await until_ready(client, task)
            yield LiveBot(client, news, parts.memory)
            await client.close()
            await task


async def changed(path: Path, statement: str) -> None:
    """Change a database that a live bot has open, which goes on meanwhile and ends what it does."""

    def change() -> None:
        with closing(sqlite3.connect(path, timeout=60)) as connection, connection:
            connection.execute(statement)

    await asyncio.to_thread(change)
