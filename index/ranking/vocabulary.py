"""The terms of a segment, in the order of their UTF-8 bytes, as arrays.

Most terms have at most eight bytes, and are a number then, so that those of several segments are
put together by sorting numbers. Knows no postings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.ranking.segment import PREFIX_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.arrays import Array
    from index.ranking.segment import Segment


class Vocabulary(NamedTuple):
    """Terms in order: their first eight bytes (uint64), and what they have beyond, joined."""

    prefixes: Array
    tail_lengths: Array
    tails: Array

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> tuple[Vocabulary, Array]:
        """Return distinct terms in order, and the places of the given ones in it (uint32).

        A term holds no NUL character: see `encoded_terms`.
        """
        # cut to so many bytes
        prefixes = np.array(terms, f"S{PREFIX_BYTES}").view(">u8").astype(np.uint64)
        order = _ordered(terms, prefixes)
        ranks = np.empty(len(terms), np.uint32)
        ranks[order] = np.arange(len(terms), dtype=np.uint32)
        lengths = np.fromiter(map(len, terms), np.int64, len(terms))[order]
        lengths = np.maximum(lengths - PREFIX_BYTES, 0)
        long = order[lengths > 0].tolist()
        tails = b"".join([terms[number][PREFIX_BYTES:] for number in long])
        return cls(prefixes[order], lengths, np.frombuffer(tails, np.uint8)), ranks

    @classmethod
    def merged(cls, segments: Sequence[Segment]) -> tuple[Vocabulary, list[Array]]:
        """Return all terms of some segments, and the places in it of each segment's (uint32)."""
        prefixes = np.concatenate([segment.arrays.prefixes for segment in segments])
        starts = [segment.arrays.tail_starts.astype(np.int64) for segment in segments]
        is_long = np.concatenate([each[1:] > each[:-1] for each in starts])
        short, short_places = np.unique(prefixes[~is_long], return_inverse=True)
        given = [term for segment in segments for term in segment.long_terms()]
        long = sorted(set(given))
        long_prefixes = np.array([term[:PREFIX_BYTES] for term in long], f"S{PREFIX_BYTES}")
        long_prefixes = long_prefixes.view(">u8").astype(np.uint64)
        # a term of eight bytes stands before those that go on from there
        of_short = np.arange(len(short)) + long_prefixes.searchsorted(short)
        of_long = np.arange(len(long)) + short.searchsorted(long_prefixes, side="right")
        place = dict(zip(long, of_long.tolist(), strict=True))
        ranks = np.empty(len(prefixes), np.uint32)
        ranks[~is_long] = of_short[short_places]
        ranks[is_long] = np.fromiter(map(place.__getitem__, given), np.uint32, len(given))
        merged, lengths = (
            np.empty(len(short) + len(long), np.uint64),
            np.zeros(len(short) + len(long), np.int64),
        )
        merged[of_short], merged[of_long] = short, long_prefixes
        lengths[of_long] = np.fromiter(map(len, long), np.int64, len(long)) - PREFIX_BYTES
        tails = b"".join(term[PREFIX_BYTES:] for term in long)
        ends = np.cumsum([segment.term_count for segment in segments])[:-1]
        return cls(merged, lengths, np.frombuffer(tails, np.uint8)), np.split(ranks, ends)

    def kept(self, keep: Array) -> Vocabulary:
        """Return the terms that are marked."""
        if keep.all():
            return self
        tails = self.tails[np.repeat(keep, self.tail_lengths)]
        return Vocabulary(self.prefixes[keep], self.tail_lengths[keep], tails)


def _ordered(terms: Sequence[bytes], prefixes: Array) -> Array:
    """Return the places of terms in their order: by prefix, and what shares one by all bytes."""
    order = np.argsort(prefixes, kind="stable")
    ordered = prefixes[order]
    is_same = np.zeros(len(terms) + 1, np.bool_)
    is_same[1:-1] = ordered[1:] == ordered[:-1]
    begins = np.flatnonzero(~is_same[:-1] & is_same[1:])
    ends = np.flatnonzero(is_same[:-1] & ~is_same[1:]) + 1
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        order[begin:end] = sorted(order[begin:end].tolist(), key=terms.__getitem__)
    return order
