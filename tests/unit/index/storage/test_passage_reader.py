import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from index.errors import StorageError
from index.model import Article
from index.storage.article_store import FILE_NAME
from index.storage.rows import SplitArticle
from tests.unit.index.storage.stored_files import forget, put


@pytest.fixture
def reader(store):
    reader = store.reader()
    yield reader
    reader.close()


async def test_passages_are_read_by_id(store, reader):
    await put(store, "one", a=2, b=3)
    stored = {passage.id: passage for passage in await store.passages()}
    assert reader.passages([]) == {}
    for _ in range(2):
        found = reader.passages([4, 1, 99])
        assert found == {1: stored[1], 4: stored[4]}
        assert found[4].text == "b"


async def test_more_are_read_than_are_remembered_or_looked_up_at_once(store, reader):
    await put(store, "one", a=3000)
    ids = list(range(1, 3001))
    for _ in range(2):
        assert list(reader.passages(ids)) == ids
    assert reader.passages([1, 3000, 1])[3000].start == 2999


async def test_what_is_gone_is_not_found_though_it_was_read_before(store, reader):
    await put(store, "one", a=2)
    await put(store, "two", b=1)
    assert set(reader.passages([1, 2, 3])) == {1, 2, 3}
    await put(store, "one", a=3)
    assert set(reader.passages([1, 2, 3])) == {3}
    await forget(store, "two")
    assert reader.passages([1, 2, 3]) == {}
    assert set(reader.passages([4, 5, 6])) == {4, 5, 6}


async def test_an_article_is_read_in_reading_order(store, reader):
    await put(store, "one", a=3, none=0)
    await put(store, "two", b=2)
    assert [(p.id, p.start) for p in reader.passages_of("a")] == [(1, 0), (2, 1), (3, 2)]
    assert reader.passages_of("none") == []
    assert reader.passages_of("unknown") == []


async def test_articles_are_known_by_number(store, reader):
    await put(store, "one", a=1, b=1)
    numbers = reader.article_numbers(["b", "unknown", "a"])
    followed = [each async for batch in store.followed.articles_between(0, 9) for each in batch]
    assert numbers == {each.number for each in followed}
    assert reader.article_numbers([]) == set()


async def test_the_articles_of_passages_and_their_texts_are_read(store, reader):
    await put(store, "one", a=2, b=1)
    await put(store, "two", **{f"c{n}": 1 for n in range(600)})
    stored = {passage.id: passage.article for passage in await store.passages()}
    articles = reader.articles_of([*stored, 9999])
    assert articles.keys() == stored.keys()
    texts = dict(reader.texts_of([*set(articles.values()), 9999]))
    assert len(texts) == 602
    for passage_id, number in articles.items():
        article = stored[passage_id]
        assert texts[number] == [article.title, article.publisher or "", article.text]


AUTHORS = {
    "Ann Smith": {"smith", "ann smith", "ANN"},
    "ANN SMITHSON": {"ANN", "smithson"},
    "Zoë O’Neill": {"zoe", "o'neill"},
    "Smith-Jones, Bo": {"smith", "jones bo"},
    "100%": {"100"},
    "": set(),
}


async def test_articles_are_found_by_whole_words_of_their_authors(store, reader):
    async with store.update_file("one", "1", "1", frozenset()) as update:
        for author in [*AUTHORS, None]:
            article = Article(f"by {author}", "", "abc", author=author)
            await update.put(SplitArticle(article, [(0, 3)]))
    numbers = {author: reader.article_numbers([f"by {author}"]) for author in AUTHORS}
    for name in {*set().union(*AUTHORS.values()), "nobody", "%", "_", "mith"}:
        expected = {author for author, names in AUTHORS.items() if name in names}
        assert reader.article_numbers_by([name]) == set().union(*(numbers[a] for a in expected))
    assert reader.article_numbers_by(["zoe", "100"]) == numbers["Zoë O’Neill"] | numbers["100%"]
    assert reader.article_numbers_by([]) == set()


async def test_authors_are_looked_up_without_reading_articles(store, tmp_path):
    await put(store, "one", a=1)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT article_id, author FROM articles"
            " WHERE author IS NOT NULL AND (author LIKE '%a%' OR author GLOB '*b*')"
        ).fetchall()
    assert "COVERING INDEX articles_by_author" in str(plan)


async def test_several_threads_may_read(store, reader):
    await put(store, "one", a=500)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: reader.passages([n, n + 1]), range(1, 500)))
    assert [set(each) for each in found] == [{n, n + 1} for n in range(1, 500)]


async def test_nothing_is_read_once_it_is_closed(store, reader):
    await put(store, "one", a=1)
    reader.passages([1])
    reader.close()
    for read in (lambda: reader.passages([1]), lambda: reader.passages_of("a")):
        with pytest.raises(StorageError, match="closed"):
            read()


async def test_an_id_that_is_no_text_is_unknown(store, reader):
    await put(store, "one", a=2)
    assert len(reader.passages_of("a")) == 2
    assert reader.passages_of("a\udcff") == []
