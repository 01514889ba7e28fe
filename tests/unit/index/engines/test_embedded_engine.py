import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.engines.embedded import EmbeddedEngine
from index.engines.memory import PassagesInMemory, engine_over
from index.engines.term_lists import origin_of, passage_terms
from index.model import Article, Passage, PublicationTime, Query
from index.ranking.building import SegmentBuilder
from index.ranking.collection import Collection
from index.ranking.formula import Model
from index.ranking.part import Part

ANALYZER = Analyzer()
# forms of one word, stop words, names that are written like these, accents
WORDS = ["bridge", "Bridges", "closed", "closes", "the", "of", "US", "us", "WHO", "café", "Cafe"]
SEPARATORS = [" ", ", ", " - ", ". ", "\n\n"]
TEXT = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SEPARATORS)), max_size=7).map(
    lambda pairs: "".join(word + separator for word, separator in pairs)
)
PHRASE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


def passage(number, text, title="", publisher=None, published=None, article=None):
    source = Article(article or f"a{number}", title, text, None, publisher, published=published)
    return Passage(number, source, 0, len(text))


def ids_of(hits):
    return [hit.passage.id for hit in hits]


def found(passages, limit=100, **query: Any):
    return set(ids_of(engine_over(passages, ANALYZER).search(Query(**query), limit)))


def stripped(text):
    """A text as phrases see it: its words, told by their letters alone, between spaces."""
    plain = text.casefold().replace("é", "e")
    return " " + " ".join(re.findall(r"[a-z]+", plain)) + " "


def holds(each: Passage, phrase: str) -> bool:
    return any(stripped(phrase) in stripped(text) for text in each.searched_texts)


@settings(deadline=None, max_examples=200)
@given(
    texts=st.lists(st.tuples(TEXT, TEXT, st.sampled_from([None, "Cafe US", "The"])), max_size=8),
    phrases=st.lists(PHRASE, max_size=2),
    excluded=st.lists(PHRASE.filter(lambda phrase: " " in phrase), max_size=2),
)
def test_phrases_stand_word_for_word_in_what_is_found(texts, phrases, excluded):
    passages = [
        passage(n, f"news {text}", title, publisher)
        for n, (text, title, publisher) in enumerate(texts)
    ]
    expected = {
        each.id
        for each in passages
        if all(holds(each, phrase) for phrase in phrases)
        and not any(holds(each, phrase) for phrase in excluded)
    }
    query = {"text": "news", "phrases": tuple(phrases), "excluded": tuple(excluded)}
    assert found(passages, **query) == expected


@pytest.mark.parametrize("name", ["WHO", "US", "IT"])
def test_a_phrase_is_found_however_its_words_are_written(name):
    passages = [
        passage(1, f"News: {name} said so."),
        passage(2, f"News, told {name.lower()} in May"),
        passage(3, "News: whose?"),
    ]
    for written in name, name.lower(), name.title():
        assert found(passages, text="news", phrases=(written,)) == {1, 2}
        assert found(passages, text="news", phrases=(f"told {written} in",)) == {2}


def test_a_phrase_alone_is_a_question():
    passages = [passage(1, "The bridge closed."), passage(2, "Closed: the bridge.")]
    engine = engine_over(passages, ANALYZER)
    for text in "", "the":
        query = Query(text, phrases=("bridge closed", "the bridge"))
        (hit,) = engine.search(query, 10)
        assert hit.passage.id == 1
        assert engine.explain(query, hit.passage).value == pytest.approx(hit.score)
    assert found([passage(1, "The WHO said so.")], text="", phrases=("the WHO",)) == {1}


def test_a_phrase_does_not_reach_from_the_title_into_the_text():
    passages = [passage(1, "closed today", "The bridge"), passage(2, "bridge closed", "Today")]
    assert found(passages, text="bridge", phrases=("bridge closed",)) == {2}


def test_one_excluded_word_excludes_its_other_forms_wherever_they_stand():
    passages = [
        passage(1, "news of a bridge"),
        passage(2, "news", "Bridges"),
        passage(3, "news", publisher="Bridge Post"),
        passage(4, "news of an abridged version"),
        passage(5, "news"),
    ]
    assert found(passages, text="news", excluded=("BRIDGES",)) == {4, 5}


def test_an_excluded_phrase_excludes_neither_its_words_nor_their_other_forms():
    passages = [
        passage(1, "news: the bridge closed"),
        passage(2, "news: closed, the bridge"),
        passage(3, "news: the bridge closes"),
    ]
    assert found(passages, text="news", excluded=("bridge closed",)) == {2, 3}


def test_an_excluded_stop_word_is_looked_for_in_the_text():
    passages = [passage(1, "news for us"), passage(2, "news")]
    assert found(passages, text="news", excluded=("us",)) == {2}


@pytest.mark.parametrize("nothing", ["", "…", " "])
def test_phrases_without_words_mean_nothing(nothing):
    passages = [passage(1, "news")]
    assert found(passages, text="news", phrases=(nothing,), excluded=(nothing,)) == {1}


