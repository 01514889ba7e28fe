"""How a question was understood, as values: Reading, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from index.model import Query
    from index.query.publishers import PublisherNames


@dataclass(frozen=True, slots=True)
class DateRange:
    """A stretch of time, and the words that named it; `until` is exclusive, both are aware."""

    since: datetime | None
    until: datetime | None
    wording: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that no article holds, and the one that was looked for instead."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is searched for.

    `query.text` has neither operators nor the words of a date that narrows the search; the words of
    a phrase stay in it. `when` is a date that narrows nothing: it says when something happened.
    `preferred_publishers` are those named in the prose, as the corpus writes them. `notes` are
    short phrases that tell a person how the question was understood, without the corrections.
    """

    query: Query
    when: DateRange | None = None
    preferred_publishers: frozenset[str] = frozenset()
    corrections: tuple[Correction, ...] = ()
    notes: tuple[str, ...] = ()

    def with_phrases_as_words(self) -> Reading:
        """Return the same, but for the words of phrases, which may stand anywhere.

        In a question quotes are often those of a title or of somebody's words. What has them word
        for word goes first; where that does not answer, this is the next best, and says so.
        """
        told = {note_on_phrase(phrase): _as_words(phrase) for phrase in self.query.phrases}
        return replace(
            self,
            query=replace(self.query, phrases=()),
            notes=tuple(told.get(note, note) for note in self.notes),
        )


def note_on_phrase(phrase: str) -> str:
    """Return how a person is told that a phrase must stand somewhere as it is."""
    return f'"{phrase}" word for word'


def _as_words(phrase: str) -> str:
    return f'"{phrase}" as single words, since nothing that has it word for word answers'


Span = tuple[int, int]


class Corpus(Protocol):
    """What has to be known of the articles to understand a question about them."""

    @property
    def publisher_names(self) -> PublisherNames:
        """The publishers, by all the forms of their names."""
        ...

    def terms(self, text: str) -> list[str]:
        """Return the terms of a text, as they are looked up."""
        ...

    def document_frequency(self, term: str) -> int:
        """Count the passages that hold a term."""
        ...

    def terms_like(self, beginnings: str, shortest: int, longest: int) -> Sequence[str]:
        """Return the terms that begin with one of some letters and are of some length."""
        ...

    def words_of(self, term: str) -> Sequence[str]:
        """Return words that articles write for a term, the most frequent first."""
        ...
