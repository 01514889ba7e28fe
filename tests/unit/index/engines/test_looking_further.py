"""Where the words of passages must be looked at, more of them are looked through than asked for."""

from index import Article, Passage, Query, Searcher

CROWD = "The bridge was closed, and a lantern fell."
WANTED = "A lantern bridge. It was closed, and then it was opened, and then it was closed again."


def searcher_over(texts: list[str]) -> Searcher:
    articles = [Article(str(number), "Notice", text) for number, text in enumerate(texts)]
    return Searcher.over(
        [Passage(n, article, 0, len(article.text)) for n, article in enumerate(articles, start=1)]
    )


def test_a_phrase_is_found_however_many_passages_with_its_words_rank_before_it():
    searcher = searcher_over([CROWD] * 3000 + [WANTED])
    (hit,) = searcher.search(Query("lantern bridge", phrases=("lantern bridge",)), 10)
    assert (hit.passage.article.id, hit.rank) == ("3000", 1)


def test_a_phrase_that_stands_nowhere_is_not_found():
    searcher = searcher_over([CROWD] * 3000)
    assert searcher.search(Query("lantern bridge", phrases=("lantern bridge",)), 10) == []


def test_as_many_as_there_are_may_be_asked_for():
    searcher = searcher_over([WANTED] * 1200)
    hits = searcher.search(Query("lantern", phrases=("lantern bridge",)), 1000)
    assert [hit.rank for hit in hits] == list(range(1, 1001))
    assert [hit.passage.id for hit in hits] == list(range(1, 1001))
