"""A sum of small decision trees, read from a file.

Scores are found the way of QuickScorer (Lucchese et al. 2015, "QuickScorer: a Fast Algorithm to
Rank Documents with Additive Ensembles of Regression Trees"): every node that sends a row to the
right strikes out the leaves on its left, and the first leaf left is where the row ends. With at
most eight leaves a tree, that is one byte a node.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from bot.answering.learned.linear import sum_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from index.model import Explanation

    Floats = npt.NDArray[np.float64]

MOST_LEAVES = 8

# [feature, threshold, left, right, value]: a row goes left where its number is at most the
# threshold. A node below zero is the leaf -1 - node; `value` is the mean of what lies below.
Node = list[float]


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree as it is in the file; node 0 is the root. A tree of one leaf has no nodes."""

    nodes: list[Node]
    leaves: list[float]


class Trees:
    """Trees over rows whose columns are `names`."""

    def __init__(self, names: Sequence[str], trees: Sequence[Tree]):
        self.names = tuple(names)
        self.trees = tuple(trees)
        node_count = max((len(tree.nodes) for tree in trees), default=0)
        shape = (len(trees), node_count)
        self._features = np.zeros(shape, dtype=np.intp)
        # a node that is not there strikes nothing out
        self._thresholds = np.full(shape, np.inf)
        self._left_of = np.zeros(shape, dtype=np.uint8)
        self._leaves = np.zeros((len(trees), MOST_LEAVES))
        # what each number brings on the way from the root to each leaf
        self._brought = np.zeros((len(trees), MOST_LEAVES, len(self.names)))
        self._start = math.fsum(map(_root_value, trees))
        for number, tree in enumerate(trees):
            self._lay_out(number, tree)
        self._first_leaf = np.array(
            [0, *((byte & -byte).bit_length() - 1 for byte in range(1, 256))], dtype=np.intp
        )

    @classmethod
    def of(cls, value: dict[str, Any], names: Sequence[str]) -> Self:
        """Read `{"names": […], "trees": [{"nodes": […], "leaves": […]}]}`.

        Raises ValueError where the names are others.
        """
        if value["names"] != list(names):
            raise ValueError("the trees are of other numbers than those that are measured")
        return cls(names, [Tree(each["nodes"], each["leaves"]) for each in value["trees"]])

    def _lay_out(self, number: int, tree: Tree) -> None:
        places = iter(range(MOST_LEAVES))

        def visit(node: int, brought: dict[int, float]) -> int:
            """Return the byte of the leaves below, having placed them from left to right."""
            if node < 0:
                place = next(places)
                self._leaves[number, place] = tree.leaves[-1 - node]
                for each, change in brought.items():
                    self._brought[number, place, each] = change
                return 1 << place
            number_of, threshold, left, right, value = tree.nodes[node]
            feature = int(number_of)
            self._features[number, node] = feature
            self._thresholds[number, node] = threshold
            bytes_below = []
            for child in (int(left), int(right)):
                change = _value(tree, child) - value
                earlier = brought.get(feature, 0.0)
                bytes_below.append(visit(child, brought | {feature: earlier + change}))
            self._left_of[number, node] = bytes_below[0]
            return bytes_below[0] | bytes_below[1]

        visit(0 if tree.nodes else -1, {})

    def scores(self, rows: Floats) -> Floats:
        """Return a score a row: the sum of the leaves it ends at."""
        return np.asarray(self._leaves[np.arange(len(self.trees)), self._ends(rows)].sum(axis=1))

    def _ends(self, rows: Floats) -> npt.NDArray[np.intp]:
        goes_right = rows[:, self._features] > self._thresholds
        struck = np.bitwise_or.reduce(np.where(goes_right, self._left_of, 0), axis=2)
        return np.asarray(self._first_leaf[~struck])

    def explain(
        self, row: Floats, description: str, described: Callable[[str], str]
    ) -> Explanation:
        """Return a row's score as the sum of what each number brings, the most telling first.

        Every step down a tree changes the mean of what lies below; the change is put down to the
        number that the step asked for (Saabas 2014, "Interpreting random forests").
        """
        ends = self._ends(row[np.newaxis])[0]
        brought = self._brought[np.arange(len(self.trees)), ends].sum(axis=0)
        named = zip(self.names, brought.tolist(), row.tolist(), strict=True)
        return sum_of(description, named, described, start=self._start)


def _root_value(tree: Tree) -> float:
    return _value(tree, 0 if tree.nodes else -1)


def _value(tree: Tree, node: int) -> float:
    return float(tree.nodes[node][4] if node >= 0 else tree.leaves[-1 - node])
