import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi, BM25Plus

from index.ranking.admission import Admission
from index.ranking.arrays import PAGE_SIZE
from index.ranking.collection import Collection
from index.ranking.formula import Model
from index.ranking.part import Part
from index.ranking.segment import Segment
from tests.unit.index.ranking.passages import Known, Library, built, in_order, segment_of

TERMS = st.sampled_from("abcdefgh")
DOCUMENTS = st.lists(st.lists(TERMS, max_size=8), min_size=1, max_size=12)
QUERY = st.lists(st.sampled_from("abcdefghxyz"), min_size=1, max_size=6)
DAY = 86_400_000_000
PAGED_COUNT = 150_000


def passages_of(documents, first_id=1, time=0):
    return [Known(n, tuple(terms), time) for n, terms in enumerate(documents, first_id)]


def collection_of(*segments: Segment, model=Model.PLUS, kernel=None):
    return Collection([Part(segment) for segment in segments], model, lambda: kernel)


def ids_of(found):
    return [each.passage_id for each in found]


@pytest.fixture(scope="session")
def paged():
    """A segment of 150,000 passages, 100 a day, the newest first."""
    every = np.arange(PAGED_COUNT)
    positions = np.concatenate((every, every[::13], every[5::4999]))
    terms = np.repeat(np.arange(3), [PAGED_COUNT, len(every[::13]), len(every[5::4999])])
    frequencies = np.random.default_rng(4).choice([1, 1, 1, 2, 4], len(terms))
    times = np.repeat(np.arange(PAGED_COUNT // 100)[::-1] * DAY, 100)
    lengths = 5 + every * 7919 % 60
    return segment_of(
        terms.astype(np.uint32), positions.astype(np.uint32), frequencies, lengths, times
    )


@pytest.mark.parametrize(("model", "library"), [(Model.OKAPI, BM25Okapi), (Model.PLUS, BM25Plus)])
@settings(deadline=None)
@given(documents=DOCUMENTS.filter(any), query=QUERY)
def test_scores_are_those_of_rank_bm25(model, library, documents, query):
    found = collection_of(built(passages_of(documents)), model=model).search(query, 1000)
    expected = library(documents).get_scores(query)[[each - 1 for each in ids_of(found)]]
    assert [each.score for each in found] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@settings(deadline=None)
@given(documents=DOCUMENTS, query=QUERY)
def test_only_passages_that_hold_a_term_are_found(documents, query):
    found = collection_of(built(passages_of(documents))).search(query, 1000)
    holding = [n for n, terms in enumerate(documents, 1) if set(terms) & set(query)]
    assert sorted(ids_of(found)) == holding


@pytest.mark.parametrize("model", Model)
@settings(deadline=None)
@given(documents=DOCUMENTS.filter(any), query=QUERY)
def test_an_explanation_adds_up_to_the_score(model, documents, query):
    collection = collection_of(built(passages_of(documents)), model=model)
    for each in collection.search(query, 1000):
        held = collection.explain(query, each.passage_id)
        assert [part.term for part in held] == query
        assert sum(part.value for part in held) == pytest.approx(each.score, abs=1e-12)
        assert [part.frequency for part in held] == [
            documents[each.passage_id - 1].count(term) for term in query
        ]


@pytest.mark.parametrize("model", Model)
@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_where_there_are_no_terms_nothing_is_found(documents, model, kernel):
    collection = collection_of(built(passages_of(documents)), model=model, kernel=kernel)
    assert collection.search(["a"], 10) == []
    assert collection.document_frequency("a") == 0
    assert collection.publishers == {}


def test_without_segments_nothing_is_found(kernel):
    assert collection_of(kernel=kernel).search(["a"], 10) == []


def test_bm25_plus_tells_the_passages_of_a_single_article_apart_where_okapi_cannot():
    # "treaty" is in three of four passages, so Okapi floors its idf, and the floor is negative here
    documents = [["treaty", "talks"], ["treaty", "treaty"], ["treaty", "lunch"], ["lunch", "talks"]]
    segment = built(passages_of(documents))
    assert ids_of(collection_of(segment, model=Model.OKAPI).search(["treaty"], 1)) != [2]
    assert ids_of(collection_of(segment, model=Model.PLUS).search(["treaty"], 1)) == [2]


def test_a_word_that_tells_nothing_by_okapi_still_finds_its_passages(kernel):
    # in two of four passages: an idf of zero
    segment = built(passages_of([["a", "b"], ["a"], ["c"], ["d"]]))
    found = collection_of(segment, model=Model.OKAPI, kernel=kernel).search(["a"], 10)
    assert ids_of(found) == [1, 2]
    assert [each.score for each in found] == [0.0, 0.0]


@pytest.mark.parametrize("count", [0, -1])
def test_less_than_one_passage_cannot_be_asked_for(count):
    with pytest.raises(ValueError, match=rf"not {count}"):
        collection_of(built(passages_of([["a"]]))).search(["a"], count)


@pytest.mark.parametrize("count", [1, 5, 64, 65, 299, 300, 1000])
def test_equal_scores_stand_by_publication_and_then_by_id_across_segments(kernel, count):
    times = [3, -(1 << 63), 9, 3]
    passages = [Known(n * 37 % 300, ("a",), times[n % 4]) for n in range(300)]
    segments = [built(passages[:150]), built(passages[150:160]), built(passages[160:])]
    expected = [each.id for each in sorted(passages, key=lambda each: each.place)][:count]
    for each in kernel, None:
        assert ids_of(collection_of(*segments, kernel=each).search(["a"], count)) == expected


@settings(deadline=None)
@given(
    split=st.lists(st.lists(st.lists(TERMS, max_size=5), max_size=8), min_size=2, max_size=5),
    query=QUERY,
    count=st.integers(1, 6),
    model=st.sampled_from(Model),
)
def test_a_bar_set_by_one_segment_leaves_nothing_out_in_another(kernel, split, query, count, model):
    known = [passages_of(documents, 100 * n, n % 2) for n, documents in enumerate(split)]
    collection = collection_of(*map(built, known), model=model, kernel=kernel)
    everything = [each for passages in known for each in passages]
    expected = in_order(everything, collection.weights(query), model)[:count]
    assert ids_of(collection.search(query, count)) == [each.id for _, each in expected]


@pytest.mark.parametrize("model", Model)
@pytest.mark.parametrize("frequency", [2, 64, 255, 256, 2047])
def test_any_frequency_counts_as_in_rank_bm25(kernel, model, frequency):
    # in more passages than a term without groups, and in fewer
    rest = [("b",) * (n % 7) + ("c",) for n in range(200)]
    terms = [("a",) * frequency, ("a",), ("a",) * frequency + ("b",) * 70, *rest, *rest]
    for documents in terms, [*terms, *[("a", "c")] * 70]:
        passages = passages_of(documents)
        collection = collection_of(built(passages), model=model, kernel=kernel)
        expected = Library(passages, model).scores(["a", "b", "a"])
        found = {each.passage_id: each.score for each in collection.search(["a", "b", "a"], 1000)}
        assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("model", Model)
def test_very_long_and_very_short_passages_are_scored_as_in_rank_bm25(kernel, model):
    rest = [("d",)] * 40
    long = tuple(f"c{n % 40}" for n in range(63_000))
    documents = [("a", "b"), ("a", *long), ("b",) * 2047 + long, ("a",), *rest]
    passages = passages_of(documents)
    collection = collection_of(built(passages), model=model, kernel=kernel)
    expected = Library(passages, model).scores(["a", "b"])
    found = {each.passage_id: each.score for each in collection.search(["a", "b"], 10)}
    assert found == pytest.approx(expected, rel=1e-9)


def refusing_kernel(*_: object):
    raise AssertionError


@pytest.mark.parametrize(("term_count", "is_taken"), [(1000, True), (1001, False)])
def test_more_terms_than_the_kernel_takes_are_left_to_numpy(kernel, term_count, is_taken):
    query = [f"t{n}" for n in range(term_count)]
    passages = passages_of([query, *(query[n : 2 * n] for n in range(0, 1000, 25))])
    segment = built(passages)
    expected = Library(passages, Model.PLUS).scores(query)
    for each in kernel if is_taken else refusing_kernel, None:
        found = collection_of(segment, kernel=each).search(query, 1000)
        assert {each.passage_id: each.score for each in found} == pytest.approx(expected, rel=1e-9)
    if is_taken:
        with pytest.raises(AssertionError):
            collection_of(segment, kernel=refusing_kernel).search(query, 1000)


def test_the_bar_may_lie_pages_away(kernel, paged):
    query = ["00000000", "00000001", "00000002"]
    for count in (1, 10, 1000, 5000):
        plainly = collection_of(paged).search(query, count)
        assert collection_of(paged, kernel=kernel).search(query, count) == plainly
        assert len(plainly) == count


@pytest.mark.parametrize(
    ("since", "until"),
    [(0, 1), (3, 9), (700, 844), (843, 846), (844, 845), (845, 1500), (1499, 1500), (2000, 2001)],
)
def test_a_range_of_dates_may_begin_and_end_inside_a_page(kernel, paged, since, until):
    query = ["00000001", "00000000"]
    admission = Admission(since=since * DAY, until=until * DAY)
    found = collection_of(paged, kernel=kernel).search(query, 100, admission)
    assert found == collection_of(paged).search(query, 100, admission)
    days = {PAGED_COUNT // 100 - 1 - each // 100 for each in ids_of(found)}
    assert days <= set(range(since, until))
    assert len(found) == (100 if since < PAGED_COUNT // 100 else 0)


def test_when_the_best_are_removed_the_next_are_found(kernel, paged):
    query = ["00000002", "00000001", "00000000"]
    collection = collection_of(paged, kernel=kernel)
    seen = set()
    for _ in range(5):
        found = ids_of(collection.search(query, 300))
        assert len(found) == 300
        assert seen.isdisjoint(found)
        assert found == ids_of(collection_of().of(collection.parts).search(query, 300))
        seen.update(found)
        collection = collection.removing(found)
    assert min(seen) < PAGE_SIZE < max(seen)


def test_publishers_are_counted_by_articles_that_are_still_there():
    passages = [
        Known(1, ("a",), publisher="Post"),
        Known(2, ("a",), publisher="Post"),
        Known(3, ("a",), publisher="Wire"),
        Known(4, ("a",)),
    ]
    collection = collection_of(built(passages), built([Known(5, ("b",), publisher="Wire")]))
    assert collection.publishers == {"Post": 2, "Wire": 2}
    assert collection.removing([1, 3]).publishers == {"Post": 1, "Wire": 1}
    assert collection.removing([3, 5, 99]).publishers == {"Post": 2}


def test_what_is_removed_is_nowhere_to_be_found():
    collection = collection_of(built(passages_of([["a"], ["a"]]))).removing([2])
    assert collection.holds(1)
    assert not collection.holds(2)
    with pytest.raises(KeyError):
        collection.explain(["a"], 2)
    assert ids_of(collection.search(["a"], 5)) == [1]
    assert collection.removing([1]).search(["a"], 5) == []


def test_a_change_leaves_the_collection_as_it_was():
    first = collection_of(built(passages_of([["a"], ["b"]])))
    before = first.search(["a", "b"], 5)
    second = first.removing([1]).adding([Part(built([Known(9, ("a",))]))])
    assert first.search(["a", "b"], 5) == before
    assert set(ids_of(second.search(["a", "b"], 5))) == {2, 9}
