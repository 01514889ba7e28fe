"""A data directory for operators to keep: some news, and what the bot remembers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bot.storage.memory import Memory
from index import NewsIndex
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.news_folder import BRIDGE, FERRY, write

if TYPE_CHECKING:
    from pathlib import Path

    from index import Passage


async def store(data_dir: Path, folder: Path, **articles: str) -> None:
    """Index some articles, in place of those of an earlier call."""
    write(folder, "news.jsonl", **articles or {"bridge": BRIDGE, "ferry": FERRY})
    async with await NewsIndex.open(data_dir) as news, await Memory.open(data_dir):
        await news.ingest([folder])
        await news.settled()


async def whole(data_dir: Path) -> list[Passage]:
    """Return what is stored, once it is found to agree."""
    async with await NewsIndex.open(data_dir) as news:
        return await assert_finds_what_is_stored(news)


async def article_ids(data_dir: Path) -> set[str]:
    return {passage.article.id for passage in await whole(data_dir)}


def execute(path: Path, *statements: str) -> None:
    """Do to a database what no part of the program does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def damage(path: Path) -> None:
    """Overwrite a page in the middle of a database with nonsense."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    page = len(data) // 4096 // 2 * 4096
    data[page : page + 4096] = b"\xa5" * 4096
    path.write_bytes(data)