def test_articles_are_filtered_by_their_ids():
    passages = [
        passage(1, "news", article="a"),
        passage(2, "news", article="a"),
        passage(3, "news", article="b"),
    ]
    assert found(passages, text="news", articles=frozenset({"a", "unheard-of"})) == {1, 2}
    assert found(passages, text="news", articles=frozenset({"unheard-of"})) == set()
    assert found(passages, text="news", articles=frozenset()) == set()
    assert found(passages, text="news", articles=None) == {1, 2, 3}


def test_publishers_are_filtered_without_regard_to_case():
    names = ["Étoile", "ÉTOILE", "Etoile", None]
    passages = [passage(n, "news", publisher=name) for n, name in enumerate(names)]
    assert found(passages, text="news", publishers=frozenset({"étoile"})) == {0, 1}


def test_dates_are_filtered():
    passages = [
        passage(1, "news", published=PublicationTime.of(date(2026, 3, 4))),
        passage(2, "news", published=PublicationTime.of(datetime(2026, 3, 4, 9, tzinfo=UTC))),
        passage(3, "news"),
    ]
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert found(passages, text="news", since=noon) == {1}
    assert found(passages, text="news", until=noon) == {1, 2}


def test_publishers_are_counted_by_articles():
    passages = [
        passage(1, "news", publisher="Post", article="a"),
        passage(2, "news", publisher="Post", article="a"),
        passage(3, "news", publisher="Post", article="b"),
        passage(4, "news", publisher="Wire", article="c"),
        passage(5, "news", article="d"),
    ]
    assert engine_over(passages, ANALYZER).publishers() == {"Post": 2, "Wire": 1}
    assert engine_over([], ANALYZER).publishers() == {}


@pytest.mark.parametrize("model", Model)
@settings(deadline=None)
@given(
    texts=st.lists(TEXT, min_size=1, max_size=8),
    question=st.lists(st.sampled_from([*WORDS, "unheard-of"]), min_size=1, max_size=5),
)
def test_an_explanation_adds_up_to_the_score_of_the_hit(model, texts, question):
    passages = [passage(n, text, "News") for n, text in enumerate(texts)]
    engine = engine_over(passages, ANALYZER, model)
    query = Query(" ".join(question))
    for hit in engine.search(query, 100):
        told = engine.explain(query, hit.passage)
        assert told.value == pytest.approx(hit.score, abs=1e-12)
        assert sum(each.value for each in told.details) == pytest.approx(hit.score, abs=1e-12)
        assert len(told.details) == len(engine.terms(query.text))


def test_a_passage_that_is_not_indexed_cannot_be_explained():
    with pytest.raises(KeyError):
        engine_over([passage(1, "news")], ANALYZER).explain(Query("news"), passage(2, "news"))


def over_a_store_that_lacks(gone, count):
    """An engine whose collection has `count` passages, the best ones first, and a source."""
    passages = [passage(n, "news " * 3 + "word " * n) for n in range(count)]
    builder = SegmentBuilder()
    for number, each in enumerate(passages):
        terms = passage_terms(each.searched_texts, ANALYZER)
        builder.add(origin_of(number, each.article, each.id), [terms])
    left = [each for each in passages if each.id not in gone]
    return EmbeddedEngine(Collection([Part(builder.build())]), PassagesInMemory(left), ANALYZER)


@pytest.mark.parametrize("limit", [1, 5, 50, 1000])
@pytest.mark.parametrize("gone_count", [0, 1, 60, 119, 120])
def test_what_is_gone_from_the_store_makes_room_for_what_is_not(limit, gone_count):
    engine = over_a_store_that_lacks(range(gone_count), 120)
    hits = engine.search(Query("news"), limit)
    assert ids_of(hits) == list(range(gone_count, 120))[:limit]
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_even_where_a_thousand_of_the_best_are_gone_the_next_are_found():
    assert ids_of(over_a_store_that_lacks(range(1001), 1010).search(Query("news"), 3)) == [
        1001,
        1002,
        1003,
    ]


@pytest.mark.parametrize("limit", [1, 10, 251, 1000])
def test_a_phrase_is_found_behind_any_number_of_passages_that_only_hold_its_words(limit):
    best = [
        passage(n, "bridge closed bridge" if n > 1500 else "closed bridge") for n in range(1510)
    ]
    expected = [each.id for each in best if each.id > 1500]
    hits = engine_over(best, ANALYZER).search(Query("closed", phrases=("bridge closed",)), limit)
    assert ids_of(hits) == expected[:limit]


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_from_one_to_a_thousand_hits_can_be_asked_for(limit):
    engine = engine_over([passage(1, "the bridge closed")], ANALYZER)
    for query in Query("bridge"), Query("bridge", phrases=("bridge closed",)):
        with pytest.raises(ValueError, match=f"not {limit}"):
            engine.search(query, limit)


