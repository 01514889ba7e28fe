"""Runs every way over every page, page by page, so that all meet the machine in the same mood."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.extraction.shingles import Overlap, Score, strange_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.extraction.sets import KnownPage
    from benchmarks.extraction.ways import Way


@dataclass(slots=True)
class Result:
    """What has come of one way so far. `strange` are lines that are none of the story's."""

    overlaps: dict[str, Overlap] = field(default_factory=dict)
    strange: dict[str, list[str]] = field(default_factory=dict)
    line_count: int = 0
    seconds: float = 0.0

    @property
    def score(self) -> Score:
        """Means over all pages."""
        return Score.of(list(self.overlaps.values()))

    @property
    def strange_share(self) -> float:
        """The share of lines of at least four words that are not in the expected text."""
        return sum(map(len, self.strange.values())) / (self.line_count or 1)

    def take(self, page: KnownPage, text: str) -> None:
        """Count what was found on a page."""
        self.overlaps[page.name] = Overlap.of(text, page.text)
        self.strange[page.name], count = strange_lines(text.splitlines(), page.text)
        self.line_count += count


def raced(pages: Iterable[KnownPage], ways: Mapping[str, Way]) -> dict[str, Result]:
    """Run them; the first page is run once more before, since libraries load when first used."""
    results = {name: Result() for name in ways}
    for number, page in enumerate(pages):
        for name, way in ways.items():
            if number == 0:
                way(page)
            began = time.perf_counter()
            text = way(page)
            results[name].seconds += time.perf_counter() - began
            results[name].take(page, text)
    return results
