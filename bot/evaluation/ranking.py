"""Measures of one ranking: hits, reciprocal rank, nDCG. Plain functions over gains.

`gains` are the grades of what was found, in order; 0 is not relevant. The definitions are those
of trec_eval (success, recip_rank, ndcg_cut), and the tests hold them to it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def hit(gains: Sequence[int], cutoff: int) -> float:
    """Return 1 where something relevant is among the first `cutoff`, else 0."""
    return float(any(gain > 0 for gain in gains[:cutoff]))


def reciprocal_rank(gains: Sequence[int], cutoff: int) -> float:
    """Return 1 / the rank of the first that is relevant, 0 where there is none."""
    ranks = (rank for rank, gain in enumerate(gains[:cutoff], start=1) if gain > 0)
    return next((1 / rank for rank in ranks), 0.0)


def ndcg(gains: Sequence[int], all_gains: Iterable[int], cutoff: int) -> float:
    """Return the discounted gain over that of the best order of `all_gains`, all there are."""
    best = _discounted(sorted(all_gains, reverse=True)[:cutoff])
    return _discounted(gains[:cutoff]) / best if best else 0.0


def _discounted(gains: Iterable[int]) -> float:
    return math.fsum(max(gain, 0) / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
