from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import LoopbackDiscord, Newsroom, open_newsroom
from index import NewsIndex
from tests.integration.gathering.following import TurnableClock
from tests.integration.news_site.site import NewsSite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


@pytest.fixture
async def news(tmp_path: Path) -> AsyncIterator[NewsIndex]:
    async with await NewsIndex.open(tmp_path / "data") as news:
        yield news


@pytest.fixture
async def local() -> AsyncIterator[LoopbackDiscord]:
    """A Discord that has seen nothing against its rules when the test is over."""
    async with LoopbackDiscord() as discord:
        yield discord
        assert discord.violations == []


@pytest.fixture
def room(local: LoopbackDiscord) -> Newsroom:
    return open_newsroom(local.world)


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
async def site(clock: TurnableClock) -> AsyncIterator[NewsSite]:
    async with NewsSite(clock=clock) as site:
        yield site
