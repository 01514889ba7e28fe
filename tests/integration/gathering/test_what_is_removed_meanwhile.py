"""What goes between two looks of a reader: whose it was is known no more, so nobody finds it."""

from __future__ import annotations

from contextlib import AsyncExitStack, closing
from typing import TYPE_CHECKING

import pytest

from index import Query
from index.analysis.analyzer import Analyzer
from index.engines.embedded import EmbeddedEngine
from index.indexer.following import Followed, Follower
from index.indexer.working import WorkerPool
from index.ranking.collection import Collection
from index.searcher import Searcher
from index.seen_news import Views
from index.storage.article_store import ArticleStore
from index.storage.segments.directory import SegmentDirectory
from tests.integration.news_site.feeds import FeedFormat

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.gathering.following import Following
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.site import NewsSite

OURS, THEIRS = "ours", "theirs"


async def state_of(store: ArticleStore, directory: Path) -> Followed:
    workers = WorkerPool()
    try:
        follower = Follower(store.followed, SegmentDirectory(directory))
        return await follower.caught_up(Followed(), workers)
    finally:
        await workers.close()


@pytest.mark.parametrize("is_forgotten", [False, True], ids=["told", "forgotten"])
async def test_nobody_learns_by_a_search_of_what_its_owner_has_just_removed(
    reader: Following, daily: Outlet, site: NewsSite, tmp_path: Path, *, is_forgotten: bool
):
    own = site.outlet("own.test", name="Our Own")
    story, shared = own.publish(), daily.publish()
    await reader.follow(daily.feed_url(FeedFormat.ATOM))
    await reader.gathering.feeds.add_for(OURS, own.feed_url(FeedFormat.ATOM), 5)
    await reader.round()
    analyzer = Analyzer()
    own_terms = set(analyzer.terms(story.text)) - set(analyzer.terms(shared.text))
    store = await ArticleStore.open(reader.news.database.path.parent)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        passages = stack.enter_context(closing(store.reader()))
        state = await state_of(store, tmp_path / "segments")
        await reader.gathering.feeds.forget_community(OURS)
        changes = await store.followed.changes_since(state.point)
        assert changes is not None
        if is_forgotten:  # by another process, which has written segments since
            await store.forget_changes(changes.point.change_id)

        collection = Collection(each.part for each in state.parts)
        whole = Searcher(EmbeddedEngine(collection, passages, analyzer), analyzer)
        assert own.name in whole.publishers
        views = Views(store, passages, analyzer)
        views.renew(whole, collection, passages.ownership_since(state.point))
        for who in (None, OURS, THEIRS):
            seen = views.of(who)
            assert seen.publishers() == (daily.name,)
            assert not [each for each in own_terms if seen.searcher.document_frequency(each)]
            assert await seen.search(Query(shared.facts[0].sentence), 5)
