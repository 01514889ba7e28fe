"""What is asked and what is said, as values: Question, Quote, Answer.

Knows articles and passages; knows neither how they were found nor how an answer looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.query.notes import notes_on
from index.query.reading import read

if TYPE_CHECKING:
    from datetime import datetime

    from index.model import Article, Explanation, Hit
    from index.query.model import Corpus, Reading

Outside = Literal["earlier", "later", "both"]
"""Where articles stand that are not of the time asked for."""


class Told(NamedTuple):
    """Where a quote stands that was told already: `text[start:end]` of an article."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a person typed, when, and which articles may answer beside what `text` says of that.

    `asked_at` is aware, in the asker's time zone; `since` is inclusive, `until` exclusive.
    `is_filled`: a part of `text` was not typed, but filled in from the question before.
    `told` is not to be quoted again: what comes next is asked for. `is_of_any_time`: dates in
    `text` leave no article out; `since` and `until` do.
    """

    text: str
    asked_at: datetime
    since: datetime | None = None
    until: datetime | None = None
    publishers: frozenset[str] = frozenset()
    is_filled: bool = False
    told: tuple[Told, ...] = ()
    is_of_any_time: bool = False

    def read(self, corpus: Corpus) -> Reading:
        """Understand it. Raises InvalidQueryError."""
        reading = read(
            self.text,
            self.asked_at,
            corpus,
            since=None if self.is_of_any_time else self.since,
            until=None if self.is_of_any_time else self.until,
            publishers=self.publishers,
        )
        if not self.is_of_any_time:
            return reading
        query = replace(reading.query, since=self.since, until=self.until)
        return replace(reading, query=query, notes=notes_on(query, self.asked_at))


@dataclass(frozen=True, slots=True)
class Quote:
    """One to three adjacent sentences of an article: `article.text[start:end]`, byte for byte.

    `score`, in [0, 1], is how likely it answers. `also_in` are articles that say the same in the
    same words.
    """

    article: Article = field(repr=False)
    start: int
    end: int
    score: float
    explanation: Explanation = field(repr=False)
    also_in: tuple[Article, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Answer:
    """Up to three quotes, best first, and whether they are thought to answer.

    Where `answered` is false the quotes are only what comes nearest, and are said to be no more
    than that. `hits` are the best passages. `confidence` in [0, 1] decided between the two.
    `suggestions` are whole sentences that tell the asker what to try; an answer has none.
    `reading` is how the question was understood. `outside` is set where only articles outside of
    its dates answer; then the quotes are theirs, and `answered` is false all the same.
    `has_elsewhere`: articles outside of its dates come near, whether they answer or not. `meant` is
    the question in the words it was most likely meant in, where those are answered.
    """

    question: Question
    reading: Reading
    answered: bool
    quotes: tuple[Quote, ...]
    confidence: float
    hits: tuple[Hit, ...]
    explanation: Explanation = field(repr=False)
    suggestions: tuple[str, ...] = ()
    outside: Outside | None = None
    has_elsewhere: bool = False
    meant: str | None = None
