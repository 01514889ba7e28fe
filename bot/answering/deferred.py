"""Details of an explanation that are worked out when somebody asks for them.

Most answers are never asked why, and telling why takes about as long as ranking the passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Callable


class Deferred(Sequence[Explanation]):
    """What a call returns, called at the first look."""

    def __init__(self, make: Callable[[], Sequence[Explanation]]):
        self._make = make

    @cached_property
    def _made(self) -> tuple[Explanation, ...]:
        return tuple(self._make())

    @overload
    def __getitem__(self, place: int) -> Explanation: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Explanation, ...]: ...

    def __getitem__(self, place: int | slice) -> Explanation | tuple[Explanation, ...]:
        return self._made[place]

    def __len__(self) -> int:
        return len(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made)
