import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi, BM25Plus

from index.ranking.bm25 import BM25, Model

TERMS = st.sampled_from("abcdefgh")
DOCUMENTS = st.lists(st.lists(TERMS, max_size=8), min_size=1, max_size=12)
QUERY = st.lists(st.sampled_from("abcdefghxyz"), min_size=1, max_size=6)


@pytest.mark.parametrize(("model", "library"), [(Model.OKAPI, BM25Okapi), (Model.PLUS, BM25Plus)])
@given(documents=DOCUMENTS.filter(any), query=QUERY)
def test_scores_are_those_of_rank_bm25(model, library, documents, query):
    positions, scores = BM25(documents, model).search(query)
    expected = library(documents).get_scores(query)[positions]
    assert scores == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(documents=DOCUMENTS, query=QUERY)
def test_only_documents_that_hold_a_term_are_found(documents, query):
    found, _ = BM25(documents).search(query)
    assert found.tolist() == [n for n, terms in enumerate(documents) if set(terms) & set(query)]


@pytest.mark.parametrize("model", Model)
@given(documents=DOCUMENTS.filter(any), query=QUERY)
def test_an_explanation_adds_up_to_the_score(model, documents, query):
    ranking = BM25(documents, model)
    for position, score in zip(*ranking.search(query), strict=True):
        explanation = ranking.explain(query, int(position))
        assert explanation.value == pytest.approx(score)
        assert len(explanation.details) == len(query)


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_where_there_are_no_terms_nothing_is_found(documents):
    ranking = BM25(documents)
    positions, scores = ranking.search(["a"])
    assert positions.tolist() == scores.tolist() == []
    assert ranking.document_frequency("a") == 0


def test_bm25_plus_tells_the_passages_of_a_single_article_apart_where_okapi_cannot():
    # "treaty" is in three of four passages, so Okapi floors its idf, and the floor is negative here
    documents = [["treaty", "talks"], ["treaty", "treaty"], ["treaty", "lunch"], ["lunch", "talks"]]
    _, okapi = BM25(documents, Model.OKAPI).search(["treaty"])
    _, plus = BM25(documents, Model.PLUS).search(["treaty"])
    assert okapi.argmax() != 1
    assert plus.argmax() == 1
