"""Weights and trees from rows: what the files hold, as values.

Logistic regression (scikit-learn) and gradient-boosted trees (LightGBM; Friedman 2001, "Greedy
function approximation: a gradient boosting machine"). Both are the same on every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.answering.learned.trees import MOST_LEAVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.training.tables import Table

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
