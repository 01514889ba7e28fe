from __future__ import annotations

import numpy as np
import pytest
from rank_bm25 import BM25Okapi, BM25Plus

from benchmarks.engines.corpus import Corpus
from benchmarks.engines.generator import generate
from benchmarks.engines.questions import draw_questions
from benchmarks.engines.reference import (
    Model,
    Reference,
    best_of,
    fault_of,
    largest_difference,
    overlap,
)

PASSAGE_COUNT = 300
# its most frequent terms are in more than half of the passages, where Okapi's floor applies
FLOORED = [["the", "flood", "town"], ["the", "town"], ["the", "flood", "flood"], ["bridge"]]


@pytest.fixture(scope="module")
def corpus():
    return generate(PASSAGE_COUNT, seed=11)


@pytest.fixture(scope="module")
def reference(corpus):
    return Reference(corpus)


@pytest.mark.parametrize(("model", "library"), [("OKAPI", BM25Okapi), ("PLUS", BM25Plus)])
def test_scores_are_those_of_rank_bm25(corpus, reference, model, library):
    theirs = library([corpus.terms(passage) for passage in range(PASSAGE_COUNT)])
    questions = draw_questions(corpus, reference.postings, 20, seed=1)
    questions += [[corpus.words[0], corpus.words[0], "unheard-of"]]

    for terms in questions:
        scores = reference.scores(terms, Model[model])
        found = scores > -np.inf
        assert found.any()
        assert scores[found] == pytest.approx(theirs.get_scores(terms)[found], abs=1e-9)


def test_the_floor_of_frequent_terms_is_that_of_rank_bm25():
    corpus = _corpus_of(FLOORED)
    theirs = BM25Okapi(FLOORED)

    scores = Reference(corpus).scores(["the", "town"], Model.OKAPI)

    assert scores[:3] == pytest.approx(theirs.get_scores(["the", "town"])[:3], abs=1e-12)
    assert scores[3] == -np.inf


def test_equal_scores_stand_in_the_order_of_passages():
    assert best_of(np.array([1.0, 2.0, -np.inf, 2.0]), 3) == [(1, 2.0), (3, 2.0), (0, 1.0)]


def test_any_of_equal_passages_is_right():
    scores = np.array([3.0, 1.0, 1.0, 0.5])

    assert overlap([(0, 3.0), (2, 1.0)], scores, 2) == 1
    assert overlap([(0, 3.0), (3, 0.5)], scores, 2) == 0.5
    assert overlap([(0, 3.0)], scores, 2) == 0.5
    assert largest_difference([(0, 3.25)], scores) == 0.25


@pytest.mark.parametrize(
    ("hits", "fault"),
    [
        ([(1, 2.0), (2, 1.0)], None),
        ([(1, 2.0), (1, 1.0)], "the same passage twice"),
        ([(1, 1.0), (2, 2.0)], "a better score after a worse one"),
        ([(9, 1.0)], "a passage that does not exist"),
        ([(1, 1.0), (2, 1.0), (3, 1.0)], "3 hits where 2 were asked for"),
    ],
)
def test_malformed_answers_are_told(hits, fault):
    assert fault_of(hits, 2, passage_count=5) == fault


def _corpus_of(passages) -> Corpus:
    words = sorted({term for terms in passages for term in terms})
    ids = [words.index(term) for terms in passages for term in terms]
    return Corpus(
        words=words,
        offsets=np.cumsum([0, *map(len, passages)]),
        term_ids=np.array(ids, np.int32),
        article_of=np.arange(len(passages), dtype=np.int32),
        day_of=np.zeros(len(passages), np.int32),
        publisher_of=np.zeros(len(passages), np.int32),
    )