@pytest.mark.parametrize("limit", [2, 3, 1000])
def test_more_can_be_asked_for_than_there_is(limit):
    passages = [passage(1, "the bridge closed"), passage(2, "a bridge")]
    engine = engine_over(passages, ANALYZER)
    assert set(ids_of(engine.search(Query("bridge"), limit))) == {1, 2}
    assert ids_of(engine.search(Query("bridge", phrases=("bridge closed",)), limit)) == [1]
    assert engine_over([], ANALYZER).search(Query("bridge"), limit) == []


def test_equal_scores_stand_by_publication_the_undated_last_and_then_by_id():
    days = [None, date(2026, 3, 1), date(2026, 3, 9), date(2026, 3, 9), None]
    passages = [
        passage(n, "news", published=PublicationTime.of(day) if day else None)
        for n, day in enumerate(days)
    ]
    assert ids_of(engine_over(passages, ANALYZER).search(Query("news"), 10)) == [2, 3, 1, 0, 4]


def test_passages_of_an_article_are_those_that_can_be_found():
    passages = [passage(n, "news", article="a") for n in (3, 1, 2)]
    engine = engine_over(passages, ANALYZER)
    assert [each.id for each in engine.passages_of("a")] == [1, 2, 3]
    assert engine.passages_of("unheard-of") == []
    more = PassagesInMemory([*passages, replace(passages[0], id=9)])
    builder = SegmentBuilder()
    builder.add(origin_of(0, passages[0].article, 1), [["news"]] * 3)
    collection = Collection([Part(builder.build())]).removing([2])
    left = EmbeddedEngine(collection, more, ANALYZER).passages_of("a")
    assert [each.id for each in left] == [1, 3]


def test_words_are_looked_up_as_they_are_indexed():
    engine = engine_over([passage(1, "Bridges", "The bridge"), passage(2, "café")], ANALYZER)
    assert engine.terms("The BRIDGES of the Café") == ["bridg", "cafe"]
    assert [engine.document_frequency(term) for term in ("bridg", "cafe", "the")] == [1, 1, 0]
    assert engine.passage_count == 2


def written(number, author, text="news"):
    article = Article(f"a{number}", "", text, author=author)
    return Passage(number, article, 0, len(text))


AUTHORS = [
    written(1, "Ann Smith"),
    written(2, "ANN SMITHSON"),
    written(3, None),
    written(4, "Smith, Zoë; Bo O’Neill"),
    written(5, "by Joann-Smith"),
    written(6, "100% real_name"),
]


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        ({"smith"}, {1, 4, 5}),
        ({"ANN SMITH"}, {1}),
        ({"ann"}, {1, 2}),
        ({"zoe"}, {4}),
        ({"O'Neill"}, {4}),
        ({"Zoë", "Smithson"}, {2, 4}),
        ({"nobody"}, set()),
        ({"real"}, {6}),
        ({"%"}, set()),
    ],
)
def test_an_author_is_found_by_whole_words_of_the_name(names, ids):
    assert found(AUTHORS, text="news", authors=frozenset(names)) == ids


def test_authors_and_articles_narrow_each_other():
    articles = frozenset({"a1", "a2"})
    assert found(AUTHORS, text="news", authors=frozenset({"smith"}), articles=articles) == {1}


def test_a_phrase_that_many_passages_have_the_words_of_is_found_in_the_one_that_has_it():
    passages = [passage(n, f"said people {n} years ago in all") for n in range(1, 301)]
    passages += [passage(301, "and so people said"), passage(302, "“people” – Said")]
    query = {"text": "people said", "phrases": ("people said",)}
    assert found(passages, **query) == {301, 302}
    assert found(passages, text="people said", phrases=("people years",)) == set()


def test_terms_are_found_by_their_first_letters_and_length():
    texts = ["inflation inflated in Italy", "Éclair eclipse ecu", "internationalisation 東京 ich"]
    engine = engine_over([passage(n, text) for n, text in enumerate(texts)], ANALYZER)
    terms = {term for text in texts for term in ANALYZER.terms(text)}
    for beginnings in "i", "e", "ie", "x":
        for shortest, longest in (1, 40), (3, 6), (8, 9), (9, 40), (7, 8):
            expected = {
                term
                for term in terms
                if term[0] in beginnings and shortest <= len(term.encode()) <= longest
            }
            assert set(engine.terms_like(beginnings, shortest, longest)) == expected


def test_the_words_of_a_term_are_those_that_passages_write():
    engine = engine_over(
        [passage(1, "Inflated inflation, inflation."), passage(2, "inflatable ink")], ANALYZER
    )
    (term,) = set(ANALYZER.terms("inflation"))
    assert next(iter(engine.words_of(term))) == "inflation"
    assert set(engine.words_of(term)) == {"Inflated", "inflation", "inflatable"}
    assert list(engine.words_of("nothing")) == []
