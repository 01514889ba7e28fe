"""Corpora of the judged sets, or parts of them, indexed in a folder and searched from there."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Self

from index import NewsIndex
from index.engines.kernel_loading import KernelLoader

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.training.sets import Material
    from index.searcher import Searcher


class Corpora:
    """Indexes every corpus once, at its first use. Close it to close them all."""

    def __init__(self, material: Material, folder: Path):
        self._material = material
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._open: dict[str, NewsIndex] = {}
        self._kernel = KernelLoader()
        self._kernel.load()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for news in self._open.values():
            self._loop.run_until_complete(news.close())
        self._loop.close()

    def searcher(self, corpus: str, keeps: frozenset[str] | None) -> Searcher:
        """Return a searcher over the articles of a corpus that are kept."""
        chosen = hashlib.sha256(" ".join(sorted(keeps or ())).encode()).hexdigest()[:12]
        name = f"{corpus}-{chosen if keeps is not None else 'all'}"
        if name not in self._open:
            self._open[name] = self._loop.run_until_complete(self._opened(name, corpus, keeps))
        return self._open[name].searcher

    async def _opened(self, name: str, corpus: str, keeps: frozenset[str] | None) -> NewsIndex:
        data_dir, done = self._folder / name, self._folder / f"{name}.done"
        news = await NewsIndex.open(data_dir, kernel=self._kernel.current)
        if not done.exists():
            file = self._folder / f"{name}.jsonl"
            articles = self._material.articles(corpus)
            kept = (json.dumps(a) for a in articles if keeps is None or a["id"] in keeps)
            file.write_text("\n".join(kept), encoding="utf-8")
            await news.ingest([file])
            await news.settled()
            file.unlink()
            done.touch()
        return news
