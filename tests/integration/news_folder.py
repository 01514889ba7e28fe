"""A folder of articles for tests to write, and what an index run made of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from index import NewsIndex, Query

if TYPE_CHECKING:
    from pathlib import Path

    from index import IndexReport

BRIDGE = "The Lantern Bridge was closed on Tuesday after a crack was found in its bearing. " * 3
FERRY = "A ferry will carry people across the Pell from Thursday, the harbour master said. " * 3


def write(folder: Path, name: str, **articles: str) -> Path:
    path = folder / name
    lines = [json.dumps({"id": key, "title": key, "text": text}) for key, text in articles.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def counts(report: IndexReport) -> tuple[int, int, int, int, int]:
    run = report.run
    return (
        run.added_count,
        run.changed_count,
        run.removed_count,
        run.unchanged_count,
        run.refused_count,
    )


async def found(news: NewsIndex, words: str) -> set[str]:
    return {hit.passage.article.id for hit in await news.search(Query(words), 10)}
