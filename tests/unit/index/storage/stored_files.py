"""Files of articles, for tests to store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.model import Article
from index.storage.rows import SplitArticle

if TYPE_CHECKING:
    from index.storage.article_store import ArticleStore


async def put(store: ArticleStore, path: str, **sizes: int) -> None:
    """Let a file give articles, each of some passages of one letter; none of its earlier ones."""
    async with store.update_file(path, f"{sizes}", "1", frozenset()) as update:
        for name, size in sizes.items():
            spans = [(start, start + 1) for start in range(size)]
            await update.put(SplitArticle(Article(name, "", "abcdefghij" * 500 + str(size)), spans))


async def forget(store: ArticleStore, path: str) -> None:
    await store.forget_files([(await store.files())[path].file_id])
