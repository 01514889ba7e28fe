"""What holds for the terms of several segments together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.arrays import Array
    from index.ranking.part import Part


def summed_frequencies(parts: Sequence[Part]) -> Array:
    """Return in how many passages each distinct term is, for terms that are in any: int64.

    In no particular order. Takes a second for a million terms.
    """
    counts: Counter[bytes] = Counter()
    if len(parts) == 1:
        alone = parts[0].live_frequencies
        return alone[alone > 0]
    for part in parts:
        counts.update(dict(zip(part.segment.terms(), part.live_frequencies.tolist(), strict=True)))
    summed = np.fromiter(counts.values(), np.int64, len(counts))
    return summed[summed > 0]
