"""Whether the news answers at all, and what to say where it does not.

Trees learned from answerable and unanswerable questions decide, on corpora of 30 to 25,000
articles: unanswerable because the question is of another time or another field, or because the very
articles that answer were taken out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.answering.confidence_features import DESCRIPTIONS, confidence_features
from bot.answering.deferred import Deferred
from index.model import Explanation

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from bot.answering.asked import Asked
    from bot.answering.evidence import Evidence
    from bot.answering.learned.trees import Trees
    from index.searcher import Searcher

# the same balance on judged news from .3 to .5, and a right quote that is called no answer is lost
THRESHOLD = 0.4


def confidence(
    evidence: Evidence, chances: npt.NDArray[np.float64], trees: Trees, passage_count: int
) -> Explanation:
    """Return the confidence, in [0, 1], that the news answers, and what it was made of."""
    if not len(chances) or not any(each.found.held for each in evidence.ranked):
        return Explanation(0.0, "confidence: no passage holds a word of the question")
    row = confidence_features(
        evidence.passage_features,
        evidence.sentence_features,
        chances,
        evidence.asked,
        passage_count,
    )
    sure = 1 / (1 + math.exp(-float(trees.scores(row)[0])))
    return Explanation(
        sure,
        "confidence that the news answers",
        Deferred(
            lambda: (
                trees.explain(row[0], "log odds, the sum of", DESCRIPTIONS.__getitem__),
                _terms(evidence),
            )
        ),
    )


def _terms(evidence: Evidence) -> Explanation:
    asked = evidence.asked
    best = max(evidence.ranked, key=lambda each: asked.coverage(asked.held(each.found.anywhere)))
    held = asked.held(best.found.anywhere)
    return Explanation(
        asked.coverage(held),
        "share of the question in the passage that holds most of it",
        tuple(
            Explanation(weight, f'"{term}" is {"" if term in held else "not "}in it')
            for term, weight in sorted(asked.weights.items(), key=lambda pair: -pair[1])
        ),
    )


def suggestions(asked: Asked, searcher: Searcher) -> tuple[str, ...]:
    """Return whole sentences that say what to try next."""
    if not searcher.passage_count:
        return ("No news is indexed yet; `pullquote index` and `/reindex` read it in.",)
    if not asked.weights:
        return ("Name a person, a place or a thing, so that I know what to look for.",)
    told = []
    # articles of other times are looked at without being asked for
    if asked.query.publishers or asked.query.authors:
        told.append("Try without the publisher or author you chose.")
    unheard = [term for term in asked.weights if not searcher.document_frequency(term)]
    if len(unheard) == len(asked.weights):
        told.append("None of these words is in the news I have; check their spelling.")
    return tuple(told) or ("Other words, or a name, may find what answers.",)
