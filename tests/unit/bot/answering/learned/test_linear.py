import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.learned.linear import WeightedSum, sum_of

NUMBERS = st.floats(-10, 10)
THREE = st.tuples(NUMBERS, NUMBERS, NUMBERS)
NAMES = ("a", "b", "c")


def weighted(*weights: float) -> WeightedSum:
    return WeightedSum.of({"weights": dict(zip(NAMES, weights, strict=True))}, NAMES)


@given(THREE, st.lists(THREE, min_size=1, max_size=5))
def test_a_score_is_the_sum_of_what_each_number_brings(weights, rows):
    learned = weighted(*weights)
    table = np.array(rows)
    for row, score in zip(table, learned.scores(table), strict=True):
        expected = math.fsum(w * n for w, n in zip(weights, row.tolist(), strict=True))
        assert score == pytest.approx(expected, abs=1e-9)
        told = learned.explain(row, "the sum of", str.upper)
        assert told.value == pytest.approx(expected, abs=1e-9)
        assert sum(each.value for each in told.details) == pytest.approx(expected, abs=1e-9)


def test_what_brings_most_is_told_first_and_what_brings_nothing_is_not_told():
    told = weighted(1.0, -3.0, 5.0).explain(np.array([1.0, 2.0, 0.0]), "the sum of", str.upper)
    assert told.description == "the sum of"
    assert [(each.value, each.description) for each in told.details] == [
        (-6.0, "B (2.00)"),
        (1.0, "A"),
    ]


def test_a_sum_may_start_above_nothing():
    assert sum_of("all", [("a", 1.0, 1.0), ("b", 0.0, 9.0)], str.upper, start=2.0).value == 3.0


def test_weights_are_found_by_their_names_in_any_order():
    learned = WeightedSum.of({"weights": {"c": 3.0, "a": 1.0, "b": 2.0}}, NAMES)
    assert learned.weights.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("names", ["ab", "abcd", "abd", ""])
def test_a_file_of_other_numbers_is_refused(names):
    with pytest.raises(ValueError, match="other numbers"):
        WeightedSum.of({"weights": dict.fromkeys(names, 1.0)}, NAMES)
