"""How the news is followed, and what is told of it. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from index.model import Feed

PAUSED_BY_OPERATOR = "paused by whoever runs Pullquote"
"""Why a feed is paused, where they gave no reason; of a community's feed, before the reason."""
PAUSED_BY_COMMUNITY = "paused by those whose feed it is"
"""Why a community's feed is paused, where it wants it so."""


def is_by_operator(paused_reason: str | None) -> bool:
    """Whether a community's feed is paused by whoever runs Pullquote, so that it stays so."""
    return paused_reason is not None and paused_reason.startswith(PAUSED_BY_OPERATOR)


@dataclass(frozen=True, slots=True)
class GatheringPolicy:
    """The operator's choices. Days and counts of 0 mean without end.

    `contact` is a mail or web address that publishers may write to; it goes into the User-Agent.
    `keep_days` and `keep_article_count` hold for what came in by itself, not for files;
    `community_article_count` is how many of these each community has at most.
    `revision_days` is how long a text is kept that its publisher has replaced. With one worker
    alone, a page that hangs holds up everybody for `worker_seconds`, which is all it may take.
    """

    contact: str = ""
    every_seconds: int = 900
    allow_private_networks: bool = False
    honours_nosnippet: bool = True
    keep_days: int = 0
    keep_article_count: int = 0
    revision_days: int = 14
    community_article_count: int = 10_000
    worker_count: int = 2
    worker_seconds: float = 5.0


class EventKind(StrEnum):
    """What can happen while the news is followed."""

    POLLED = "polled"  # a feed was read; `count` entries were new or changed
    UNCHANGED = "unchanged"  # a feed says that nothing is new
    FAILED = "failed"  # a feed or a page could not be read, for `reason`
    PAUSED = "paused"  # a feed is not polled any more, for `reason`
    MOVED = "moved"  # a feed has a new address, `url`
    STORED = "stored"  # an article is new
    REVISED = "revised"  # its publisher changed an article
    COPIED = "copied"  # an article is a copy of one that is there
    WITHDRAWN = "withdrawn"  # its publisher took an article back
    REFUSED = "refused"  # a story is left out, for `reason`
    REMOVED = "removed"  # `count` articles are older than what is kept


@dataclass(frozen=True, slots=True)
class AskedFeed:
    """A feed as it was when it was asked for news out of its turn, and when that was."""

    feed: Feed
    at: datetime


@dataclass(frozen=True, slots=True)
class FeedTurn:
    """What has come of asking a feed: `feed` as it is now, None where it is followed no more.

    `is_polled` says that it has been polled since. Counts are of stories since then: new, changed
    and left out, and of those that are still on their way or tried again later.
    """

    asked: AskedFeed
    feed: Feed | None
    is_polled: bool = False
    new_count: int = 0
    changed_count: int = 0
    left_out_count: int = 0
    waiting_count: int = 0
    later_count: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        if self.feed is None or self.feed.paused_reason is not None:
            return True
        return self.is_polled and not self.waiting_count


@dataclass(frozen=True, slots=True)
class GatheringEvent:
    """Something that happened, for people and programs. `feed` is a feed's name."""

    kind: EventKind
    at: datetime
    feed: str | None = None
    url: str | None = None
    title: str | None = None
    reason: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class GatheringProgress:
    """How far a round has come: feeds polled of those due, stories stored of those found."""

    feed_count: int
    done_feed_count: int
    story_count: int
    done_story_count: int


@dataclass(slots=True)
class GatheringReport:
    """A round of all due feeds, in counts."""

    started_at: datetime
    duration_seconds: float = 0.0
    counts: dict[EventKind, int] = field(default_factory=dict)
    failures: list[GatheringEvent] = field(default_factory=list)

    def add(self, event: GatheringEvent) -> None:
        """Count an event; what went wrong is kept to be shown."""
        step = event.count or 0 if event.kind is EventKind.REMOVED else 1
        self.counts[event.kind] = self.counts.get(event.kind, 0) + step
        if event.kind in {EventKind.FAILED, EventKind.PAUSED, EventKind.REFUSED}:
            self.failures.append(event)


@dataclass(frozen=True, slots=True)
class FeedSample:
    """What an address gives, without anything being stored: `pullquote feeds test`.

    `feed` is what would be added. `titles` and `dates` are of its first entries, `entry_count` of
    all; `first_text` is the beginning of the first story as it would be stored, from its page
    where the feed has only a summary. `notes` say what an operator should know.
    """

    feed: Feed
    entry_count: int
    titles: tuple[str, ...]
    dated_count: int
    first_text: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpmlReport:
    """What an OPML file brought: feeds added, those that were there, and why lines were refused."""

    added: tuple[Feed, ...]
    known_count: int
    refused: tuple[str, ...]
