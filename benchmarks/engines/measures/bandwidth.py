"""How fast one core reads memory in sequence: the limit of anything that reads its postings."""

from __future__ import annotations

import time

import numpy as np

_BYTES = 1 << 30  # more than any cache holds
_REPEATS = 5


def gigabytes_a_second() -> float:
    """Return the best of some readings by NumPy, whose loop does nothing but read."""
    numbers = np.ones(_BYTES // 8, np.uint64)
    best = 0.0
    for _ in range(_REPEATS):
        began = time.perf_counter()
        np.bitwise_or.reduce(numbers)
        best = max(best, _BYTES / (time.perf_counter() - began) / 1e9)
    return best
