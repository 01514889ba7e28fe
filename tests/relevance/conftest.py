"""The sample news, indexed once, and who judges what is said about it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.answering.answerer import answer
from bot.answering.model import Answer, Question
from index import NewsIndex, Searcher

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE_NEWS = Path(__file__).parents[2] / "bot" / "demo" / "news"


@dataclass(frozen=True)
class Indexed:
    """A searcher, and how to ask it."""

    searcher: Searcher

    def ask(self, text: str, **filters: object) -> Answer:
        now = datetime(2026, 4, 20, tzinfo=UTC)
        return answer(Question(text, asked_at=now, **filters), self.searcher)


async def _searcher_over(path: Path, data_dir: Path) -> Searcher:
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        report = await news.ingest([path])
        assert report.refusals == ()
        return Searcher.over(await news.passages())


@pytest.fixture(scope="session")
def index_news(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Indexed]:
    def indexed(path: Path) -> Indexed:
        return Indexed(asyncio.run(_searcher_over(path, tmp_path_factory.mktemp("data"))))

    return indexed


@pytest.fixture(scope="session")
def sample(index_news) -> Indexed:
    return index_news(SAMPLE_NEWS)
