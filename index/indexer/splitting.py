"""Splitting articles into passages: most of an index run's computing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis.passages import split_passages
from index.indexer.working import Batch
from index.storage.rows import SplitArticle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from typing import TypeAlias

    from index.indexer.working import WorkerPool
    from index.model import Article

    Spans: TypeAlias = list[tuple[int, int]]
    Work: TypeAlias = list[tuple[str, str]]

BATCH_CHARACTER_COUNT = 200_000


def split_all(articles: Sequence[tuple[str, str]]) -> list[Spans]:
    """Return the spans of the passages of each (title, text). Runs in a worker."""
    return [split_passages(text, title=title) for title, text in articles]


async def split(
    batches: AsyncIterator[list[Article]], workers: WorkerPool
) -> AsyncIterator[list[SplitArticle]]:
    """Yield each batch with its spans."""

    async def work() -> AsyncIterator[Batch[list[Article], Work]]:
        async for articles in batches:
            texts = [(article.title, article.text) for article in articles]
            yield Batch(articles, texts, sum(len(text) for _, text in texts))

    async for articles, spans in workers.mapped(split_all, work()):
        yield [SplitArticle(article, found) for article, found in zip(articles, spans, strict=True)]
