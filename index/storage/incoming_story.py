"""A story on its way into the store, and what can become of it. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from index.model import Article


class StoryOutcome(StrEnum):
    """What became of a story."""

    STORED = "stored"
    REVISED = "revised"
    COPIED = "copied"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PageSource:
    """A story's page, its validators, and when to look whether it still stands.

    `is_text`: the text was found there, rather than in the feed.
    """

    url: str
    is_text: bool = True
    etag: str | None = None
    last_modified: str | None = None
    next_check_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncomingStory:
    """An article as it came, with all that was computed of it.

    `identities` say which story it is, the strongest first. The article's id counts only where
    the story is new. `community` is who alone may see it, None for everybody.
    """

    article: Article
    spans: Sequence[tuple[int, int]]
    identities: Sequence[str]
    shingles: Sequence[int]
    line_hashes: Sequence[int] = ()
    host: str = ""
    page: PageSource | None = None
    feed_id: int | None = None
    community: str | None = None
    is_announced: bool = True
