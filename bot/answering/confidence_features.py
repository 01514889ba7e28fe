"""What is measured of a question and all that was found for it: is it answered? Weighs nothing.

How new the articles are is not asked: a question about old news is answered by old news.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bot.answering import passage_features, sentence_features

if TYPE_CHECKING:
    import numpy.typing as npt

    from bot.answering.asked import Asked

    Floats = npt.NDArray[np.float64]

LOOKED_AT_COUNT = 10
_LEAST_CHANCE = 1e-4


class ConfidenceFeatures(NamedTuple):
    """Numbers about a question; most are the greatest among the best passages or sentences."""

    whole_coverage: float
    coverage: float
    sentence_coverage: float
    derived_coverage: float
    clause: float
    in_order: float
    near: float
    closeness: float
    rarest: float
    names: float
    numbers: float
    publisher: float
    best_chance: float
    second_chance: float
    third_chance: float
    all_chances: float
    term_count: float
    passage_count: float
    covered_terms: float
    expected: float


DESCRIPTIONS = {
    "whole_coverage": "of the question is in one passage, its title or its publisher",
    "coverage": "of the question is in the words of one passage",
    "sentence_coverage": "of the question is in one sentence",
    "derived_coverage": "of the question is in one sentence, its title or other forms of its words",
    "clause": "of the question is covered by its best clause",
    "in_order": "of the question's pairs of words stand in order somewhere",
    "near": "of the question's pairs of words stand near each other somewhere",
    "closeness": "of the question stands close together somewhere",
    "rarest": "of the weight of the question's rarest word is held",
    "names": "of the question's names are in one passage",
    "numbers": "of the question's numbers are in one passage",
    "publisher": "what was found has an article of a publisher that the question names",
    "best_chance": "log odds of the sentence most likely to answer",
    "second_chance": "log odds of the second",
    "third_chance": "log odds of the third",
    "all_chances": "how many answering sentences are expected in all",
    "term_count": "logarithm of the number of the question's words",
    "passage_count": "logarithm of the number of passages there are",
    "covered_terms": "the question's words times what is covered of them",
    "expected": "the best sentence holds the kind of words asked for",
}

NAMES = ConfidenceFeatures._fields

_P = passage_features.NAMES.index
_S = sentence_features.NAMES.index


def confidence_features(
    passages: Floats, sentences: Floats, chances: Floats, asked: Asked, passage_count: int
) -> Floats:
    """Return one row, the columns being `NAMES`.

    `passages` are the features of the passages, best first; `sentences` and `chances` those of the
    sentences of the best ones, and how likely each is to answer, in [0, 1].
    """
    best = passages[:LOOKED_AT_COUNT].max(axis=0)
    of_sentences = sentences.max(axis=0)
    likely = np.sort(np.r_[chances, 0.0, 0.0, 0.0])[::-1]
    first, second, third = (_log_odds(float(chance)) for chance in likely[:3])
    term_count = math.log1p(len(asked.weights))
    whole = float(best[_P("whole_coverage")])
    row = ConfidenceFeatures(
        whole_coverage=whole,
        coverage=best[_P("coverage")],
        sentence_coverage=of_sentences[_S("coverage")],
        derived_coverage=of_sentences[_S("whole_coverage")],
        clause=best[_P("clause")],
        in_order=best[_P("in_order")],
        near=best[_P("near")],
        closeness=best[_P("closeness")],
        rarest=best[_P("rarest")],
        names=best[_P("names")],
        numbers=best[_P("numbers")],
        publisher=best[_P("publisher")],
        best_chance=first,
        second_chance=second,
        third_chance=third,
        all_chances=min(float(chances.sum()), 5.0),
        term_count=term_count,
        passage_count=math.log(max(passage_count, 1)),
        covered_terms=whole * term_count,
        expected=sentences[int(chances.argmax()), _S("expected")],
    )
    return np.array([row], dtype=np.float64)


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(chance / (1 - chance))
