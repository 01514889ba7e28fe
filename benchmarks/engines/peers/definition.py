"""The reference as an engine: exact, by NumPy alone, over all passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from benchmarks.engines.reference import Model, Reference, best_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed
    from benchmarks.engines.reference import Hits


class Definition:
    """Shows what the harness itself makes of an exact engine; no peer."""

    name: ClassVar[str] = "reference"
    largest: ClassVar[int | None] = 1_000_000
    model: ClassVar[str] = "BM25Okapi"
    is_exact: ClassVar[bool] = True

    @classmethod
    def version(cls) -> str | None:
        """Return the version of NumPy."""
        return np.__version__

    def build(self, feed: Feed, directory: Path) -> None:  # noqa: ARG002 # it has no files
        """Sort the postings."""
        self._reference = Reference(feed.corpus)
        self._days = feed.corpus.days

    def search(self, terms: Sequence[str], k: int) -> Hits:
        """Choose the best of all scores."""
        return self._reference.best(terms, k, Model.OKAPI)

    def search_between(self, terms: Sequence[str], k: int, first_day: int, last_day: int) -> Hits:
        """Choose the best of the scores of these days."""
        scores = self._reference.scores(terms, Model.OKAPI)
        scores[(self._days < first_day) | (self._days > last_day)] = -np.inf
        return best_of(scores, k)
