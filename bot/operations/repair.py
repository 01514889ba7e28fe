"""`verify --repair`: what was found wrong is made anew from what is right; the articles are it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.operations.data_files import MEMORY, NEWS
from bot.operations.verification import Remedy, verify
from bot.storage.memory import Memory
from index.analysis.passages import split_passages
from index.news_index import NewsIndex
from index.storage.database_files import mend_indexes
from index.storage.passage_spans import split_anew

if TYPE_CHECKING:
    from pathlib import Path

    from bot.operations.verification import Verification


_MOST_ROUNDS = 3


async def repaired(
    data_dir: Path, before: Verification, *, with_terms: bool = False
) -> Verification:
    """Mend what a program can, and return what is still wrong.

    Others may read meanwhile. Raises IndexingInProgressError where somebody writes, StorageError.
    """
    found = before
    # a store that can be read again may show what is wrong behind it
    for _ in range(_MOST_ROUNDS):
        if all(finding.remedy.is_for_a_person for finding in found.findings):
            break
        await _mend(data_dir, found)
        found = await verify(data_dir, with_terms=with_terms)
    return found


async def _mend(data_dir: Path, found: Verification) -> None:
    remedies = {finding.remedy for finding in found.findings}
    for name in {f.place for f in found.findings if f.remedy is Remedy.REINDEX}:
        await asyncio.to_thread(mend_indexes, data_dir / name)
    if any(f.place == MEMORY.name and f.remedy is Remedy.MIGRATE for f in found.findings):
        await (await Memory.open(data_dir)).close()
    is_readable = not any(
        f.place == NEWS.name and (f.remedy.is_for_a_person or f.remedy is Remedy.REINDEX)
        for f in found.findings
    )
    if is_readable and remedies & {Remedy.MIGRATE, Remedy.SPLIT, Remedy.REBUILD}:
        await _mend_corpus(data_dir, found)


async def _mend_corpus(data_dir: Path, found: Verification) -> None:
    async with AsyncExitStack() as stack:
        news = await stack.enter_async_context(await NewsIndex.open(data_dir, searchable=False))
        for finding in found.findings:
            if finding.remedy is Remedy.SPLIT and finding.article is not None:
                await split_anew(news.database, finding.article, _split)
        if any(finding.remedy is not Remedy.MIGRATE for finding in found.findings):
            await news.rebuild()
            await news.settled()


def _split(title: str, text: str) -> list[tuple[int, int]]:
    return split_passages(text, title=title)
