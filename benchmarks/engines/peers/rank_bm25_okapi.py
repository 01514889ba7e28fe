"""rank-bm25: the definition of the score, which walks over every passage for every term."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from benchmarks.engines.peers.versions import installed_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed


class RankBM25:
    """BM25Okapi as it comes."""

    name: ClassVar[str] = "rank-bm25"
    largest: ClassVar[int | None] = 100_000
    model: ClassVar[str] = "BM25Okapi"
    is_exact: ClassVar[bool] = True

    @classmethod
    def version(cls) -> str | None:
        """Return the version of rank-bm25."""
        return installed_version("rank-bm25")

    def build(self, feed: Feed, directory: Path) -> None:  # noqa: ARG002 # it has no files
        """Count the terms of all passages."""
        from rank_bm25 import BM25Okapi

        self._ranking = BM25Okapi(list(feed.term_lists()))

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Choose the best of all scores."""
        scores = self._ranking.get_scores(terms)
        best = np.argpartition(-scores, k - 1)[:k]
        best = best[np.argsort(-scores[best], kind="stable")]
        return [(i, score) for i in best.tolist() if (score := float(scores[i])) > 0]
