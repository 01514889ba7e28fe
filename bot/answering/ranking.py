"""Which of the passages found comes first: a weighted sum of what is measured of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.passage_features import DESCRIPTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from bot.answering.found import FoundPassage
    from bot.answering.learned.linear import WeightedSum
    from index.model import Explanation


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with its rank, from 1, and how far its score is below the best one's (0 or less).

    `features` are its row of passage_features.
    """

    found: FoundPassage
    rank: int
    score: float
    gap: float
    features: npt.NDArray[np.float64]


def ranked(
    found: Sequence[FoundPassage], features: npt.NDArray[np.float64], weights: WeightedSum
) -> list[RankedPassage]:
    """Return the passages, best first; equal scores stand in the order they came in."""
    if not found:
        return []
    scores = weights.scores(features)
    order = (-scores).argsort(kind="stable")
    best = scores[order[0]]
    return [
        RankedPassage(
            found[place], rank, float(scores[place]), float(scores[place] - best), features[place]
        )
        for rank, place in enumerate(order.tolist(), start=1)
    ]


def explain(passage: RankedPassage, count: int, weights: WeightedSum) -> Explanation:
    """Return the score of one of `count` passages as the sum of what each measure brings."""
    place = f"rank {passage.rank} of {count} passages looked at"
    return weights.explain(passage.features, f"{place}, by the sum of", described)


def described(name: str) -> str:
    """Return what a column of the features is, in words."""
    kind, _, plain = name.partition("_")
    if kind == "relative":
        return f"{DESCRIPTIONS[plain]}, beside the best passage's"
    if kind == "behind":
        return f"{DESCRIPTIONS[plain]}, missing to the best passage's"
    return DESCRIPTIONS[name]
