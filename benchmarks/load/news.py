"""News in a folder, in many files, some of which change before each index run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.engines.articles import read_lines
from index import NewsIndex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE_COUNT = 50


class ChangingNews:
    """A corpus of JSON lines, spread over the files of a folder."""

    def __init__(self, corpus: Path, folder: Path):
        self._folder = folder
        self._articles = list(read_lines(corpus))
        self._change_count = 0
        for number in range(_FILE_COUNT):
            self._write(number)

    async def index(self, data_dir: Path) -> None:
        """Index all of it."""
        async with await NewsIndex.open(data_dir) as news:
            await news.ingest([self._folder])

    def change(self) -> None:
        """Add a sentence to every article of the next file, so that an index run has work."""
        self._change_count += 1
        self._write(self._change_count % _FILE_COUNT)

    def _write(self, number: int) -> None:
        lines = (json.dumps(each) + "\n" for each in self._of_file(number))
        (self._folder / f"{number}.jsonl").write_text("".join(lines), encoding="utf-8")

    def _of_file(self, number: int) -> Iterator[dict[str, str]]:
        added = f" This was changed {self._change_count} times." if self._change_count else ""
        for article in self._articles[number::_FILE_COUNT]:
            yield article | {"text": article["text"] + added}
