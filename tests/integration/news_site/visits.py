"""Who asked for what, and when: what tests of politeness look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Visit:
    """One request. `at` is of the monotonic clock, `path` has no first slash.

    Header names are in lower case. `status` is 0 until it is answered, and where it never was.
    """

    host: str
    path: str
    at: float
    headers: Mapping[str, str]
    status: int = 0


@dataclass(slots=True)
class Visits:
    """All requests so far, in their order."""

    all: list[Visit] = field(default_factory=list)

    def to(self, host: str, path: str | None = None) -> list[Visit]:
        """Return those to a host, and to one path of it."""
        return [each for each in self.all if each.host == host and path in {None, each.path}]

    def statuses(self, host: str, path: str | None = None) -> list[int]:
        """Return how they were answered."""
        return [each.status for each in self.to(host, path)]

    def gaps(self, host: str) -> list[float]:
        """Return the seconds between the beginnings of requests to a host."""
        times = [each.at for each in self.to(host)]
        return [after - before for before, after in pairwise(times)]

    def clear(self) -> None:
        """Begin to count anew."""
        self.all.clear()

    def __len__(self) -> int:
        return len(self.all)
