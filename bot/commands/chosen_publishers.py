"""News of which each server sees what the publishers wrote that it has chosen. Knows no Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.chosen_news import ChosenNews

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.storage.servers import Servers
    from index import IndexProgress, IndexReport, NewsIndex
    from index.model import IndexSize
    from index.seen_news import SeenNews
    from index.storage.story_store import Announcement


class NewsOfServers:
    """The news of an index, each server's view of it as narrow as the server wants it."""

    def __init__(self, news: NewsIndex, servers: Servers):
        self._news = news
        self._servers = servers
        self._chosen: dict[str, ChosenNews] = {}

    def seen_by(self, community: str | None) -> SeenNews | ChosenNews:
        """Return what a server sees; what everybody sees for None. Raises StorageError."""
        seen = self._news.seen_by(community)
        if community is None:
            return seen
        publishers = self._servers.of(int(community)).publishers
        if not publishers:
            self._chosen.pop(community, None)
            return seen
        known = self._chosen.get(community)
        if known is None or known.seen is not seen or known.chosen != publishers:
            known = self._chosen[community] = ChosenNews(seen, publishers)
        return known

    def publishers_for(self, community: str | None) -> Sequence[str]:
        """Return every publisher that a server may choose, the one with most articles first."""
        return self._news.seen_by(community).publishers()

    async def announcements(self, after: int, limit: int) -> Sequence[Announcement]:
        """Return the stories that came in after an announcement, in their order."""
        return await self._news.announcements(after, limit)

    async def newest_announcement(self) -> int:
        """Return the number of the newest announcement there ever was, 0 before the first."""
        return await self._news.newest_announcement()

    async def size(self) -> IndexSize:
        """Measure the search index."""
        return await self._news.size()

    @property
    def is_indexing(self) -> bool:
        """Whether an index run is at work."""
        return self._news.is_indexing

    async def reindex(self, on_progress: Callable[[IndexProgress], None]) -> IndexReport:
        """Read every known file and folder again. Raises IndexingInProgressError."""
        return await self._news.reindex(on_progress)
