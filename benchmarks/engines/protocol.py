"""What the benchmark asks of an engine, and what an engine may offer besides.

An adapter imports its library only when it is needed, and says itself whether that can be had.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed

    Hits = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class NewArticle:
    """An article as lists of terms; its passages are numbered from `first_passage`."""

    number: int
    first_passage: int
    day: int
    publisher: int
    passages: Sequence[Sequence[str]]

    @property
    def passage_numbers(self) -> range:
        """The numbers of its passages."""
        return range(self.first_passage, self.first_passage + len(self.passages))


class Engine(Protocol):
    """Finds passages by their terms."""

    name: ClassVar[str]
    largest: ClassVar[int | None]
    """How many passages it can reasonably be asked to take."""
    model: ClassVar[str]
    """The class of rank_bm25 whose ranking it follows, at least roughly."""
    is_exact: ClassVar[bool]
    """Whether its scores are those of that class, to the last digits."""

    @classmethod
    def version(cls) -> str | None:
        """Return the version of its library; nothing where that is missing."""
        ...

    def build(self, feed: Feed, directory: Path) -> None:
        """Index a corpus; whoever can be opened again writes what that needs to the directory."""
        ...

    def search(self, terms: Sequence[str], k: int) -> Hits:
        """Return the numbers and scores of the best passages."""
        ...


@runtime_checkable
class Persistent(Protocol):
    """Can be opened again; whoever cannot is built where it is needed."""

    def open(self, directory: Path) -> None:
        """Make ready to search what was built."""
        ...


@runtime_checkable
class Warming(Protocol):
    """Answers at once, and faster a while after it was opened."""

    def warm(self) -> None:
        """Wait until it is as fast as it becomes."""
        ...


@runtime_checkable
class Settling(Protocol):
    """Tidies up in the background after it was changed."""

    def settle(self) -> None:
        """Wait until that is done."""
        ...


@runtime_checkable
class Filtering(Protocol):
    """Searches the passages of some days only."""

    def search_between(self, terms: Sequence[str], k: int, first_day: int, last_day: int) -> Hits:
        """Return the best passages of the days from the first to the last."""
        ...


@runtime_checkable
class Updating(Protocol):
    """Takes and loses articles while it is open.

    An engine that knows only one way to write may take no notice of `durable`.
    """

    def add(self, article: NewArticle, *, durable: bool) -> None:
        """Index an article; the next search finds it. A durable one outlives a power cut."""
        ...

    def delete(self, article: NewArticle, *, durable: bool) -> None:
        """Forget an article, which the next search no longer finds."""
        ...
