"""What polls and stories are made with, in one place. Holds, and does nothing itself."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from index.gathering.model import GatheringEvent, GatheringPolicy
    from index.ingestion.isolation import Isolation
    from index.ingestion.web.client import WebClient
    from index.storage.entry_store import EntryStore
    from index.storage.feed_store import FeedStore
    from index.storage.plan_store import PlanStore
    from index.storage.story_store import StoryStore

# seconds, unpacked bytes
PAGE_BYTES = 3 << 20
FEED_BYTES = 5 << 20
SITEMAP_BYTES = 50 << 20
HTML = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Tools:
    """Client, workers, stores, clock, and whom to tell. `chance` gives numbers from 0 to 1."""

    client: WebClient
    workers: Isolation
    feeds: FeedStore
    entries: EntryStore
    stories: StoryStore
    plans: PlanStore
    policy: GatheringPolicy
    clock: Callable[[], datetime]
    tell: Callable[[GatheringEvent], None] = field(default=lambda _: None)
    chance: Callable[[], float] = field(default=random.random)
