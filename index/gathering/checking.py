"""Whether stories still stand: their pages are asked again a few times, ever more seldom.

A page that is gone (410) takes its story back; one that has changed brings a revision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import SourceError
from index.gathering.answers import GONE, OK
from index.gathering.model import EventKind, GatheringEvent
from index.gathering.schedule import next_check_at
from index.gathering.tools import HTML, PAGE_BYTES
from index.ingestion.web.model import WebRequest

if TYPE_CHECKING:
    from index.gathering.storing import Storing
    from index.gathering.tools import Tools
    from index.storage.story_store import StandingPage


class Checking:
    """Asks pages again."""

    def __init__(self, tools: Tools, storing: Storing):
        self._tools = tools
        self._storing = storing

    async def check(self, page: StandingPage) -> None:
        """Look at one page. Raises StorageError only."""
        try:
            await self._look(page)
        except SourceError:
            # it stands as it was stored; the next look may tell more
            pass
        finally:
            at = next_check_at(self._tools.clock(), page.check_count + 1, self._tools.chance())
            await self._tools.stories.checked(page.article_number, at)

    async def _look(self, page: StandingPage) -> None:
        response = await self._tools.client.get(
            WebRequest(
                page.url,
                PAGE_BYTES,
                HTML,
                etag=page.etag,
                last_modified=page.last_modified,
            )
        )
        if response.status == GONE:
            now = self._tools.clock()
            if await self._tools.stories.withdraw_article(page.article_number, now):
                self._tools.tell(GatheringEvent(EventKind.WITHDRAWN, now, url=page.url))
        elif response.status == OK and page.is_text:
            feed = await self._tools.feeds.get(page.feed_id) if page.feed_id else None
            await self._storing.store_page(response, feed)
