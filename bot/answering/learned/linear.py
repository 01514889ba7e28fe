"""A weighted sum of named numbers, read from a file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from bot.answering.phrases import phrase
from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeightedSum:
    """Weights by name, for rows whose columns are `names`."""

    names: tuple[str, ...]
    weights: Floats

    @classmethod
    def of(cls, value: dict[str, Any], names: Sequence[str]) -> Self:
        """Read `{"weights": {name: number}}`. Raises ValueError where the names are others."""
        weights = value["weights"]
        if set(weights) != set(names):
            raise ValueError("the weights are of other numbers than those that are measured")
        return cls(tuple(names), np.array([weights[name] for name in names], dtype=np.float64))

    def scores(self, rows: Floats) -> Floats:
        """Return a score a row."""
        return rows @ self.weights

    def explain(
        self, row: Floats, description: str, described: Callable[[str], str]
    ) -> Explanation:
        """Return a row's score as the sum of what each number brings, the most telling first."""
        parts = (self.weights * row).tolist()
        return sum_of(description, zip(self.names, parts, row.tolist(), strict=True), described)


def sum_of(
    description: str,
    brought: Iterable[tuple[str, float, float]],
    described: Callable[[str], str],
    start: float = 0.0,
) -> Explanation:
    """Return a sum of (name, what it brought, its value), without what brought nothing.

    A measure is told once, with all that it brought by itself and beside that of the best.
    """
    values, parts = {}, defaultdict(list)
    for name, part, value in brought:
        values[name] = float(value)
        if part:
            parts[_measure(name)].append((name, float(part)))
    details = [
        _measured(measure, told, values, described) for measure, told in sorted(parts.items())
    ]
    total = start + sum(detail.value for detail in details)
    return Explanation(total, description, tuple(sorted(details, key=_least_telling)))


def _measured(
    measure: str,
    told: list[tuple[str, float]],
    values: Mapping[str, float],
    described: Callable[[str], str],
) -> Explanation:
    parts = [Explanation(part, phrase(described(name), values[name])) for name, part in told]
    if len(parts) == 1 and (told[0][0] == measure or measure not in values):
        return parts[0]
    total = sum(part.value for part in parts)
    name = phrase(described(measure), values.get(measure, 0.0))
    return Explanation(total, name, tuple(sorted(parts, key=_least_telling)))


def _measure(name: str) -> str:
    return name.removeprefix("relative_").removeprefix("behind_")


def _least_telling(explanation: Explanation) -> float:
    return -abs(explanation.value)
