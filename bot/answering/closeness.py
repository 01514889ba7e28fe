"""How close together a text holds the terms of a question.

The length of the shortest stretch that holds them all is one of the proximity measures of Tao and
Zhai 2007, "An Exploration of Proximity Measures in Information Retrieval" (MinCover).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

Place = tuple[int, str]


def places(terms: Iterable[str], wanted: Container[str], first: int = 0) -> list[Place]:
    """Return which of a text's terms, given in order and counted from `first`, are wanted."""
    return [(position, term) for position, term in enumerate(terms, first) if term in wanted]


def closeness(found: Sequence[Place]) -> float:
    """Return the share, in [0, 1], of wanted terms in the shortest stretch that holds them all.

    `found` are the places of wanted terms, ascending. One term alone is close to nothing: 0.
    """
    needed_count = len({term for _, term in found})
    if needed_count <= 1:
        return 0.0
    shortest = found[-1][0] - found[0][0] + 1
    last: dict[str, int] = {}
    for position, term in found:
        last[term] = position
        if len(last) == needed_count:
            shortest = min(shortest, position - min(last.values()) + 1)
    return needed_count / shortest
