"""The news as one community may see it: everybody's, and what its own feeds brought in.

All that is shown to people goes through here, so that nothing else has to ask whose a story is.
BM25's statistics are over everything that is stored; whether a word or a publisher is there at all
is told only of what is seen. Knows no Discord: a community is a name.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from index.engines.embedded import EmbeddedEngine
from index.ranking.owners import NOBODY, Owners, Sight
from index.searcher import Searcher
from index.storage.article_reader import ArticleReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.analysis.analyzer import Analyzer
    from index.model import CorpusStatistics, Hit, Passage, Query
    from index.ranking.collection import Collection
    from index.storage.article_store import ArticleStore
    from index.storage.ownership import Ownership
    from index.storage.passage_reader import PassageReader
    from index.storage.passages_seen import PassagesSeen

# each remembers words and publishers that it was asked for; making one anew takes no time
_HELD_COUNT = 100


class SeenNews:
    """What `community` may see, everybody's news alone for None. Made by `NewsIndex.seen_by`.

    `is_everything` says that there is nothing else, so that counts of all tell nothing of others.
    """

    def __init__(
        self,
        community: str | None,
        searcher: Searcher,
        store: ArticleStore,
        passages: PassagesSeen,
        *,
        is_everything: bool,
    ):
        self.community = community
        self.is_everything = is_everything
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

    def __init__(self, store: ArticleStore, reader: PassageReader, analyzer: Analyzer):
        self._store = store
        self._reader = reader
        self._analyzer = analyzer
        self._seen: OrderedDict[str | None, SeenNews] = OrderedDict()

    def renew(self, whole: Searcher, collection: Collection, ownership: Ownership) -> None:
        """Show what is newest from now on.

        `whole` searches all of a collection; `ownership` was read after the collection was, for the
        point up to which that follows the store.
        """
        self._whole = whole
        self._communities = ownership.communities
        self._owners = Owners(ownership.numbers, ownership.owners)
        # what is gone may have been anybody's: nobody finds it, not even by its words
        self._shown = _without_gone(collection, ownership)
        self._is_whole = self._shown is collection and not ownership.communities
        self._seen.clear()

    def of(self, community: str | None) -> SeenNews:
        """Return what a community sees; who has nothing of their own sees what everybody does."""
        own = community if community in self._communities else None
        seen = self._seen.get(own)
        if seen is None:
            seen = self._seen[own] = self._made_for(own)
        self._seen.move_to_end(own)
        while len(self._seen) > _HELD_COUNT:
            self._seen.popitem(last=False)
        return seen

    def _made_for(self, community: str | None) -> SeenNews:
        passages = self._reader.seen_by(community)
        searcher = self._whole
        if not self._is_whole:
            sight = Sight(self._owners, self._communities.get(community or "", NOBODY))
            engine = EmbeddedEngine(self._shown, passages, self._analyzer, sight)
            searcher = Searcher(engine, self._analyzer)
        is_everything = self._communities.keys() <= {community}
        return SeenNews(community, searcher, self._store, passages, is_everything=is_everything)


def _without_gone(collection: Collection, ownership: Ownership) -> Collection:
    if ownership.stored is None:
        return collection.removing(ownership.gone) if ownership.gone else collection
    held = [part.live_ids for part in collection.parts]
    held_ids = np.concatenate(held) if held else np.zeros(0, np.int64)
    return collection.removing(held_ids[~np.isin(held_ids, ownership.stored)].tolist())
