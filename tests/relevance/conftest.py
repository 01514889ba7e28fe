"""The sample news, indexed once, and who judges what is said about it."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

from bot.answering.answerer import answer
from bot.answering.model import Answer, Question
from bot.evaluation.asking import Run, ask_all
from bot.evaluation.files import read_questions
from bot.evaluation.report import outcomes_of
from bot.evaluation.sampling import figures_of
from index import NewsIndex, Searcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.evaluation.judgments import JudgedQuestion

SAMPLE_NEWS = Path(__file__).parents[2] / "bot" / "demo" / "news"
SAMPLE_QUESTIONS = Path(__file__).parent / "sample_questions.jsonl"
NOW = datetime(2026, 4, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Indexed:
    """A searcher, and how to ask it."""

    searcher: Searcher

    def ask(self, text: str, **filters: object) -> Answer:
        return answer(Question(text, asked_at=NOW, **filters), self.searcher)


@dataclass(frozen=True)
class Evaluated:
    """Judged questions, and what was said to them."""

    questions: Sequence[JudgedQuestion]
    run: Run

    def figures(self) -> dict[str, float]:
        return figures_of(outcomes_of(self.questions, self.run.replies, self.run.relevant))


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


@contextmanager
def _unmeasured() -> Iterator[None]:
    """Run nothing under coverage: thousands of questions run no line that one does not run."""
    measuring = Coverage.current()
    if measuring is None:
        yield
        return
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()


@pytest.fixture(scope="session")
def evaluate(index_news) -> Callable[[Path, Path], Evaluated]:
    def evaluated(corpus: Path, questions: Path) -> Evaluated:
        judged = read_questions(questions)
        with _unmeasured():
            return Evaluated(judged, ask_all(judged, index_news(corpus).searcher, NOW))

    return evaluated


@pytest.fixture(scope="session")
def sample(evaluate) -> Evaluated:
    return evaluate(SAMPLE_NEWS, SAMPLE_QUESTIONS)
