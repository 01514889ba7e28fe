"""A process that follows an index and writes down all that it finds, for a test to judge later."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

from index import KernelLoader, NewsIndex, Query
from tests.integration.editions import edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index import Hit


def watch_for_ever(data_dir: Path, diary: Path, *, is_compiled: bool) -> None:
    """Take up what is new, search, write down what was found; again and again."""
    asyncio.run(_watch_for_ever(data_dir, diary, is_compiled=is_compiled))


async def _watch_for_ever(data_dir: Path, diary: Path, *, is_compiled: bool) -> None:
    kernel = KernelLoader()
    if is_compiled:
        kernel.start()
    with diary.open("w", encoding="utf-8", buffering=1) as lines:
        async with await NewsIndex.open(data_dir, kernel=kernel.current) as news:
            while True:
                began = time.monotonic()
                await news.refresh()
                hits = await news.search(Query("edition"), 1000)
                ended = time.monotonic()
                lines.write(json.dumps([began, ended, _seen(hits)]) + "\n")
                await asyncio.sleep(0.005)


def _seen(hits: Iterable[Hit]) -> dict[str, tuple[int, int]]:
    """Return the edition and the number of passages of each article; it is of one edition only."""
    seen: dict[str, tuple[int, int]] = {}
    for hit in hits:
        name, edition = hit.passage.article.id, edition_of(hit.passage.text)
        before, count = seen.get(name, (edition, 0))
        if before != edition:
            raise AssertionError(f"{name} is found in the editions {before} and {edition}")
        seen[name] = edition, count + 1
    return seen
