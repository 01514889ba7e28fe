import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from bot.evaluation.ranking import hit, ndcg, reciprocal_rank

GAINS = st.lists(st.integers(0, 3), max_size=12)


@pytest.mark.parametrize(
    ("gains", "cutoff", "expected_hit", "expected_rank"),
    [
        ([], 10, 0, 0),
        ([0, 0, 1], 2, 0, 0),
        ([0, 0, 1], 3, 1, 1 / 3),
        ([2, 1], 1, 1, 1),
    ],
)
def test_what_is_beyond_the_cutoff_counts_for_nothing(gains, cutoff, expected_hit, expected_rank):
    assert hit(gains, cutoff) == expected_hit
    assert reciprocal_rank(gains, cutoff) == expected_rank


def test_ndcg_is_the_share_of_the_best_order():
    assert ndcg([1, 2], [2, 1], 10) == pytest.approx(
        (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))
    )
    assert ndcg([2, 1], [1, 2], 10) == 1
    assert ndcg([0, 0], [], 10) == 0


@given(gains=GAINS, missed=GAINS, cutoff=st.sampled_from([1, 4, 10]))
def test_measures_are_those_of_ir_measures(gains, missed, cutoff):
    qrels = [Qrel("q", f"found{at}", gain) for at, gain in enumerate(gains)]
    qrels += [Qrel("q", f"missed{at}", gain) for at, gain in enumerate(missed)]
    run = [ScoredDoc("q", f"found{at}", -float(at)) for at in range(len(gains))]
    theirs = ir_measures.calc_aggregate(
        [Success @ cutoff, RR @ cutoff, nDCG @ cutoff], qrels or [Qrel("q", "none", 0)], run
    )
    assert hit(gains, cutoff) == theirs[Success @ cutoff]
    assert reciprocal_rank(gains, cutoff) == pytest.approx(theirs[RR @ cutoff])
    assert ndcg(gains, gains + missed, cutoff) == pytest.approx(theirs[nDCG @ cutoff])
