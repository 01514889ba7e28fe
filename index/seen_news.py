"""The news as one community may see it: everybody's, and what its own feeds brought in.

All that is shown to people goes through here, so that nothing else has to ask whose a story is.
BM25's statistics are over everything that is stored; whether a word or a publisher is there at all
is told only of what is seen. Knows no Discord: a community is a name.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from index.storage.article_reader import ArticleReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import CorpusStatistics, Hit, Passage, Query
    from index.searcher import Searcher
    from index.storage.article_store import ArticleStore
    from index.storage.passages_seen import PassagesSeen


class SeenNews:
    """What `community` may see, everybody's news alone for None. Made by `NewsIndex.seen_by`."""

    def __init__(
        self,
        community: str | None,
        searcher: Searcher,
        store: ArticleStore,
        passages: PassagesSeen,
    ):
        self.community = community
        self.searcher = searcher
        self._store = store
        self._passages = passages

    def publishers(self) -> Sequence[str]:
        """Return the publishers that are seen, the one with most articles first."""
        return self.searcher.publishers

    async def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best passages, best first, at most `limit`."""
        return await asyncio.to_thread(self.searcher.search, query, limit)

    async def passages_of(self, article_id: str) -> list[Passage]:
        """Return an article's passages in reading order; none where it is not seen or quoted."""
        return await asyncio.to_thread(self._passages.passages_of, article_id)

    @property
    def articles(self) -> ArticleReader:
        """The articles that are seen, for readers to look at."""
        return ArticleReader(self._store.database, self.community)

    async def statistics(self) -> CorpusStatistics:
        """Count what is seen."""
        return await self._store.statistics_seen_by(self.community)
