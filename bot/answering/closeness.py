"""How close together a text holds the terms of a question.

The length of the shortest stretch that holds them all is one of the proximity measures of Tao and
Zhai 2007, "An Exploration of Proximity Measures in Information Retrieval" (MinCover). Pairs that
stand in order, or near each other, are those of the sequential dependence model of Metzler and
Croft 2005, "A Markov Random Field Model for Term Dependencies".
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from bot.answering.asked import Pair

Place = tuple[int, str]

_IN_ORDER = 3
_NEAR = 8


def places(terms: Iterable[str], wanted: Container[str]) -> list[Place]:
    """Return which of a text's terms, given in order and counted from 0, are wanted."""
    return [(position, term) for position, term in enumerate(terms) if term in wanted]


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


def pairs_held(found: Sequence[Place], pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the shares of the pairs' weight that stand in order, and that stand near each other.

    In order: at most two terms between them. Near: at most seven, either way; what is in order is
    near too.
    """
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for position, term in found:
        positions[term].append(position)
    total = in_order = near = 0.0
    for first, second, weight in pairs:
        total += weight
        if first not in positions or second not in positions:
            continue
        steps = [b - a for a in positions[first] for b in positions[second]]
        if any(0 < step <= _IN_ORDER for step in steps):
            in_order += weight
            near += weight
        elif any(abs(step) <= _NEAR for step in steps):
            near += weight
    return (in_order / total, near / total) if total else (0.0, 0.0)
