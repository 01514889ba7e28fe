"""How close together a text holds the terms of a question.

The length of the shortest stretch that holds them all is one of the proximity measures of Tao and
Zhai 2007, "An Exploration of Proximity Measures in Information Retrieval" (MinCover).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence


def closeness(terms: Sequence[str], wanted: Container[str]) -> float:
    """Return the share, in [0, 1], of wanted terms in the shortest stretch that holds them all.

    `terms` are a text's in order; only those of `wanted` that it holds count, and one alone is
    close to nothing: 0.
    """
    found = [(position, term) for position, term in enumerate(terms) if term in wanted]
    needed_count = len({term for _, term in found})
    if needed_count <= 1:
        return 0.0
    shortest = len(terms)
    inside: Counter[str] = Counter()
    first = 0
    for position, term in found:
        inside[term] += 1
        while inside[found[first][1]] > 1:
            inside[found[first][1]] -= 1
            first += 1
        if len(inside) == needed_count:
            shortest = min(shortest, position - found[first][0] + 1)
    return needed_count / shortest
