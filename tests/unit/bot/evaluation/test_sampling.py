import math

import numpy as np
import pytest

from bot.evaluation.sampling import Outcomes, figures_of, interval, resampled

RANDOM = np.random.default_rng(7)


def outcomes(values, *, confidences=None, answerable=None) -> Outcomes:
    count = len(values)
    unknown = np.full(count, np.nan)
    return Outcomes(
        {
            "quote@1": np.array(values, dtype=float),
            "answered_if_answerable": unknown,
            "silent_if_not": unknown,
        },
        unknown if confidences is None else np.array(confidences, dtype=float),
        unknown if answerable is None else np.array(answerable, dtype=float),
    )


def test_an_interval_is_about_as_wide_as_theory_has_it():
    tossed = outcomes(RANDOM.integers(0, 2, 1000))
    low, high = interval(resampled(tossed)["quote@1"])
    mean = figures_of(tossed)["quote@1"]
    error = 1.96 * math.sqrt(mean * (1 - mean) / 1000)
    assert (low, high) == pytest.approx((mean - error, mean + error), abs=0.005)


def test_the_same_outcomes_have_the_same_interval():
    draws = resampled(outcomes([0, 1, 1, 0, 1]))
    again = resampled(outcomes([0, 1, 1, 0, 1]))
    assert np.array_equal(draws["quote@1"], again["quote@1"])


def test_questions_without_a_value_are_no_part_of_a_mean():
    assert figures_of(outcomes([1, 0, math.nan, math.nan]))["quote@1"] == 0.5
    assert outcomes([1, 0, math.nan]).count("quote@1") == 2
    assert math.isnan(figures_of(outcomes([math.nan]))["quote@1"])
    assert all(map(math.isnan, interval(resampled(outcomes([math.nan]))["quote@1"])))


def test_outcomes_that_are_all_alike_have_an_interval_of_one_point():
    assert interval(resampled(outcomes([1] * 20))["quote@1"]) == (1, 1)


def test_confidence_is_measured_over_those_that_are_judged_and_were_sure_of_something():
    judged = outcomes(
        [1, 1, 1, 1, 1],
        confidences=[0.9, 0.8, 0.1, 0.95, math.nan],
        answerable=[1, 0, 0, math.nan, 0],
    )
    assert figures_of(judged)["auroc"] == 1
    assert judged.count("auroc") == 3


def test_a_choice_of_questions_keeps_their_values_together():
    some = outcomes([1, 0, 1], confidences=[0.1, 0.2, 0.3]).some(np.array([True, False, True]))
    assert len(some) == 2
    assert list(some.values["quote@1"]) == [1, 1]
    assert list(some.confidences) == [0.1, 0.3]
