"""bm25s with its numba backend: scores computed when the index is built, summed up by numba."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from benchmarks.engines.peers.versions import installed_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed

_DAYS = "days.npy"


class BM25SNumba:
    """bm25s, given the ids of the terms and the vocabulary: its quickest input."""

    name: ClassVar[str] = "bm25s-numba"
    largest: ClassVar[int | None] = 1_000_000
    model: ClassVar[str] = "BM25Okapi"
    is_exact: ClassVar[bool] = False

    @classmethod
    def version(cls) -> str | None:
        """Return the version of bm25s."""
        return installed_version("bm25s", "numba")

    def build(self, feed: Feed, directory: Path) -> None:
        """Index and save."""
        from bm25s import BM25

        ranking = BM25(method="lucene", k1=1.5, b=0.75, backend="numba", csc_backend="numpy")
        vocabulary = {word: number for number, word in enumerate(feed.corpus.words)}
        ranking.index((list(feed.id_lists()), vocabulary), show_progress=False)
        ranking.save(str(directory), show_progress=False)
        np.save(directory / _DAYS, feed.corpus.days)

    def open(self, directory: Path) -> None:
        """Load into memory."""
        from bm25s import BM25

        self._ranking = BM25.load(str(directory), load_corpus=False)
        self._ranking.backend = "numba"
        self._ranking.activate_numba_scorer()
        self._days = np.load(directory / _DAYS)

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Retrieve for a batch of one."""
        return self._search(terms, k)

    def search_between(
        self, terms: Sequence[str], k: int, first_day: int, last_day: int
    ) -> list[tuple[int, float]]:
        """Weigh all other passages with nothing."""
        mask = np.zeros(len(self._days), np.float32)
        mask[slice(*np.searchsorted(self._days, np.array([first_day, last_day + 1], np.int32)))] = 1
        return self._search(terms, k, weight_mask=mask)

    def _search(self, terms: Sequence[str], k: int, **options: Any) -> list[tuple[int, float]]:
        numbers, scores = self._ranking.retrieve(
            [list(terms)],
            k=k,
            show_progress=False,
            n_threads=0,
            backend_selection="numba",
            **options,
        )
        hits = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
        return [(number, score) for number, score in hits if score > 0]
