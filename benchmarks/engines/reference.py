"""The right answers: rank_bm25's two models, computed exactly and without haste by NumPy.

Okapi: idf = ln(N - n + .5) - ln(n + .5), negative ones replaced by a quarter of the average idf.
BM25+: idf = ln((N + 1) / n), and delta = 1. Both with k1 = 1.5 and b = .75. A term given twice
counts twice. Only passages that hold a term of the query are found.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from benchmarks.engines.corpus import Corpus

    Hits = Sequence[tuple[int, float]]
    Scores = npt.NDArray[np.float64]

K1, B, DELTA, EPSILON = 1.5, 0.75, 1.0, 0.25
_SCORE_TOLERANCE = 1e-6


class Model(Enum):
    """Which of rank_bm25's formulas defines a score."""

    OKAPI = "BM25Okapi"
    PLUS = "BM25Plus"


@dataclass(frozen=True)
class Postings:
    """Which passages hold a term, and how often: `[starts[t]:starts[t + 1]]` of both arrays."""

    starts: npt.NDArray[np.int64]
    passages: npt.NDArray[np.int32]
    frequencies: npt.NDArray[np.int32]

    @classmethod
    def of(cls, corpus: Corpus) -> Postings:
        """Sort the pairs of term and passage."""
        owners = np.repeat(np.arange(corpus.passage_count), np.diff(corpus.offsets))
        pairs = corpus.term_ids.astype(np.int64) << 32
        pairs |= owners
        pairs.sort()
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        frequencies = np.diff(firsts, append=len(pairs)).astype(np.int32)
        pairs = pairs[firsts]
        starts = np.searchsorted(pairs >> 32, np.arange(len(corpus.words) + 1))
        return cls(starts, (pairs & 0xFFFFFFFF).astype(np.int32), frequencies)

    @property
    def document_frequencies(self) -> npt.NDArray[np.int64]:
        """By term, in how many passages it occurs."""
        return np.diff(self.starts)


class Reference:
    """All scores of a query, by the definition."""

    def __init__(self, corpus: Corpus, postings: Postings | None = None):
        self.postings = Postings.of(corpus) if postings is None else postings
        self._id_of = {word: i for i, word in enumerate(corpus.words)}
        lengths = np.diff(corpus.offsets)
        self._norm = K1 * (1 - B + B * lengths / lengths.mean())
        self.passage_count = corpus.passage_count
        self._idf = {model: self._idf_by(model) for model in Model}

    def touched(self, terms: Sequence[str]) -> int:
        """Count the postings of a query's terms."""
        frequencies = self.postings.document_frequencies
        return sum(int(frequencies[self._id_of[t]]) for t in set(terms) if t in self._id_of)

    def scores(self, terms: Sequence[str], model: Model) -> Scores:
        """Return the score of each passage, minus infinity for one without any of the terms."""
        scores = np.zeros(self.passage_count)
        found = np.zeros(self.passage_count, np.bool_)
        delta = DELTA if model is Model.PLUS else 0.0
        for term, count in Counter(terms).items():
            if term not in self._id_of:
                continue
            number = self._id_of[term]
            held = slice(*self.postings.starts[number : number + 2].tolist())
            passages, frequencies = self.postings.passages[held], self.postings.frequencies[held]
            weight = count * self._idf[model][number]
            saturated = frequencies * (K1 + 1) / (frequencies + self._norm[passages])
            scores += weight * delta
            scores[passages] += weight * saturated
            found[passages] = True
        scores[~found] = -np.inf
        return scores

    def best(self, terms: Sequence[str], k: int, model: Model = Model.OKAPI) -> Hits:
        """Return the k best passages, equal ones in the order of their numbers."""
        return best_of(self.scores(terms, model), k)

    def _idf_by(self, model: Model) -> Scores:
        held = self.postings.document_frequencies.astype(np.float64)
        present = held > 0
        held[~present] = 1.0
        if model is Model.PLUS:
            return np.log((self.passage_count + 1) / held)
        idf = np.log(self.passage_count - held + 0.5) - np.log(held + 0.5)
        idf[idf < 0] = EPSILON * idf[present].mean()
        return np.where(present, idf, 0.0)


def best_of(scores: Scores, k: int) -> Hits:
    """Return the k best of all scores, equal ones in the order of their numbers."""
    found = np.flatnonzero(scores > -np.inf)
    if len(found) > k:
        threshold = np.partition(scores[found], -k)[-k]
        found = found[scores[found] >= threshold]
    best = found[np.argsort(-scores[found], kind="stable")][:k]
    return list(zip(best.tolist(), scores[best].tolist(), strict=True))


def overlap(hits: Hits, scores: Scores, k: int) -> float:
    """Return the share of the k best that were found; any of equal ones is right."""
    best = best_of(scores, k)
    if not best:
        return float(not hits)
    lowest = best[-1][1] - _SCORE_TOLERANCE
    right = sum(bool(scores[passage] >= lowest) for passage, _ in hits[:k])
    return right / len(best)


def largest_difference(hits: Hits, scores: Scores) -> float:
    """Return how far a score is from the definition's at most."""
    return max((abs(score - float(scores[passage])) for passage, score in hits), default=0.0)


def fault_of(hits: Hits, k: int, passage_count: int) -> str | None:
    """Say what is wrong with a list of hits as such, if anything is."""
    numbers = [passage for passage, _ in hits]
    scores = [score for _, score in hits]
    if len(hits) > k:
        return f"{len(hits)} hits where {k} were asked for"
    if len(set(numbers)) < len(numbers):
        return "the same passage twice"
    if not all(0 <= number < passage_count for number in numbers):
        return "a passage that does not exist"
    if scores != sorted(scores, reverse=True):
        return "a better score after a worse one"
    return None
