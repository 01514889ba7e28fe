"""What somebody asks of an alert, understood or refused: its words, its quiet hours, its zone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from bot.commands.zones import known_zone
from bot.storage.quiet_hours import QuietHours
from bot.texts import RefusedError, saying
from bot.views.escaping import clean
from index.query.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from index.model import Query
    from index.query.model import Corpus
    from index.query.publishers import PublisherNames

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?")
DEFAULT_ZONE = "UTC"


class Uncorrected:
    """A corpus that corrects no spelling: an alert may wait for a name nobody has written yet."""

    def __init__(self, corpus: Corpus):
        self._corpus = corpus

    @property
    def publisher_names(self) -> PublisherNames:
        """The publishers, by all the forms of their names."""
        return self._corpus.publisher_names

    def terms(self, text: str) -> list[str]:
        """Return the terms of a text, as they are looked up."""
        return self._corpus.terms(text)

    def document_frequency(self, term: str) -> int:
        """Count the passages that hold a term."""
        return self._corpus.document_frequency(term)

    def terms_like(self, _beginnings: str, _shortest: int, _longest: int) -> Sequence[str]:
        """Return no term that another might have been meant to be."""
        return ()

    def words_of(self, term: str) -> Sequence[str]:
        """Return words that articles write for a term, the most frequent first."""
        return self._corpus.words_of(term)


def alert_query(
    text: str, now: datetime, corpus: Corpus, *, is_question: bool = False
) -> tuple[str, Query]:
    """Return what was typed, and what it looks for. Raises RefusedError or InvalidQueryError.

    Dates make no sense in it, save those in a question that was asked before.
    """
    typed = " ".join(clean(text).split())
    query = read(typed, now, Uncorrected(corpus)).query
    if is_question:
        query = replace(query, since=None, until=None)
    if query.since is not None or query.until is not None:
        raise RefusedError(
            saying("An alert is about news to come; leave the dates out, like “since:yesterday”.")
        )
    if not corpus.terms(query.text):
        raise RefusedError(
            saying("There is nothing to look for in that; write a word that tells more.")
        )
    return typed, query


def quiet_hours(
    begin: str | None, end: str | None, zone: str | None, default_zone: str | None = None
) -> QuietHours | None:
    """Return the hours, None where none are asked for. Raises RefusedError.

    They are those of the default zone where no zone is named; of UTC where there is none.
    """
    if begin is None and end is None:
        return None
    if begin is None or end is None:
        raise RefusedError(saying("Quiet hours need both a beginning and an end, like 22:00."))
    return QuietHours(
        time_of_day(begin), time_of_day(end), known_zone(zone or default_zone or DEFAULT_ZONE)
    )


def time_of_day(typed: str) -> time:
    """Return a time as it is typed, like 7, 7:30 or 22.15. Raises RefusedError."""
    found = _CLOCK.fullmatch(typed.strip())
    if found is None:
        raise RefusedError(
            saying("“{time}” is no time of day; write it like 22:00.", time=typed.strip())
        )
    return time(int(found[1]), int(found[2] or 0))
