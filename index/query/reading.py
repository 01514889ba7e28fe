"""From what a person typed to what is searched for, and how to tell them so.

The one way by which questions and searches are understood, wherever they come from. Knows no
article: what has to be known of them is asked of a Corpus.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.errors import InvalidQueryError
from index.model import Query
from index.query.limits import typed_limits, understood
from index.query.model import Correction, DateRange, Reading
from index.query.notes import notes_on
from index.query.operators import Typed, take_apart
from index.query.spelling import corrected
from index.query.times import Times
from index.query.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from index.query.limits import Limits
    from index.query.model import Corpus, Span
    from index.query.spelling import Corrected

__all__ = ["Correction", "DateRange", "Reading", "read"]

_A_WORD = re.compile(r"\w")
_MARK = re.compile(r"[?!.,;:](?=\s|$)")


def read(
    text: str,
    asked_at: datetime,
    corpus: Corpus,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    publishers: frozenset[str] = frozenset(),
) -> Reading:
    """Understand a question asked at an aware time, in its time zone.

    `since`, `until` and `publishers` were given apart and hold as well. Raises InvalidQueryError
    for operators that make no sense, contradict each other or leave no words.
    """
    names = corpus.publisher_names
    typed = take_apart(text, lambda name, value: understood(name, value, asked_at, names))
    _check_words(typed)
    limits = (
        typed_limits(typed.filters, asked_at, names)
        .of_publishers(frozenset[str]().union(*map(names.known, publishers)))
        .within(since, until)
    )
    return _read_prose(typed, limits, asked_at, corpus)


def _read_prose(typed: Typed, limits: Limits, asked_at: datetime, corpus: Corpus) -> Reading:
    """Understand what is left beside operators and options."""
    mentioned = corpus.publisher_names.mentioned(typed.text, typed.quoted)
    named_spans = [span for span, _ in mentioned]
    times = Times.of(typed.text, asked_at, typed.quoted, named_spans)
    limits = limits.within(times.since, times.until).checked(asked_at)
    phrases = _phrases(typed, named_spans)
    _check_phrases(phrases, typed.text, corpus)
    corrections = corrected(typed.text, corpus, [*typed.quoted, *named_spans, *times.spans])
    query = Query(
        _rewritten(typed.text, times.spans, corrections),
        since=limits.since,
        until=limits.until,
        publishers=limits.publishers,
        authors=limits.authors,
        phrases=phrases,
        excluded=typed.excluded,
    )
    return Reading(
        query,
        when=times.when,
        preferred_publishers=frozenset[str]().union(*(found for _, found in mentioned)),
        corrections=tuple(each.correction for each in corrections),
        notes=notes_on(query, asked_at),
    )


def _check_words(typed: Typed) -> None:
    """Refuse operators with nothing to look for beside them."""
    if _A_WORD.search(typed.text):
        return
    if typed.excluded:
        raise InvalidQueryError(
            "That only says what to leave out; add a word to look for, like rain -sport."
        )
    if typed.filters:
        raise InvalidQueryError(
            "That only says where to look; add a word to look for, like rain since:yesterday."
        )


def _check_phrases(phrases: Sequence[str], text: str, corpus: Corpus) -> None:
    """Refuse phrases that nothing could be looked up by, since no index holds stop words."""
    if phrases and not corpus.terms(text):
        raise InvalidQueryError(
            f"All words in {shown(phrases[0])} are in nearly every article; "
            "add a word that tells more, in the quotes or beside them."
        )


def _phrases(typed: Typed, named: Iterable[Span]) -> tuple[str, ...]:
    """Return what stood in quotes and is no publisher's name."""
    spans = list(named)
    return tuple(
        dict.fromkeys(
            typed.text[start:end] for start, end in typed.quoted if (start, end) not in spans
        )
    )


def _rewritten(text: str, left_out: Sequence[Span], corrections: Sequence[Corrected]) -> str:
    """Return a text with words corrected, and without others unless no word would be left."""
    changes = [(span, "") for span in left_out]
    if not _A_WORD.search(_changed(text, changes)):
        changes = []
    changes += [(each.span, each.correction.read) for each in corrections]
    return " ".join(_changed(text, changes).split())


def _changed(text: str, changes: Sequence[tuple[Span, str]]) -> str:
    result, at = "", 0
    for (start, end), words in sorted(changes):
        result += text[at:start] + words
        if not words and _MARK.match(text, end):
            result = result.rstrip()
        at = end
    return result + text[at:]
