"""Weights and trees from examples: what the files hold, as values.

Logistic regression (scikit-learn) for the passages, gradient-boosted trees (LightGBM; Friedman
2001, "Greedy function approximation: a gradient boosting machine") for the sentences and for the
confidence. All are seeded, on one thread, and the same on every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.training.tables import confidence_table, passage_table, sentence_table
from bot.answering import confidence_features, passage_features, sentence_features
from bot.answering.learned.linear import WeightedSum
from bot.answering.learned.trees import MOST_LEAVES, Trees

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

    from benchmarks.training.examples import Example
    from benchmarks.training.tables import Table

    Floats = npt.NDArray[np.float64]

INNER_FOLD_COUNT = 3

_TREES: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": MOST_LEAVES,
    "learning_rate": 0.05,
    "min_data_in_leaf": 50,
    "lambda_l2": 5.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
    "verbose": -1,
}
_SENTENCE_TREE_COUNT = 200
_CONFIDENCE_TREE_COUNT = 160
# more of these never speaks against an answer
_RISING = frozenset(
    {
        "whole_coverage", "coverage", "sentence_coverage", "derived_coverage", "near", "rarest",
        "names", "publisher", "best_chance", "covered_terms",
    }
)  # fmt: skip


def learn(examples: Sequence[Example], without: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """Return what the files hold, learned from these examples alone.

    What is named in `without` counts as 0 everywhere, so that nothing is learned from it.
    """
    table = passage_table(examples).without(without, passage_features.NAMES)
    weights = fit_weights(table, passage_features.NAMES)
    ranking = WeightedSum.of(weights, passage_features.NAMES)
    answering = [each for each in examples if each.answering]

    def learned(some: Sequence[Example]) -> dict[str, Any]:
        table = sentence_table(some, ranking).without(without, sentence_features.NAMES)
        return fit_trees(table, sentence_features.NAMES, _SENTENCE_TREE_COUNT)

    trees = learned(answering)
    # the confidence is to see chances of sentences that nothing was learned from, as it will
    inner = [
        Trees.of(
            learned([each for each in answering if each.fold(INNER_FOLD_COUNT) != fold]),
            sentence_features.NAMES,
        )
        for fold in range(INNER_FOLD_COUNT)
    ]
    judged = [each for each in examples if each.confidence]
    table = confidence_table(
        judged, ranking, lambda each: inner[each.fold(INNER_FOLD_COUNT)]
    ).without(without, confidence_features.NAMES)
    rising = [int(name in _RISING) for name in confidence_features.NAMES]
    sure = fit_trees(
        table,
        confidence_features.NAMES,
        _CONFIDENCE_TREE_COUNT,
        learning_rate=0.04,
        min_data_in_leaf=25,
        feature_fraction=0.4,
        monotone_constraints=rising,
    )
    return {"passages": weights, "sentences": trees, "confidence": sure}


def fit_weights(table: Table, names: Sequence[str]) -> dict[str, Any]:
    """Return a logistic regression's weights, for numbers as they are measured."""
    spread = table.rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit((table.rows - table.rows.mean(axis=0)) / spread, table.labels, table.weights)
    weights = model.coef_[0] / spread
    return {"weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}}


def fit_trees(table: Table, names: Sequence[str], count: int, **settings: object) -> dict[str, Any]:
    """Return trees whose sum is the log odds."""
    data = lightgbm.Dataset(table.rows, table.labels.astype(np.int64), weight=table.weights)
    model = lightgbm.train(_TREES | settings, data, count)
    trees = [_plain(each["tree_structure"]) for each in model.dump_model()["tree_info"]]
    return {"names": list(names), "trees": trees}


def _plain(root: dict[str, Any]) -> dict[str, Any]:
    nodes: list[list[float]] = []
    leaves: list[float] = []

    def visit(node: dict[str, Any]) -> int:
        if "split_feature" not in node:
            leaves.append(_rounded(node["leaf_value"]))
            return -len(leaves)
        place = len(nodes)
        nodes.append([])
        left, right = visit(node["left_child"]), visit(node["right_child"])
        threshold = float(f"{node['threshold']:.9g}")
        value = _rounded(node["internal_value"])
        nodes[place] = [node["split_feature"], threshold, left, right, value]
        return place

    visit(root)
    return {"nodes": nodes, "leaves": leaves}


def _rounded(value: float) -> float:
    return float(f"{value:.5g}")
