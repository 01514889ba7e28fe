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
    from collections.abc import Callable, Mapping, Sequence

    from index.model import CorpusStatistics, Hit, Passage, Query
    from index.searcher import Searcher
    from index.storage.article_store import ArticleStore
    from index.storage.passage_reader import PassageReader
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

    @property
    def chosen(self) -> frozenset[str]:
        """The publishers whose news it is alone: none, so it is everybody's."""
        return frozenset()

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


class Views:
    """The newest news as each community may see it; made anew with every change of it."""

    def __init__(self, store: ArticleStore, reader: PassageReader):
        self._store = store
        self._reader = reader
        self._renewed_count = 0
        self._owners: Mapping[int, str] = {}
        self._owners_read: Mapping[int, str] | None = None
        self._owners_before: Mapping[int, str] = {}
        self._communities: frozenset[str] = frozenset()
        self._seen: dict[str | None, SeenNews] = {}

    def renew(
        self, whole: Searcher, searching: Callable[[PassagesSeen, frozenset[int]], Searcher]
    ) -> None:
        """Show what is newest from now on.

        `whole` searches all of it; `searching` makes what searches as much of it as is in a source,
        without the articles of some numbers.
        """
        self._whole, self._searching = whole, searching
        self._renewed_count += 1
        if self._owners_read is not None:
            self._owners_before, self._owners_read = self._owners_read, None
        self._seen = {}

    async def prepare(self) -> None:
        """Look whose what is, so that whoever asks next need not. Raises StorageError."""
        renewed_count = self._renewed_count
        owners = await asyncio.to_thread(self._reader.owners)
        # what was read before the newest came may lack whose that is
        if self._owners_read is None and renewed_count == self._renewed_count:
            self._take(owners)

    def of(self, community: str | None) -> SeenNews:
        """Return what a community sees; who has nothing of their own sees what everybody does.

        Raises StorageError.
        """
        if self._owners_read is None:
            self._take(self._reader.owners())
        own = community if community in self._communities else None
        if own not in self._seen:
            self._seen[own] = self._made_for(own)
        return self._seen[own]

    def _take(self, owners: Mapping[int, str]) -> None:
        self._owners_read = owners
        # an article that has just gone may still be in the segments, and has an owner there
        self._owners = {**self._owners_before, **owners}
        self._communities = frozenset(self._owners.values())

    def _made_for(self, community: str | None) -> SeenNews:
        passages = self._reader.seen_by(community)
        searcher = self._whole
        if self._owners:
            hidden = (number for number, owner in self._owners.items() if owner != community)
            searcher = self._searching(passages, frozenset(hidden))
        return SeenNews(community, searcher, self._store, passages)
