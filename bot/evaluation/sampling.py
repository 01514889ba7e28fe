"""How far a figure would move with other questions: the bootstrap, percentile over questions.

Every resample is drawn as how often it holds each question, so that all figures of all resamples
are a few products of matrices, and two runs over the same questions are compared question by
question. The draws are seeded: the same outcomes give the same intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.evaluation.abstention import areas_under_curve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

RESAMPLE_COUNT = 2000
_AT_ONCE = 200
_SEED = 20260303
_PERCENTILES = (2.5, 97.5)

AUROC = "auroc"
BALANCED = "balanced_accuracy"
_HALVES = ("answered_if_answerable", "silent_if_not")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What each question came to, in columns as long as there are questions; NaN is no value.

    `is_answerable` is NaN where nobody has judged it.
    """

    values: Mapping[str, Floats]
    confidences: Floats
    is_answerable: Floats

    def __len__(self) -> int:
        return len(self.confidences)

    def some(self, chosen: npt.NDArray[np.bool_]) -> Outcomes:
        """Return the outcomes of the questions chosen."""
        values = {name: column[chosen] for name, column in self.values.items()}
        return Outcomes(values, self.confidences[chosen], self.is_answerable[chosen])

    def count(self, name: str) -> int:
        """Return how many questions a figure is about."""
        if name in self.values:
            return int(np.count_nonzero(~np.isnan(self.values[name])))
        return int(np.count_nonzero(self._is_sure))

    @property
    def _is_sure(self) -> npt.NDArray[np.bool_]:
        return ~np.isnan(self.is_answerable) & ~np.isnan(self.confidences)

    def figures(self, weights: Floats) -> dict[str, Floats]:
        """Return every figure, a value for each row of weights; NaN where there is none."""
        columns = np.column_stack(list(self.values.values()))
        is_known = ~np.isnan(columns)
        with np.errstate(invalid="ignore", divide="ignore"):
            means = (weights @ np.nan_to_num(columns)) / (weights @ is_known)
        figures = dict(zip(self.values, means.T, strict=True))
        figures[BALANCED] = (figures[_HALVES[0]] + figures[_HALVES[1]]) / 2
        sure = self._is_sure
        figures[AUROC] = areas_under_curve(
            self.confidences[sure], self.is_answerable[sure] > 0, weights[:, sure]
        )
        return figures


def figures_of(outcomes: Outcomes) -> dict[str, float]:
    """Return every figure of the questions as they are."""
    once = np.ones((1, len(outcomes)))
    return {name: float(values[0]) for name, values in outcomes.figures(once).items()}


def resampled(outcomes: Outcomes) -> dict[str, Floats]:
    """Return every figure of every resample."""
    rows = [outcomes.figures(weights) for weights in _draws(len(outcomes))]
    return {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}


def interval(values: Floats) -> tuple[float, float]:
    """Return between which values 95 % of the resamples are; NaN where none has any."""
    known = values[~np.isnan(values)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.percentile(known, _PERCENTILES)
    return float(low), float(high)


def _draws(count: int) -> Iterator[Floats]:
    """Yield how often each question is in a resample, some resamples at a time."""
    random = np.random.default_rng(_SEED)
    for _ in range(RESAMPLE_COUNT // _AT_ONCE):
        drawn = random.integers(0, count, (_AT_ONCE, count))
        drawn += np.arange(_AT_ONCE)[:, None] * count
        counts = np.bincount(drawn.ravel(), minlength=_AT_ONCE * count)
        yield counts.reshape(_AT_ONCE, count).astype(np.float64)
