"""A text that is not in a language yet: what raises errors does not know who will read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int
"""What a text holds: words as they are shown, or a whole number, written as the language does."""


@dataclass(frozen=True, slots=True)
class Saying:
    """An English text, what goes into its `{placeholders}`, and the text for counts but one."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    plural: str | None = None
    count: int = 1


def saying(text: str, /, **values: Value) -> Saying:
    """Return a text, to be said by `Texts.tell` in whatever language it is read."""
    return Saying(text, values)


def saying_counted(one: str, other: str, /, *, count: int, **values: Value) -> Saying:
    """Return a text about one thing, or about `count` of them."""
    return Saying(one, {**values, "count": count}, other, count)
