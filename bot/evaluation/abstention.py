"""Whether the confidence tells questions that the news answers from others, and is true.

Arrays in, numbers out. Knows neither questions nor answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

BIN_COUNT = 10


def areas_under_curve(scores: Floats, is_positive: Flags, weights: Floats) -> Floats:
    """Return the area under the ROC curve for each row of weights.

    It is the probability that a positive has the higher score, ties counted half; NaN in a row
    that has no positives or no negatives.
    """
    if not len(scores):
        return np.full(len(weights), np.nan)
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    # equal scores stand and fall together
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    positives = np.add.reduceat((weights * is_positive)[:, order], starts, axis=1)
    negatives = np.add.reduceat((weights * ~is_positive)[:, order], starts, axis=1)
    below = np.cumsum(negatives, axis=1) - negatives / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        pairs = positives.sum(axis=1) * negatives.sum(axis=1)
        return np.asarray((positives * below).sum(axis=1) / pairs)


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence is from `low` to `high`: how sure, and how often right."""

    low: float
    high: float
    count: int
    confidence: float
    share_right: float


def reliability(confidences: Floats, is_right: Flags) -> list[Bin]:
    """Return ten bins of confidence; those without a question have NaN for both means."""
    places = np.clip((confidences * BIN_COUNT).astype(np.int64), 0, BIN_COUNT - 1)
    counts = np.bincount(places, minlength=BIN_COUNT)
    with np.errstate(invalid="ignore"):
        sure = np.bincount(places, weights=confidences, minlength=BIN_COUNT) / counts
        right = np.bincount(places, weights=is_right, minlength=BIN_COUNT) / counts
    return [
        Bin(
            at / BIN_COUNT, (at + 1) / BIN_COUNT, int(counts[at]), float(sure[at]), float(right[at])
        )
        for at in range(BIN_COUNT)
    ]


def calibration_error(bins: list[Bin]) -> float:
    """Return the expected calibration error: how far sure and right are apart, per question."""
    filled = [each for each in bins if each.count]
    total = sum(each.count for each in filled)
    apart = sum(each.count * abs(each.confidence - each.share_right) for each in filled)
    return apart / total if total else float("nan")
