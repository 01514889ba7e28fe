"""Opening what follows the news, for a command that needs it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from index.gathering.feeds import Feeds
    from index.gathering.gathering import Gathering

T = TypeVar("T")


@asynccontextmanager
async def gathering_in(data_dir: Path | None) -> AsyncIterator[Gathering]:
    """Open it in the data directory named, or that of the settings.

    Raises SettingsError and StorageError.
    """
    from bot import following
    from bot.settings import Settings
    from index import NewsIndex

    settings = Settings.read()
    async with (
        await NewsIndex.open(data_dir or settings.data_dir, searchable=False) as news,
        await following.opened(news, settings) as gathering,
    ):
        yield gathering
        await news.settled()


def with_feeds(data_dir: Path | None, do: Callable[[Feeds], Awaitable[T]]) -> T:
    """Do something with the feeds of a data directory, and return what came of it."""

    async def done() -> T:
        async with gathering_in(data_dir) as gathering:
            return await do(gathering.feeds)

    return asyncio.run(done())
