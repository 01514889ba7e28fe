"""Discord's limits by name, and ways to stay within them. Knows nothing of news.

Lengths are counted in UTF-16 units, the largest of the counts in use: Discord's clients count
those, its servers code points, so a text that fits here fits everywhere.
https://discord.com/developers/docs/components/reference and .../resources/message
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CONTENT_LENGTH = 2000
LAYOUT_TEXT_LENGTH = 4000
LAYOUT_COMPONENT_COUNT = 40
CUSTOM_ID_LENGTH = 100
BUTTON_LABEL_LENGTH = 80
CHOICE_COUNT = 25
CHOICE_LENGTH = 100
QUESTION_LENGTH = 300
"""Ours, not Discord's: longer questions are several questions."""

T = TypeVar("T")


def length(text: str) -> int:
    """Count `text` the way the strictest part of Discord does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def first_fitting(candidates: Iterable[T], size: Callable[[T], int], limit: int) -> T | None:
    """Return the first candidate of at most `limit`, None when there is none."""
    return next((candidate for candidate in candidates if size(candidate) <= limit), None)


def check(name: str, size: int, limit: int) -> None:
    """Refuse to send what Discord would refuse. Raises ValueError: a mistake of ours."""
    if size > limit:
        raise ValueError(f"{name} is {size}, and Discord allows {limit}")
