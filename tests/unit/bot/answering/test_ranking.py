import numpy as np
import pytest

from bot.answering.learned.linear import WeightedSum
from bot.answering.passage_features import NAMES
from bot.answering.ranking import described, explain, ranked
from tests.unit.bot.answering.small_corpora import found_in, over, story

FOUND = found_in(
    over(*(story(f"{n}", f"The bridge closed, number {n}.") for n in range(4))), "bridge closed"
)


def weights(**told: float) -> WeightedSum:
    return WeightedSum.of({"weights": dict.fromkeys(NAMES, 0.0) | told}, NAMES)


def rows(name: str, *values: float):
    table = np.zeros((len(values), len(NAMES)))
    table[:, NAMES.index(name)] = values
    return table


def test_the_greatest_sum_comes_first_and_equal_ones_stay_in_order():
    passages = ranked(FOUND, rows("coverage", 0.5, 1.0, 0.5, 0.75), weights(coverage=2.0))
    assert [each.found for each in passages] == [FOUND[n] for n in (1, 3, 0, 2)]
    assert [each.rank for each in passages] == [1, 2, 3, 4]
    assert [each.score for each in passages] == [2.0, 1.5, 1.0, 1.0]
    assert [each.gap for each in passages] == [0.0, -0.5, -1.0, -1.0]


def test_a_passage_keeps_its_own_numbers():
    table = rows("coverage", 0.5, 1.0, 0.5, 0.75)
    for each in ranked(FOUND, table, weights(coverage=2.0)):
        assert each.features.tolist() == table[FOUND.index(each.found)].tolist()


def test_a_rank_is_explained_by_what_each_number_brings():
    table = rows("coverage", 0.5, 1.0, 0.5, 0.75)
    table[:, NAMES.index("near")] = 1.0
    first = ranked(FOUND, table, weights(coverage=2.0, near=-3.0))[0]
    told = explain(first, 4, weights(coverage=2.0, near=-3.0))
    assert told.value == pytest.approx(first.score) == -1.0
    assert [each.value for each in told.details] == [-3.0, 2.0]
    near, coverage = (each.description for each in told.details)
    assert described("near") in near
    assert described("coverage") in coverage


def test_no_passages_have_no_ranks():
    assert ranked([], np.zeros((0, len(NAMES))), weights()) == []
