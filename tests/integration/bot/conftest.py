from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

from index import NewsIndex
from tests.integration.bot.corpus import write_news
from tests.integration.bot.live import LiveBot, live_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom


async def _index(news_dir: Path, data_dir: Path) -> None:
    async with await NewsIndex.open(data_dir) as news:
        report = await news.ingest([news_dir])
        assert report.refusals == ()


@pytest.fixture(scope="session")
def indexed_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """News and a data directory with them in it, made once; `data_dir` is a copy."""
    data_dir = tmp_path_factory.mktemp("indexed")
    asyncio.run(_index(write_news(tmp_path_factory.mktemp("news")), data_dir))
    return data_dir


@pytest.fixture
def news_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that is indexed, as it was before once the test is over."""
    folder = tmp_path_factory.getbasetemp() / "news0"
    before = set(folder.iterdir())
    yield folder
    for added in set(folder.iterdir()) - before:
        added.unlink()


@pytest.fixture
def data_dir(indexed_dir: Path, tmp_path: Path) -> Path:
    return shutil.copytree(indexed_dir, tmp_path / "data")


@pytest.fixture
async def bot(local: LoopbackDiscord, room: Newsroom, data_dir: Path) -> AsyncIterator[LiveBot]:
    del room  # the server is there before the bot is
    async with live_bot(local, data_dir) as running:
        yield running
