"""BM25 as rank_bm25 defines it: from counts to weights and scores. Knows no index.

Two models of rank_bm25 are offered, with its parameters:
Okapi (Trotman, Puurula and Burgess 2014, "Improvements to BM25 and Language Models Examined": the
ATIRE form, with idf = ln((N - n + .5) / (n + .5)), and epsilon times the average idf where that is
negative) and BM25+ (Lv and Zhai 2011, "Lower-Bounding Term Frequency Normalization",
idf = ln((N + 1) / n), and delta for every term of the query, held or not).
BM25+ is the default: in a corpus of one article a word of every second passage has an Okapi idf of
zero or less, so that the words that matter most count nothing.

Where the average idf is negative, which takes a corpus of a few passages, Okapi's scores are, too;
so they are in rank_bm25. What is found is still only what holds a term of the query.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from functools import cache
from inspect import signature
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np
from rank_bm25 import BM25Okapi, BM25Plus

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.ranking.arrays import Array

    Number = TypeVar("Number", float, Array)


class Model(Enum):
    """Which of rank_bm25's formulas defines a score."""

    OKAPI = BM25Okapi
    PLUS = BM25Plus


@dataclass(frozen=True, slots=True)
class Formula:
    """A model with its parameters. `epsilon` is of Okapi alone; `delta` is 0 there."""

    model: Model
    k1: float
    b: float
    epsilon: float
    delta: float

    @classmethod
    @cache
    def of(cls, model: Model) -> Self:
        """Return the model with the library's own parameters."""
        defaults = {
            name: parameter.default
            for name, parameter in signature(model.value.__init__).parameters.items()
        }
        return cls(
            model,
            float(defaults["k1"]),
            float(defaults["b"]),
            float(defaults.get("epsilon", 0.0)),
            float(defaults.get("delta", 0.0)),
        )

    def idf(self, frequency: int, passage_count: int, average_idf: Callable[[], float]) -> float:
        """Return what a term tells that `frequency` of the passages hold, at least one.

        `average_idf` is asked only where Okapi's idf is negative.
        """
        if self.model is Model.PLUS:
            return math.log((passage_count + 1) / frequency)
        idf = okapi_idf(frequency, passage_count)
        return idf if idf >= 0 else self.epsilon * average_idf()

    def norms(self, longest: int, average_length: float) -> Array:
        """Return how much each length, from 0 to `longest`, dampens frequencies: float64."""
        lengths = np.arange(longest + 1)
        norms: Array = self.k1 * (1 - self.b + self.b * lengths / average_length)
        return norms

    def part(self, frequency: Number, norm: Number) -> Number:
        """Return what a term of weight 1 brings a passage that holds it, beyond `delta`."""
        brought: Number = frequency * (self.k1 + 1.0) / (frequency + norm)
        return brought


def okapi_idf(frequency: int, passage_count: int) -> float:
    """Return Okapi's idf before its floor."""
    return math.log(passage_count - frequency + 0.5) - math.log(frequency + 0.5)


def average_okapi_idf(frequencies: Array, passage_count: int) -> float:
    """Return the mean idf, before the floor, over all terms, given in how many passages each is.

    Computed from the histogram: few of the frequencies are different.
    """
    counts = np.bincount(frequencies)
    distinct = np.flatnonzero(counts)
    distinct = distinct[distinct > 0]
    idfs = np.log(passage_count - distinct + 0.5) - np.log(distinct + 0.5)
    return float((counts[distinct] * idfs).sum() / counts[distinct].sum())
