"""What must hold of an open index: it finds the stored passages, all of them and no other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from index import Query, Searcher
from index.analysis.passages import split_passages
from tests.integration.editions import articles_of, edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index import Hit, NewsIndex, Passage

QUERIES = (
    Query("edition"),
    Query("bridge ferry harbour"),
    Query("walrus", publishers=frozenset({"pell weekly"})),
    Query("lantern bridge bearing crack", phrases=("the bridge",)),
    Query("council mayor budget", excluded=("walrus",)),
)


async def assert_finds_what_is_stored(news: NewsIndex) -> list[Passage]:
    """Compare an index with its store, and with an engine in memory over all that is stored."""
    passages = await news.passages()
    assert found_ids(news) == [passage.id for passage in passages]
    fresh = Searcher.over(passages)
    assert news.searcher.passage_count == len(passages)
    assert news.publishers() == fresh.publishers
    for query in QUERIES:
        for limit in (3, 1000):
            hits = await news.search(query, limit)
            assert told(hits) == told(fresh.search(query, limit)), query
    assert_articles_are_whole(passages)
    return passages


def found_ids(news: NewsIndex) -> list[int]:
    """Return the ids of the passages that can be found."""
    parts = news._segments.state.parts  # noqa: SLF001 (no question finds every passage)
    return sorted(int(each) for part in parts for each in part.part.live_ids)


def told(hits: Iterable[Hit]) -> list[tuple[int, float, str]]:
    return [(hit.passage.id, round(hit.score, 9), hit.passage.text) for hit in hits]


def assert_articles_are_whole(passages: Iterable[Passage]) -> None:
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    articles = {}
    for passage in passages:
        spans[passage.article.id].append((passage.start, passage.end))
        articles[passage.article.id] = passage.article
    for name, article in articles.items():
        assert spans[name] == split_passages(article.text, title=article.title), name


def assert_files_are_whole(passages: Iterable[Passage]) -> dict[int, int]:
    """Hold that all articles are of one edition of their file; return the files' editions."""
    editions: dict[int, int] = {}
    names: defaultdict[int, set[str]] = defaultdict(set)
    for passage in passages:
        file = int(passage.article.id.partition("-")[0])
        edition = edition_of(passage.text)
        assert editions.setdefault(file, edition) == edition, f"file {file} has two editions"
        names[file].add(passage.article.id)
    for file, edition in editions.items():
        assert names[file] == {article["id"] for article in articles_of(file, edition)}
    return editions
