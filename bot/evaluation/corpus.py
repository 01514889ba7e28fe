"""The articles that are asked: a data directory as it is, or files indexed for the moment.

Knows no questions.
"""

from __future__ import annotations

import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.evaluation.beir import is_beir_corpus, write_as_news
from index import NewsIndex, PullquoteError, Searcher
from index.analysis.analyzer import Analyzer
from index.engines.memory import engine_over

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from index import IndexProgress, KernelLoader, Passage

    ProgressShown = Callable[[], AbstractContextManager[Callable[[IndexProgress], None]]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles that can be asked. `refusals` say what of their files could not be read."""

    searcher: Searcher
    refusals: Sequence[str]
    news: NewsIndex
    before: datetime | None

    async def passages(self) -> list[Passage]:
        """Return every passage that is searched."""
        return await _passages(self.news, self.before)


@asynccontextmanager
async def indexed_for_now(
    path: Path,
    before: datetime | None,
    kernel: KernelLoader,
    progress_shown: ProgressShown,
) -> AsyncIterator[Corpus]:
    """Index files in a temporary place; a BEIR corpus is one too. Raises PullquoteError.

    `progress_shown` shows progress while articles are read, and no longer.
    """
    async with AsyncExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pullquote-")))
        if is_beir_corpus(path):
            write_as_news(path, place / "articles.jsonl")
            path = place / "articles.jsonl"
        news = await NewsIndex.open(
            place / "data", searchable=before is None, kernel=kernel.current
        )
        await stack.enter_async_context(news)
        with progress_shown() as on_progress:
            report = await news.ingest([path], on_progress=on_progress)
        if not (report.run.added_count or report.run.changed_count):
            reason = f" ({report.refusals[0]})" if report.refusals else ""
            raise PullquoteError(f"{path} holds no article{reason}; name articles to be asked.")
        searcher = await _searcher(news, before, kernel)
        yield Corpus(searcher, [str(refusal) for refusal in report.refusals], news, before)


@asynccontextmanager
async def kept_in(
    data_dir: Path, before: datetime | None, kernel: KernelLoader
) -> AsyncIterator[Corpus]:
    """Ask the news of a data directory, which stays as it is. Raises PullquoteError."""
    if not NewsIndex.is_in(data_dir):
        raise PullquoteError(
            f"There is no news in {data_dir}; index some, or name articles with --corpus."
        )
    async with await NewsIndex.open(
        data_dir, searchable=before is None, kernel=kernel.current
    ) as news:
        yield Corpus(await _searcher(news, before, kernel), (), news, before)


async def _searcher(news: NewsIndex, before: datetime | None, kernel: KernelLoader) -> Searcher:
    if before is None:
        return news.searcher
    # an index of its own, so that the words of later articles do not count either
    passages = await _passages(news, before)
    if not passages:
        raise PullquoteError(
            f"No article was published before {before:%Y-%m-%d}; choose a later day for --before."
        )
    analyzer = Analyzer()
    return Searcher(engine_over(passages, analyzer, kernel=kernel.current), analyzer)


async def _passages(news: NewsIndex, before: datetime | None) -> list[Passage]:
    passages = await news.passages()
    return passages if before is None else [each for each in passages if _was_out(each, before)]


def _was_out(passage: Passage, moment: datetime) -> bool:
    published = passage.article.published
    return published is not None and published.at < moment and published.until <= moment
