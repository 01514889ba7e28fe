"""Which of many numbers tell a person most about a sum of them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Explanation

# what is shown as 0.00 tells nothing
_LEAST = 0.005


def greatest(details: Sequence[Explanation], most: int | None) -> list[Explanation]:
    """Return at most `most` numbers above nothing and as many below, the most telling first.

    All there are, in their order, where `most` is None.
    """
    if most is None:
        return list(details)
    told = sorted(details, key=lambda each: -abs(each.value))
    speaking_for = [each for each in told if each.value >= _LEAST][:most]
    against = [each for each in told if each.value <= -_LEAST][:most]
    return sorted([*speaking_for, *against], key=lambda each: -abs(each.value))
