"""Small passages, segments of them, and what a search of them must find, told in plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.ranking.arrays import UNDATED
from index.ranking.assembling import assembled
from index.ranking.building import KEYS_AT_ONCE, Origin, SegmentBuilder
from index.ranking.formula import Formula
from index.ranking.layout import Postings, lay_out
from index.ranking.passages import PassageColumns
from index.ranking.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.ranking.arrays import Array
    from index.ranking.formula import Model
    from index.ranking.segment import Segment


class Known(NamedTuple):
    """A passage as the tests know it. Its article has its own id as its number."""

    id: int
    terms: tuple[str, ...]
    time: int = UNDATED
    is_day: bool = False
    publisher: str = ""

    @property
    def place(self) -> tuple[bool, int, int]:
        """What passages of one score stand by."""
        return self.time == UNDATED, -self.time, self.id


def built(passages: Iterable[Known], keys_at_once: int = KEYS_AT_ONCE) -> Segment:
    builder = SegmentBuilder()
    for each in passages:
        origin = Origin(each.id, each.id, each.time, each.is_day, each.publisher)
        builder.add(origin, [each.terms])
    return builder.build(keys_at_once=keys_at_once)


def segment_of(
    terms: Array,
    positions: Array,
    frequencies: Array,
    lengths: Array,
    times: Array | None = None,
) -> Segment:
    """Make a segment of passages 0, 1, … and terms "00000000", …, all of which must be held.

    Times must descend; without them, the passages are undated.
    """
    count = len(lengths)
    zeros = np.zeros(count, np.int64)
    ids = np.arange(count, dtype=np.int64)
    columns = PassageColumns(
        ids, ids, zeros + UNDATED if times is None else times, zeros, zeros, lengths
    )
    names = [f"{number:08}".encode() for number in range(int(terms.max()) + 1)]
    laid_out = lay_out([Postings(terms, positions, frequencies)], len(names))
    return assembled([laid_out], Vocabulary.of(names)[0], columns, [""])


class Library:
    """rank_bm25 over some passages, made anew for them; what it says of a query."""

    def __init__(self, passages: Sequence[Known], model: Model):
        self.passages = passages
        documents = [each.terms for each in passages]
        # it divides by zero where there are no terms at all
        self.bm25 = model.value(documents) if any(documents) else None

    def scores(self, query: Sequence[str]) -> dict[int, float]:
        """Return the scores of all passages that hold a term of the query."""
        if self.bm25 is None:
            return {}
        scores = self.bm25.get_scores(query).tolist()
        return {
            each.id: score
            for each, score in zip(self.passages, scores, strict=True)
            if not set(query).isdisjoint(each.terms)
        }


def in_order(
    passages: Sequence[Known], weights: Mapping[str, float], model: Model
) -> list[tuple[float, Known]]:
    """Return what holds a term, best first, with scores without delta, exact to the last bit."""
    formula = Formula.of(model)
    average = sum(len(each.terms) for each in passages) / (len(passages) or 1)
    scored = []
    for each in passages:
        if not weights.keys() & set(each.terms):
            continue
        norm = formula.k1 * (1 - formula.b + formula.b * len(each.terms) / average)
        score = 0.0
        for term, weight in weights.items():
            frequency = each.terms.count(term)
            score += weight * (frequency * (formula.k1 + 1.0) / (frequency + norm))
        scored.append((score, each))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].place))
