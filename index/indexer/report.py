"""What is told of an index run, while it works and when it has ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.ingestion.reading import Note, Refusal
    from index.model import IndexRun


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far a run has come. Bytes are bytes on disk."""

    file_count: int
    done_file_count: int
    byte_count: int
    done_byte_count: int
    article_count: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """How a run ended: its counts, what was left out, and what went in with something missing."""

    run: IndexRun
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class Tally:
    """The counts of a run that is at work."""

    added_count: int = 0
    changed_count: int = 0
    removed_count: int = 0
    unchanged_count: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what one file brought."""
        self.added_count += other.added_count
        self.changed_count += other.changed_count
        self.removed_count += other.removed_count
        self.unchanged_count += other.unchanged_count
        self.refusals += other.refusals
        self.notes += other.notes

    @property
    def article_count(self) -> int:
        """How many articles have been looked at and are in."""
        return self.added_count + self.changed_count + self.unchanged_count
