"""The words of the index as values: Article, Passage, Query, Hit, Explanation.

Frozen, without I/O, and without any knowledge of files, SQL or Discord.
Offsets count Unicode code points of `Article.text`, the way Python slices strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


# what goes beyond is no name, and is not searched
LONGEST_PUBLISHER = 500


@dataclass(frozen=True, slots=True)
class PublicationTime:
    """When an article was published: a minute, or only a day.

    `at` is aware and in UTC; for a day it is that day's first instant.
    """

    at: datetime
    is_day: bool = False

    @classmethod
    def of(cls, value: date | datetime) -> PublicationTime:
        """Make one from a date (a day) or a datetime; a naive datetime is taken as UTC."""
        if not isinstance(value, datetime):
            return cls(datetime(value.year, value.month, value.day, tzinfo=UTC), is_day=True)
        return cls(value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))

    @property
    def until(self) -> datetime:
        """The instant after which the article was certainly out."""
        if not self.is_day:
            return self.at
        last = datetime.max.replace(tzinfo=UTC)
        return self.at + timedelta(days=1) if self.at.date() < last.date() else last

    def isoformat(self) -> str:
        """`2023-10-01` for a day, `2023-10-01T12:00:00+00:00` otherwise."""
        return self.at.date().isoformat() if self.is_day else self.at.isoformat()

    @classmethod
    def fromisoformat(cls, text: str) -> PublicationTime:
        """Undo `isoformat`. Raises ValueError for anything else."""
        is_day = len(text) == len("2023-10-01")
        return cls.of(date.fromisoformat(text) if is_day else datetime.fromisoformat(text))


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """Where else a story was published, word for word or nearly so."""

    publisher: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """One news story as published. `text` is kept as it came; passages are slices of it.

    `id` is the source's own id where it gave one, else its url, else a name made from its file.
    `is_partial`: only the beginning is public, or only a summary. `also_in` are the places of
    copies, the earliest first.
    """

    id: str
    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: PublicationTime | None = None
    category: str | None = None
    is_partial: bool = False
    also_in: tuple[CopyPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A few whole sentences of one article: `article.text[start:end]`, what is retrieved.

    `id` is the store's number, never used twice.
    """

    id: int
    article: Article = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """The passage's own words, byte for byte as in the article."""
        return self.article.text[self.start : self.end]

    @property
    def searched_texts(self) -> tuple[str, str, str]:
        """What a passage is found by: its article's title, its publisher, its own words.

        Titles name the people and places that a passage calls "he" or "there".
        """
        return self.article.title, (self.article.publisher or "")[:LONGEST_PUBLISHER], self.text


@dataclass(frozen=True, slots=True)
class Query:
    """What the searcher takes: words, and which articles and passages may answer.

    `since` is inclusive, `until` exclusive, both aware; an article that has only a day was out some
    time that day. A publisher matches without regard to case. An article of unknown date is outside
    of every date range. `articles` are ids; None admits all.

    Each of `phrases` must stand in the title, the publisher or the passage, word for word and
    without regard to case, accents and punctuation. Nothing of `excluded` may: a single word
    excludes its other forms too, several are a phrase. Of `authors` one must stand in the article's
    author, compared like a phrase.
    """

    text: str
    since: datetime | None = None
    until: datetime | None = None
    publishers: frozenset[str] = frozenset()
    articles: frozenset[str] | None = None
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    authors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its score and its rank, from 1.

    Equal scores stand by publication, the newest first, the undated last; these by passage id.
    """

    passage: Passage
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number and the numbers it was made of, as a tree."""

    value: float
    description: str
    details: Sequence[Explanation] = ()


@dataclass(frozen=True, slots=True)
class CorpusStatistics:
    """What the store holds, for people: counts, the newest article, the last index run."""

    article_count: int
    passage_count: int
    articles_by_publisher: Mapping[str, int]
    newest: Article | None
    last_run: IndexRun | None


@dataclass(frozen=True, slots=True)
class IndexSize:
    """How large an index is, whoever may see what is in it.

    Passages in segments on disk, those that are only in memory, and the bytes of the store and the
    segments together.
    """

    saved_count: int
    unsaved_count: int
    byte_count: int


@dataclass(frozen=True, slots=True)
class IndexRun:
    """One run of the indexer, as it ended. Counts are of articles, unless they say files."""

    finished_at: datetime
    duration_seconds: float
    added_count: int
    changed_count: int
    removed_count: int
    unchanged_count: int
    refused_count: int


class FeedKind(StrEnum):
    """What is polled: a feed, a sitemap, articles in JSON, one page, a folder."""

    FEED = "feed"
    SITEMAP = "sitemap"
    JSON = "json"
    PAGE = "page"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Feed:
    """Something that news comes from by itself, and how that goes. Times are aware.

    `url` is an address, or a folder's absolute path. `paused_reason` is None while it is polled.
    `failure` is why the last poll failed, None when it did not. `every_seconds` is how often the
    operator wants it polled, None for the usual. `pending_count` is of stories that are known and
    not stored yet. `community` is who alone may see its news, None for everybody.
    """

    id: int
    url: str
    kind: FeedKind
    title: str | None = None
    publisher: str | None = None
    tags: tuple[str, ...] = ()
    every_seconds: int | None = None
    added_at: datetime | None = None
    paused_at: datetime | None = None
    paused_reason: str | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    next_poll_at: datetime | None = None
    failure_count: int = 0
    failure: str | None = None
    article_count: int = 0
    pending_count: int = 0
    community: str | None = None

    @property
    def name(self) -> str:
        """What people call it: its title, else its address."""
        return self.title or self.url
