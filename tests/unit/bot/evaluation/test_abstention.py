import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.abstention import areas_under_curve, calibration_error, reliability

# few different values, so that many are equal
SCORED = st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3)), max_size=25)


def area_by_pairs(scored) -> float:
    """The definition: each positive beside each negative, as often as they are drawn."""
    won = total = 0.0
    for score, is_positive, weight in scored:
        for other, other_positive, other_weight in scored:
            if is_positive and not other_positive:
                won += weight * other_weight * ((score > other) + (score == other) / 2)
                total += weight * other_weight
    return won / total if total else np.nan


@given(SCORED)
def test_the_area_is_the_share_of_pairs_in_the_right_order(scored):
    scores, flags, weights = (np.array([each[at] for each in scored]) for at in range(3))
    rows = np.array([weights, np.ones(len(scored))], dtype=float)
    areas = areas_under_curve(scores.astype(float), flags.astype(bool), rows)
    once = [(score, flag, 1) for score, flag, _ in scored]
    assert areas == pytest.approx([area_by_pairs(scored), area_by_pairs(once)], nan_ok=True)


def test_bins_tell_how_sure_and_how_often_right():
    sure = np.array([0.0, 0.05, 0.95, 1.0, 0.1])
    bins = reliability(sure, np.array([False, True, True, True, False]))
    assert len(bins) == 10
    first, second, last = bins[0], bins[1], bins[-1]
    assert (first.count, first.confidence, first.share_right) == (2, 0.025, 0.5)
    assert (second.low, second.count, second.share_right) == (0.1, 1, 0)
    assert (last.count, last.confidence, last.share_right) == (2, 0.975, 1)
    assert np.isnan(bins[5].confidence)
    assert calibration_error(bins) == pytest.approx((2 * 0.475 + 0.1 + 2 * 0.025) / 5)


def test_a_confidence_that_comes_true_has_no_error():
    assert calibration_error(reliability(np.array([0.5, 0.5]), np.array([True, False]))) == 0
    assert np.isnan(calibration_error(reliability(np.array([]), np.array([], dtype=bool))))
