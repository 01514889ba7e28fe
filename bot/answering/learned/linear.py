"""A weighted sum of named numbers, read from a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
    """Return a sum of (name, what it brought, its value), without what brought nothing."""
    told = sorted(
        ((part, value, name) for name, part, value in brought if part),
        key=lambda each: (-abs(each[0]), each[2]),
    )
    details = tuple(
        Explanation(part, f"{value:.2f}: {described(name)}") for part, value, name in told
    )
    return Explanation(start + sum(part for part, _, _ in told), description, details)
