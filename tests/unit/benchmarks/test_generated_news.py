from __future__ import annotations

import numpy as np
import pytest

from benchmarks.engines.corpus import Corpus, Feed
from benchmarks.engines.description import describe
from benchmarks.engines.generator import generate
from benchmarks.engines.questions import draw_questions, mean_touched
from benchmarks.engines.reference import Postings
from benchmarks.engines.words import make_words

PASSAGE_COUNT = 20_000


@pytest.fixture(scope="module")
def corpus():
    return generate(PASSAGE_COUNT, seed=7)


@pytest.fixture(scope="module")
def postings(corpus):
    return Postings.of(corpus)


def test_a_seed_always_makes_the_same_corpus():
    one, same, other = (generate(500, seed) for seed in (1, 1, 2))

    assert one.words == same.words
    assert np.array_equal(one.term_ids, same.term_ids)
    assert np.array_equal(one.day_of, same.day_of)
    assert not np.array_equal(one.term_ids[:1000], other.term_ids[:1000])


def test_terms_are_as_frequent_as_in_real_news(corpus, postings):
    figures = describe(corpus, postings)

    # 393,333 real passages: 62.1, 51.4, .855, .104, 296, 1,069, .626
    assert figures["terms a passage"] == pytest.approx(63, abs=2)
    assert figures["postings a passage"] == pytest.approx(52, abs=2)
    assert figures["postings of frequency 1, share"] == pytest.approx(0.855, abs=0.02)
    assert figures["postings of frequency 2, share"] == pytest.approx(0.10, abs=0.02)
    assert figures["terms in 3.00% of the passages or more"] == pytest.approx(300, rel=0.15)
    assert figures["terms in 1.00% of the passages or more"] == pytest.approx(1_070, rel=0.15)
    assert figures["postings of these, share (1.00%)"] == pytest.approx(0.62, abs=0.04)


def test_frequencies_fall_with_the_rank_as_zipf_says(postings):
    frequencies = np.sort(postings.document_frequencies)[::-1]

    ranks = np.array([100, 1_000, 10_000])
    slopes = np.diff(np.log(frequencies[ranks])) / np.diff(np.log(ranks))
    assert -1.2 < slopes[0] < -0.5
    assert -2.2 < slopes[1] < -1.2


def test_the_vocabulary_grows_with_the_corpus_as_heaps_says(corpus):
    small = generate(PASSAGE_COUNT // 4, seed=7)

    exponent = np.log(len(corpus.words) / len(small.words)) / np.log(4)
    assert 0.5 < exponent < 0.75


def test_half_of_the_terms_occur_once(corpus, postings):
    assert 0.4 < describe(corpus, postings)["terms in one passage only, share"] < 0.65


def test_terms_come_back_within_an_article(corpus, postings):
    figures = describe(corpus, postings)

    assert figures["articles a posting, terms in 10 to 100 passages"] < 0.85


def test_passages_stand_in_articles_by_day(corpus):
    assert corpus.passage_count == PASSAGE_COUNT
    assert corpus.passage_count / corpus.article_count == pytest.approx(8, rel=0.1)
    assert np.all(np.diff(corpus.article_of) >= 0)
    assert np.all(np.diff(corpus.days) >= 0)
    assert 40 < len(np.unique(corpus.publisher_of)) <= 50


def test_questions_touch_a_third_of_a_posting_a_passage(corpus, postings):
    questions = draw_questions(corpus, postings, 200, seed=7)

    assert questions == draw_questions(corpus, postings, 200, seed=7)
    touched = mean_touched(questions, corpus, postings) / PASSAGE_COUNT
    assert touched == pytest.approx(0.32, abs=0.05)


def test_no_two_words_are_the_same():
    words = make_words(np.arange(50_000, dtype=np.int32))

    assert len(set(words)) == len(words)
    assert {len(word) for word in words} <= set(range(3, 13))


def test_a_saved_corpus_is_read_as_it_was(tmp_path):
    corpus = generate(50, seed=3)

    corpus.save(tmp_path / "corpus")

    read = Corpus.load(tmp_path / "corpus")
    assert [read.terms(p) for p in range(50)] == [corpus.terms(p) for p in range(50)]
    assert np.array_equal(read.days, corpus.days)


def test_the_feed_hands_out_every_passage(corpus):
    feed = Feed(corpus)

    lists = list(feed.term_lists())

    assert len(lists) == PASSAGE_COUNT
    assert lists[PASSAGE_COUNT - 1] == corpus.terms(PASSAGE_COUNT - 1)
    assert feed.seconds > 0
