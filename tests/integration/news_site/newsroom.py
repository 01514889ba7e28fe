"""What an outlet has published, apart from how it is written down and served.

Nothing here knows of HTTP, feeds or pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tests.integration.news_site.stories import Story


@dataclass(frozen=True, slots=True)
class Published:
    """A story as it stands; `first_at` is the host and path of its first print, if elsewhere."""

    story: Story
    withdrawn_at: datetime | None = None
    first_at: tuple[str, str] | None = None


@dataclass(slots=True)
class Newsroom:
    """An outlet's name and its stories, the latest version of each."""

    host: str
    name: str
    feed_length: int = 50
    ttl_minutes: int | None = None
    _published: dict[int, Published] = field(default_factory=dict)

    def put(self, published: Published) -> None:
        """Publish a story, or another version of it."""
        self._published[published.story.number] = published

    def get(self, number: int) -> Published | None:
        """Return what stands under a number."""
        return self._published.get(number)

    def latest(self) -> list[Story]:
        """Return what a feed tells of, the newest first."""
        standing = [each.story for each in self._published.values() if not each.withdrawn_at]
        standing.sort(key=lambda story: (story.published, story.number), reverse=True)
        return standing[: self.feed_length]

    def withdrawn(self) -> list[Published]:
        """Return what was taken back."""
        return [each for each in self._published.values() if each.withdrawn_at]

    def guid(self, story: Story) -> str:
        """Name a story for ever, whatever becomes of its title and address."""
        return f"tag:{self.host},2026:{story.number}"
