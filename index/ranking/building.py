"""Lists of terms to a segment, in memory. Knows no text.

What is added is only numbered; everything else is one sort of (term, position) at the end. Build
segments of some ten thousand passages, and merge those: that bounds what a sort needs.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import count, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from index.ranking.arrays import MAX_LENGTH, UNDATED
from index.ranking.assembling import assembled
from index.ranking.layout import Postings, lay_out
from index.ranking.passages import PassageColumns
from index.ranking.segment import encoded_terms
from index.ranking.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ranking.arrays import Array
    from index.ranking.layout import LaidOut
    from index.ranking.segment import Segment

KEYS_AT_ONCE = 1 << 17


@dataclass(frozen=True, slots=True)
class Origin:
    """Where passages come from: `article` is its number, `first_id` the id of its first passage.

    `published` is in microseconds since 1970, UTC, or UNDATED; `is_day` says that only the day is
    known. An unknown publisher is "".
    """

    article: int
    first_id: int
    published: int = UNDATED
    is_day: bool = False
    publisher: str = ""


def _numbers() -> defaultdict[str, int]:
    """Return words to numbers from 0, in the order in which they are first asked for."""
    return defaultdict(count().__next__)


class SegmentBuilder:
    """Gathers passages; `build` makes them a segment. Not for several threads."""

    def __init__(self) -> None:
        self._terms = _numbers()
        self._publishers = _numbers()
        # unsigned, since of all kinds these take numbers the quickest
        self._tokens = array("I")
        self._lengths = array("i")
        self._ids = array("q")
        self._sizes = array("q")
        self._articles: list[tuple[int, int, bool, int]] = []

    @property
    def passage_count(self) -> int:
        """How many passages were added."""
        return len(self._lengths)

    def add(self, origin: Origin, passages: Sequence[Sequence[str]]) -> None:
        """Take passages of an article, as lists of terms; their ids follow one another.

        Raises ValueError for one of over 65,535 terms.
        """
        longest = max(map(len, passages), default=0)
        if longest > MAX_LENGTH:
            raise ValueError(f"a passage has {longest} terms, more than {MAX_LENGTH}")
        for terms in passages:
            if len(terms) > 1:
                # without a call a term, which takes longer than to look it up
                self._tokens.fromlist(list(itemgetter(*terms)(self._terms)))
            else:
                self._tokens.extend(self._terms[term] for term in terms)
        self._lengths.extend(map(len, passages))
        self._ids.extend(range(origin.first_id, origin.first_id + len(passages)))
        self._sizes.append(len(passages))
        publisher = self._publishers[origin.publisher]
        self._articles.append((origin.article, origin.published, origin.is_day, publisher))

    def build(self, *, keys_at_once: int = KEYS_AT_ONCE) -> Segment:
        """Return the segment; the builder is of no more use.

        Of about so many terms of passages at a time, postings are laid out. Raises ValueError for
        a term that holds a NUL character.
        """
        columns = self._columns()
        order = columns.publication_order()
        positions = np.empty(len(order), np.uint32)
        positions[order] = np.arange(len(order), dtype=np.uint32)
        vocabulary, ranks = Vocabulary.of(encoded_terms(self._terms))
        tokens = ranks[np.frombuffer(self._tokens, np.uint32)]
        keys = _keys(tokens, np.repeat(positions, columns.lengths))
        del tokens
        chunks = _laid_out(keys, len(ranks), keys_at_once)
        return assembled(chunks, vocabulary, columns.taken(order), list(self._publishers))

    def _columns(self) -> PassageColumns:
        sizes = np.frombuffer(self._sizes, np.int64)
        given = list(zip(*self._articles, strict=True)) or [(), (), (), ()]
        kinds = (np.int64, np.int64, np.uint8, np.uint32)
        articles, times, days, publishers = (
            np.repeat(np.array(column, kind), sizes)
            for column, kind in zip(given, kinds, strict=True)
        )
        ids = np.frombuffer(self._ids, np.int64)
        lengths = np.frombuffer(self._lengths, np.int32)
        return PassageColumns(ids, articles, times, days, publishers, lengths)


def _keys(tokens: Array, positions: Array) -> Array:
    keys = tokens.astype(np.uint64) << np.uint64(32)
    keys |= positions
    keys.sort()
    return keys


def _laid_out(keys: Array, term_count: int, at_once: int) -> list[LaidOut]:
    """Lay out sorted keys, some terms at a time, so that all stays in the processor's cache."""
    cuts = set((keys[at_once::at_once] >> np.uint64(32)).tolist())
    terms = [0, *sorted(cuts - {0}), term_count]
    places = keys.searchsorted(np.array(terms, np.uint64) << np.uint64(32)).tolist()
    bounds = zip(pairwise(terms), pairwise(places), strict=True)
    return [
        lay_out([_counted(keys[begin:end] - np.uint64(first << 32))], last - first)
        for (first, last), (begin, end) in bounds
    ]


def _counted(keys: Array) -> Postings:
    """Return each distinct key (term << 32 | position) of a sorted array, and how often it is."""
    is_first = np.empty(len(keys), np.bool_)
    is_first[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    firsts = np.flatnonzero(is_first)
    distinct = keys[firsts]
    counts = np.empty(len(firsts), np.int64)
    np.subtract(firsts[1:], firsts[:-1], out=counts[:-1])
    counts[-1:] = len(keys) - firsts[-1:]
    return Postings(
        (distinct >> np.uint64(32)).astype(np.uint32), distinct.astype(np.uint32), counts
    )
