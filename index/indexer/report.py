"""What is told of an index run, while it works and when it has ended."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.storage.file_update import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.ingestion.reading import Note, Refusal
    from index.model import IndexRun


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far a run has come. Bytes are bytes on disk.

    When all files are read, their passages are made searchable: `passage_count` is then not 0.
    """

    file_count: int
    done_file_count: int
    byte_count: int
    done_byte_count: int
    article_count: int
    done_passage_count: int = 0
    passage_count: int = 0


class Telling:
    """Tells of a run first as it reads files, then as it makes their passages searchable."""

    def __init__(self, on_progress: Callable[[IndexProgress], None]):
        self._on_progress = on_progress
        self._last: IndexProgress | None = None

    def tell(self, progress: IndexProgress) -> None:
        """Tell how much is read."""
        self._last = progress
        self._on_progress(progress)

    def tell_building(self, done: int, total: int) -> None:
        """Tell how many passages are searchable, of those that were read."""
        if self._last is not None:
            self._on_progress(replace(self._last, done_passage_count=done, passage_count=total))


@dataclass(frozen=True, slots=True)
class IndexReport:
    """How a run ended: its counts, what was left out, and what went in with something missing.

    Ignored are files inside folders that are of no kind that is read.
    """

    run: IndexRun
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()
    ignored_file_count: int = 0


@dataclass(slots=True)
class Tally:
    """The counts of a run that is at work."""

    added_count: int = 0
    changed_count: int = 0
    removed_count: int = 0
    unchanged_count: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    is_disputed: bool = False

    def count(self, outcome: Outcome) -> None:
        """Count what became of one article."""
        self.added_count += outcome is Outcome.ADDED
        self.changed_count += outcome is Outcome.CHANGED
        self.unchanged_count += outcome in {Outcome.UNCHANGED, Outcome.COPY}
        self.is_disputed |= outcome in {Outcome.COPY, Outcome.CLAIMED}

    def after(self, before: Tally) -> Tally:
        """Return the counts of a file's second reading together with those of its first."""
        return Tally(
            added_count=before.added_count + self.added_count,
            changed_count=before.changed_count + self.changed_count,
            removed_count=before.removed_count + self.removed_count,
            # what the first reading stored, the second one found unchanged
            unchanged_count=self.unchanged_count - before.added_count - before.changed_count,
            refusals=self.refusals,
            notes=self.notes,
        )

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
