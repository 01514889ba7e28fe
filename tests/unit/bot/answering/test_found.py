from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from bot.answering.found import BEST_COUNT, RECENT_COUNT, RECENT_DAYS, find, taken_apart
from index import Query
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import NOW, asked_of, found_in, over, story

# older, and each a better match than what is new
OLD = [
    story(f"old{n:02}", "The bridge closed. " * 2, published=f"2025-{1 + n % 12:02}-01")
    for n in range(30)
]
TOLD = "It closed, the bridge, in the end and after many words that have little to do with it."
NEW = story("new", TOLD, publisher="Courier", published="2026-03-30")
LATEST = story("latest", TOLD, publisher="Weekly", published="2026-04-01")
FUTURE = story("future", TOLD, published="2026-04-09")
UNDATED = story("undated", TOLD)
NEWS = over(*OLD, NEW, LATEST, FUTURE, UNDATED)
CLOSED = Query("bridge closed")


def ids(hits) -> list[str]:
    return [hit.passage.article.id for hit in hits]


def test_the_best_passages_come_first_and_the_newest_are_added():
    found = ids(find(CLOSED, NOW, NEWS))
    assert all(each.startswith("old") for each in found[:BEST_COUNT])
    assert set(found[BEST_COUNT:]) == {"new", "latest"}


def test_what_is_new_is_counted_from_when_it_is_asked():
    earlier = ids(find(CLOSED, NOW - timedelta(days=3), NEWS))
    assert "new" not in earlier
    later = find(CLOSED, NOW + timedelta(days=RECENT_DAYS), NEWS)
    assert {"latest", "future"} <= set(ids(later))


def test_no_passage_comes_twice():
    news = over(*(story(f"{n}", TOLD, published="2026-03-31") for n in range(40)))
    found = [hit.passage.id for hit in find(CLOSED, NOW, news)]
    assert len(set(found)) == len(found)
    assert BEST_COUNT <= len(found) <= BEST_COUNT + RECENT_COUNT


def test_filters_hold_for_what_is_new_too():
    def of(**filters: object) -> set[str]:
        return set(ids(find(Query("bridge closed", **filters), NOW, NEWS)))

    assert of(publishers=frozenset({"courier"})) == {"new"}
    assert of(articles=frozenset({"old01", "latest"})) == {"old01", "latest"}
    assert not of(until=NOW - timedelta(days=60)) & {"new", "latest"}
    assert of(since=NOW - timedelta(days=1)) == {"latest", "future"}
    assert of(since=NOW - timedelta(days=60)) == {"new", "latest", "future"}
    assert not of(excluded=("words",)) & {"new", "latest"}


def test_nothing_is_looked_for_twice_where_nothing_was_found():
    assert find(Query("walrus"), NOW, NEWS) == []
    assert find(Query(""), NOW, NEWS) == []
    assert find(CLOSED, NOW, over()) == []


def test_a_passage_knows_its_terms_and_what_it_holds_of_the_question():
    article = story("a", "Mara Finch closed the bridge in Pellmouth.", "Bridges", "The Courier")
    searcher = over(article)
    (found,) = found_in(searcher, "Why did Finch close the bridge for the Courier?")
    assert found.share == 1.0
    assert found.held == set(searcher.terms("finch closed bridge"))
    assert found.title == set(searcher.terms("Bridges"))
    assert found.publisher == set(searcher.terms("The Courier"))
    assert found.anywhere == found.distinct | found.title | found.publisher
    assert [name.text for name in found.names] == ["mara", "pellmouth"]
    assert [name.text for name in found.full_names] == ["Mara Finch"]


def test_shares_are_of_the_best_score():
    found = taken_apart(find(CLOSED, NOW, NEWS), asked_of(NEWS, "bridge closed"), NEWS.analyzer)
    assert found[0].share == 1.0
    best = found[0].hit.score
    assert [each.share for each in found] == pytest.approx([e.hit.score / best for e in found])


@settings(deadline=None)
@given(ARTICLES, QUESTIONS)
def test_whatever_is_asked_no_passage_comes_twice_and_the_best_come_first(articles, question):
    found = found_in(over(*articles), question)
    passages = [each.hit.passage.id for each in found]
    assert len(set(passages)) == len(passages)
    scores = [each.hit.score for each in found[:BEST_COUNT]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= each.share <= 1.0 for each in found)


@pytest.mark.parametrize("now", [datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_at_both_ends_of_the_calendar_there_are_passages_all_the_same(now):
    assert len(find(CLOSED, now, NEWS)) >= BEST_COUNT
