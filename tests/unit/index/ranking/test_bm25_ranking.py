import math

import numpy as np
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
    ranking = BM25(documents, model)
    everything = np.arange(len(documents))
    expected = library(documents).get_scores(query)
    assert ranking.scores(query, everything) == pytest.approx(expected, rel=1e-9)


@given(documents=DOCUMENTS, query=QUERY)
def test_only_documents_that_hold_a_term_are_found(documents, query):
    found = BM25(documents).holding(query).tolist()
    assert found == [n for n, terms in enumerate(documents) if set(terms) & set(query)]


@given(documents=DOCUMENTS.filter(any), query=QUERY)
def test_an_explanation_adds_up_to_the_score(documents, query):
    ranking = BM25(documents)
    explanation = ranking.explain(query, 0)
    assert explanation.value == pytest.approx(ranking.scores(query, np.array([0]))[0])
    assert explanation.value == pytest.approx(math.fsum(d.value for d in explanation.details))


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_where_there_are_no_terms_nothing_is_found(documents):
    ranking = BM25(documents)
    assert ranking.holding(["a"]).tolist() == []
    assert ranking.scores(["a"], np.empty(0, np.int64)).tolist() == []


def test_bm25_plus_ranks_the_telling_word_of_a_single_article_where_okapi_cannot():
    # "treaty" is in every passage of the one article, "museum" in one
    documents = [["treaty", "talks"], ["treaty", "museum"], ["treaty", "lunch"]]
    everything = np.arange(3)
    okapi = BM25(documents, Model.OKAPI).scores(["treaty"], everything)
    plus = BM25(documents, Model.PLUS).scores(["treaty"], everything)
    assert okapi.max() <= plus.max()
    assert (plus > 0).all()
    assert BM25(documents).scores(["museum"], everything).argmax() == 1
