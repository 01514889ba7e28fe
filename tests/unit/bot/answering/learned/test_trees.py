from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.learned.trees import MOST_LEAVES, Tree, Trees

NAMES = ("a", "b", "c")
# few, so that rows and thresholds are often equal
NUMBERS = st.sampled_from([-1.0, -0.5, 0.0, 1e-35, 0.25, 0.5, 1.0, 7.0])


@st.composite
def trees(draw) -> Tree:
    nodes: list[list[float]] = []
    leaves: list[float] = []

    def grown(leaf_count: int) -> tuple[int, float]:
        """Return the place of a tree of so many leaves, and the mean of them."""
        if leaf_count == 1:
            leaves.append(draw(st.floats(-2, 2)))
            return -len(leaves), leaves[-1]
        place = len(nodes)
        nodes.append([])
        on_left = draw(st.integers(1, leaf_count - 1))
        sides = [(on_left, *grown(on_left)), (leaf_count - on_left, *grown(leaf_count - on_left))]
        mean = sum(count * value for count, _, value in sides) / leaf_count
        feature = draw(st.integers(0, len(NAMES) - 1))
        nodes[place] = [feature, draw(NUMBERS), sides[0][1], sides[1][1], mean]
        return place, mean

    grown(draw(st.integers(1, MOST_LEAVES)))
    return Tree(nodes, leaves)


ROWS = st.lists(st.tuples(*(NUMBERS for _ in NAMES)), max_size=8).map(
    lambda rows: np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))
)


def walked(tree: Tree, row: Any) -> float:
    node = 0 if tree.nodes else -1
    while node >= 0:
        feature, threshold, left, right, _ = tree.nodes[node]
        node = int(left if row[int(feature)] <= threshold else right)
    return tree.leaves[-1 - node]


@given(st.lists(trees(), max_size=6), ROWS)
def test_scores_are_those_of_a_walk_down_every_tree(grown, rows):
    expected = [sum(walked(tree, row) for tree in grown) for row in rows]
    assert Trees(NAMES, grown).scores(rows).tolist() == pytest.approx(expected)


@given(st.lists(trees(), max_size=6), ROWS)
def test_an_explanation_adds_up_to_the_score(grown, rows):
    forest = Trees(NAMES, grown)
    for row, score in zip(rows, forest.scores(rows), strict=True):
        told = forest.explain(row, "the sum of", str.upper)
        assert told.value == pytest.approx(score)
        start = sum(tree.nodes[0][4] if tree.nodes else tree.leaves[0] for tree in grown)
        assert start + sum(each.value for each in told.details) == pytest.approx(score)
        sizes = [abs(each.value) for each in told.details]
        assert sizes == sorted(sizes, reverse=True)
        assert 0.0 not in sizes


STUMP = Tree([[1, 0.5, -1, -2, 3.0]], [2.0, 4.0])


def test_a_number_equal_to_the_threshold_goes_left():
    rows = np.array([[0.0, 0.5, 0.0], [0.0, np.nextafter(0.5, 1), 0.0]])
    assert Trees(NAMES, [STUMP]).scores(rows).tolist() == [2.0, 4.0]


def test_a_tree_of_one_leaf_says_the_same_of_every_row():
    forest = Trees(NAMES, [Tree([], [0.25]), STUMP])
    assert forest.scores(np.zeros((2, 3))).tolist() == [2.25, 2.25]
    told = forest.explain(np.zeros(3), "the sum of", str.upper)
    assert [(each.value, each.description) for each in told.details] == [(-1.0, "B")]


def test_every_one_of_eight_leaves_can_be_reached():
    # a comb: each node sends what is above its threshold on to the next
    nodes: list[list[float]] = [
        [0, float(place), -1 - place, place + 1, 0.0] for place in range(MOST_LEAVES - 2)
    ]
    nodes.append([0, float(MOST_LEAVES - 2), 1 - MOST_LEAVES, -MOST_LEAVES, 0.0])
    forest = Trees(["a"], [Tree(nodes, [float(10 * leaf) for leaf in range(MOST_LEAVES)])])
    rows = np.arange(MOST_LEAVES, dtype=np.float64).reshape(-1, 1)
    assert forest.scores(rows).tolist() == [10.0 * leaf for leaf in range(MOST_LEAVES)]


def test_no_trees_score_nothing():
    assert Trees(NAMES, []).scores(np.ones((2, 3))).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("names", [["a", "b"], ["a", "c", "b"], ["a", "b", "c", "d"], []])
def test_a_file_of_other_numbers_is_refused(names):
    value = {"names": names, "trees": [{"nodes": [], "leaves": [1.0]}]}
    with pytest.raises(ValueError, match="other numbers"):
        Trees.of(value, NAMES)


def test_a_file_of_the_same_numbers_is_read():
    value = {"names": list(NAMES), "trees": [{"nodes": STUMP.nodes, "leaves": STUMP.leaves}]}
    forest = Trees.of(value, NAMES)
    assert forest.names == NAMES
    assert forest.trees == (STUMP,)
