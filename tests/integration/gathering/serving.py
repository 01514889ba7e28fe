"""The bot on Discord over the news and the feeds that it follows, all of them real."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.answering.answerer import Answerer
from index import NewsIndex
from tests.integration.bot.live import live_bot
from tests.integration.gathering.following import following

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.site import NewsSite


@asynccontextmanager
async def serving(
    local: LoopbackDiscord,
    site: NewsSite,
    clock: TurnableClock,
    data_dir: Path,
    **other_parts: Any,
) -> AsyncIterator[Following]:
    """The bot online; what it answers from is what the feeds that it is asked about bring in."""
    async with (
        await NewsIndex.open(data_dir) as news,
        following(news, site, clock) as reader,
        live_bot(
            local,
            data_dir,
            clock=clock,
            news=news,
            answers=Answerer(news),
            feeds=reader.gathering.feeds,
            **other_parts,
        ),
    ):
        yield reader
