"""BM25 over lists of terms, by the rank_bm25 library. Knows no text, article or filter.

Documents (in the field's sense: what is scored) are named by their position, from 0.

Two models of rank_bm25 are offered, both with k1 = 1.5 and b = 0.75:
Okapi (Trotman, Puurula and Burgess 2014, "Improvements to BM25 and Language Models Examined": the
ATIRE form, with idf = ln((N - n + .5) / (n + .5)) and a floor for negative values) and BM25+ (Lv
and Zhai 2011, "Lower-Bounding Term Frequency Normalization", idf = ln((N + 1) / n), delta = 1).
BM25+ is the default: in a corpus of one article a word of every second passage has an Okapi idf of
zero or less, so that the words that matter most count nothing.
"""

from __future__ import annotations

import math
from array import array
from enum import StrEnum
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


class Model(StrEnum):
    """Which of rank_bm25's formulas defines a score."""

    OKAPI = "okapi"
    PLUS = "bm25+"


class BM25:
    """Scores of documents for terms; immutable once made.

    `documents` are lists of terms. rank_bm25 divides by the number of documents and of distinct
    terms; where there is none of either, nothing is ever found.
    """

    def __init__(self, documents: Sequence[Sequence[str]], model: Model = Model.PLUS):
        self.document_count = len(documents)
        self._postings: dict[str, array[int]] = {}
        for position, terms in enumerate(documents):
            for term in dict.fromkeys(terms):
                self._postings.setdefault(term, array("q")).append(position)
        formula = BM25Plus if model is Model.PLUS else BM25Okapi
        self._formula = formula(documents) if self._postings else None

    def document_frequency(self, term: str) -> int:
        """Count the documents that hold `term`."""
        return len(self._postings.get(term, ()))

    def holding(self, terms: Sequence[str]) -> Positions:
        """Return the positions, ascending, of the documents that hold at least one of `terms`."""
        runs = [np.frombuffer(self._postings[t], np.int64) for t in terms if t in self._postings]
        return np.unique(np.concatenate(runs)) if runs else np.empty(0, np.int64)

    def scores(self, terms: Sequence[str], positions: Positions) -> Scores:
        """Return rank_bm25's scores of some documents, in their order.

        A term given twice counts twice. BM25+ gives a document something for every term of the
        query, held or not, so that only differences between scores say anything.
        """
        if self._formula is None or not len(positions):
            return np.zeros(len(positions))
        return np.asarray(self._formula.get_batch_scores(terms, positions.tolist()))

    def explain(self, terms: Sequence[str], position: int) -> Explanation:
        """Return the score of one document as the sum of what each term brings."""
        one = np.array([position])
        details = tuple(
            Explanation(
                float(self.scores([term], one)[0]),
                f'"{term}" ({self._frequency(term, position)} × here, '
                f"in {self.document_frequency(term)} of {self.document_count} passages)",
            )
            for term in terms
        )
        return Explanation(math.fsum(d.value for d in details), "BM25, the sum of", details)

    def _frequency(self, term: str, position: int) -> int:
        # rank_bm25 calls its per-document term frequencies `doc_freqs`
        return int(self._formula.doc_freqs[position].get(term, 0)) if self._formula else 0
