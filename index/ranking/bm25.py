"""BM25 over lists of terms, as rank_bm25 defines it. Knows no text, article or filter.

Documents (in the field's sense: what is scored) are named by their position, from 0.

Two models of rank_bm25 are offered, both with k1 = 1.5 and b = 0.75:
Okapi (Trotman, Puurula and Burgess 2014, "Improvements to BM25 and Language Models Examined": the
ATIRE form, with idf = ln((N - n + .5) / (n + .5)) and a floor for negative values) and BM25+ (Lv
and Zhai 2011, "Lower-Bounding Term Frequency Normalization", idf = ln((N + 1) / n), delta = 1).
BM25+ is the default: in a corpus of one article a word of every second passage has an Okapi idf of
zero or less, so that the words that matter most count nothing.

rank_bm25 walks every document for every term. Here its classes keep their parameters, statistics
and idf, and postings (the positions that hold a term, with its frequency there) replace the walk.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi, BM25Plus

from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    import numpy.typing as npt

    Positions: TypeAlias = npt.NDArray[np.int64]
    Scores: TypeAlias = npt.NDArray[np.float64]

_NOWHERE: tuple[array[int], array[int]] = (array("q"), array("q"))


class _Postings:
    """Stands before a rank_bm25 class and gathers postings where it would gather dictionaries."""

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        self.postings: dict[str, tuple[array[int], array[int]]] = {}
        self.doc_len = [len(terms) for terms in corpus]
        self.corpus_size = len(corpus)
        self.avgdl = sum(self.doc_len) / len(corpus)
        for position, terms in enumerate(corpus):
            for term, frequency in Counter(terms).items():
                positions, frequencies = self.postings.setdefault(term, (array("q"), array("q")))
                positions.append(position)
                frequencies.append(frequency)
        return {term: len(positions) for term, (positions, _) in self.postings.items()}


class _Okapi(_Postings, BM25Okapi):  # type: ignore[misc] # rank_bm25 has no types
    """BM25Okapi on postings."""

    absent = 0.0

    def held(self, frequencies: Scores, length_ratios: Scores) -> Scores:
        """Return what a term of idf 1 brings to documents that hold it."""
        norm: Scores = self.k1 * (1 - self.b + self.b * length_ratios)
        brought: Scores = frequencies * (self.k1 + 1) / (frequencies + norm)
        return brought


class _Plus(_Postings, BM25Plus):  # type: ignore[misc] # likewise
    """BM25Plus on postings; a term brings `delta` to documents that lack it, too."""

    @property
    def absent(self) -> float:
        """Return what a term of idf 1 brings to documents that lack it."""
        return float(self.delta)

    def held(self, frequencies: Scores, length_ratios: Scores) -> Scores:
        """Return what a term of idf 1 brings to documents that hold it."""
        norm: Scores = self.k1 * (1 - self.b + self.b * length_ratios)
        brought: Scores = self.delta + frequencies * (self.k1 + 1) / (norm + frequencies)
        return brought


class Model(Enum):
    """Which of rank_bm25's formulas defines a score."""

    OKAPI = _Okapi
    PLUS = _Plus


class BM25:
    """Scores of documents for terms; immutable once made.

    `documents` are lists of terms. rank_bm25 divides by the number of documents and of distinct
    terms; where there is none of either, nothing is ever found.
    """

    def __init__(self, documents: Sequence[Sequence[str]], model: Model = Model.PLUS):
        self.document_count = len(documents)
        self._formula = model.value(documents) if any(documents) else None
        lengths = np.array([len(terms) for terms in documents], np.float64)
        self._length_ratios = lengths / (lengths.mean() or 1.0) if any(documents) else lengths

    def document_frequency(self, term: str) -> int:
        """Count the documents that hold `term`."""
        return len(self._posting(term)[0])

    def search(self, terms: Sequence[str]) -> tuple[Positions, Scores]:
        """Return the documents that hold at least one of `terms`, ascending, with their scores.

        A term given twice counts twice. BM25+ gives a document something for every term of the
        query, held or not, so that only differences between scores say anything.
        """
        scores = np.zeros(self.document_count)
        found = np.zeros(self.document_count, np.bool_)
        if self._formula is not None:
            for term, count in Counter(terms).items():
                held, frequencies = self._arrays(term)
                idf = count * (self._formula.idf.get(term) or 0.0)
                scores += idf * self._formula.absent
                brought = self._formula.held(frequencies, self._length_ratios[held])
                scores[held] += idf * (brought - self._formula.absent)
                found[held] = True
        positions = np.flatnonzero(found)
        return positions, scores[positions]

    def explain(self, terms: Sequence[str], position: int) -> Explanation:
        """Return the score of one document as the sum of what each term brings."""
        details = tuple(self._explain_term(term, position) for term in terms)
        return Explanation(math.fsum(d.value for d in details), "BM25, the sum of", details)

    def _explain_term(self, term: str, position: int) -> Explanation:
        held, frequencies = self._arrays(term)
        at = int(np.searchsorted(held, position))
        is_held = at < len(held) and held[at] == position
        frequency = int(frequencies[at]) if is_held else 0
        brought = 0.0
        if self._formula is not None:
            ratio = self._length_ratios[position : position + 1]
            brought = self._formula.absent
            if is_held:
                brought = float(self._formula.held(frequencies[at : at + 1], ratio)[0])
            brought *= self._formula.idf.get(term) or 0.0
        return Explanation(
            brought,
            f'"{term}" ({frequency} × here, in {len(held)} of {self.document_count} passages)',
        )

    def _posting(self, term: str) -> tuple[array[int], array[int]]:
        return self._formula.postings.get(term, _NOWHERE) if self._formula else _NOWHERE

    def _arrays(self, term: str) -> tuple[Positions, Positions]:
        positions, frequencies = self._posting(term)
        return np.frombuffer(positions, np.int64), np.frombuffer(frequencies, np.int64)
