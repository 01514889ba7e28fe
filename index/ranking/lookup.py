"""Terms of a segment by how they begin and how long they are, without going through all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.ranking.segment import PREFIX_BYTES, encoded_term, prefix_of

if TYPE_CHECKING:
    from index.ranking.arrays import Array
    from index.ranking.segment import Segment

_BYTE = np.uint64(255)


def terms_like(segment: Segment, beginning: str, shortest: int, longest: int) -> list[str]:
    """Return the terms that begin with a letter and have `shortest` to `longest` bytes."""
    first, last = _range(segment, encoded_term(beginning))
    prefixes = segment.arrays.prefixes[first:last]
    starts = segment.arrays.tail_starts[first : last + 1].astype(np.int64)
    tails = starts[1:] - starts[:-1]
    fits = _has_at_least(prefixes, tails, shortest) & ~_has_at_least(prefixes, tails, longest + 1)
    numbers = np.flatnonzero(fits)
    heads = prefixes[numbers].astype(">u8").tobytes()
    bounds = zip(starts[numbers].tolist(), starts[numbers + 1].tolist(), strict=True)
    rest = segment.arrays.tails
    return [
        (heads[8 * n : 8 * n + 8].rstrip(b"\0") + (rest[a:b].tobytes() if a < b else b"")).decode(
            "utf-8", "surrogatepass"
        )
        for n, (a, b) in enumerate(bounds)
    ]


def _range(segment: Segment, beginning: bytes) -> tuple[int, int]:
    """Return where the terms stand that begin with some bytes."""
    low = prefix_of(beginning)
    high = low + (1 << 8 * (PREFIX_BYTES - len(beginning)))
    first, last = segment.arrays.prefixes.searchsorted(np.array([low, high], np.uint64)).tolist()
    return first, last


def _has_at_least(prefixes: Array, tails: Array, count: int) -> Array:
    """Mark the terms of at least so many bytes; a term holds no zero byte."""
    if count > PREFIX_BYTES:
        return np.greater_equal(tails, count - PREFIX_BYTES)
    marks: Array = ((prefixes >> np.uint64(8 * (PREFIX_BYTES - count))) & _BYTE) != 0
    return marks
