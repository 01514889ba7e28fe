import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from index.ranking.arrays import UNDATED
from index.ranking.collection import Collection, Found
from index.ranking.formula import Model
from index.ranking.merging import merge
from index.ranking.part import Part
from index.ranking.searching import Kernel
from tests.unit.index.ranking.passages import Known, Library, built, in_order

TERMS = st.sampled_from("abcdefgh")
# from a few times only, so that many are equal
TIMES = st.sampled_from([UNDATED, -5, 0, 3, 10**15])
BARE = st.tuples(st.lists(TERMS, max_size=6).map(tuple), TIMES, st.booleans())
QUERY = st.lists(st.sampled_from("aabcdefghxyz"), max_size=6)
COUNTS = st.sampled_from([1, 2, 3, 10, 1000])


class Histories(RuleBasedStateMachine):
    """Passages come, go and change, segments are merged; what is found is what is there."""

    def __init__(self, kernel: Kernel) -> None:
        super().__init__()
        self.kernel = kernel

    @initialize()
    def begin(self):
        self.collection = Collection()
        self.live: dict[int, Known] = {}
        self.next_id = 1

    def known(self, bare):
        passages = [Known(self.next_id + n, *each) for n, each in enumerate(bare)]
        self.next_id += len(passages) + 1
        return passages

    @rule(bare=st.lists(BARE, max_size=8))
    def add(self, bare):
        passages = self.known(bare)
        self.collection = self.collection.adding([Part(built(passages))])
        self.live |= {each.id: each for each in passages}

    @rule(bare=st.lists(BARE, min_size=1, max_size=3), times=st.integers(40, 90))
    def add_so_many_that_terms_are_grouped(self, bare, times):
        self.add(bare * times)

    @rule(data=st.data())
    def remove(self, data):
        ids = data.draw(st.sets(st.integers(0, self.next_id), max_size=self.next_id))
        self.collection = self.collection.removing(ids)
        self.live = {each: known for each, known in self.live.items() if each not in ids}

    @rule(query=QUERY, count=COUNTS)
    def remove_the_best(self, query, count):
        ids = [each.passage_id for each in self.collection.search(query, count)]
        self.collection = self.collection.removing(ids)
        for each in ids:
            del self.live[each]

    @rule(data=st.data(), bare=st.lists(BARE, max_size=4))
    def revise(self, data, bare):
        old = data.draw(st.sets(st.integers(0, self.next_id), max_size=4))
        passages = self.known(bare)
        self.collection = self.collection.removing(old).adding([Part(built(passages))])
        self.live = {each: known for each, known in self.live.items() if each not in old}
        self.live |= {each.id: each for each in passages}

    @rule(data=st.data())
    def merge_some(self, data):
        parts = self.collection.parts
        chosen = [data.draw(st.booleans()) for _ in parts]
        merged = [part for part, is_chosen in zip(parts, chosen, strict=True) if is_chosen]
        kept = [part for part, is_chosen in zip(parts, chosen, strict=True) if not is_chosen]
        if merged:
            one = merge([(part.segment, part.removed) for part in merged])
            self.collection = self.collection.of([*kept, Part(one)])

    @rule(query=QUERY, count=COUNTS)
    def search(self, query, count):
        self.check(query, count)

    @invariant()
    def everything_is_found_by_its_score(self):
        for query, count in ("a", 1000), ("aabhx", 1000), ("cb", 3):
            self.check(list(query), count)

    @invariant()
    def counts_are_of_what_is_there(self):
        assert self.collection.passage_count == len(self.live)
        for term in "abx":
            holding = sum(term in known.terms for known in self.live.values())
            assert self.collection.document_frequency(term) == holding
        for each in range(0, self.next_id, 7):
            assert self.collection.holds(each) is (each in self.live)

    def check(self, query, count):
        passages = list(self.live.values())
        for model in Model:
            plainly = Collection(self.collection.parts, model)
            compiled = Collection(self.collection.parts, model, lambda: self.kernel)
            found = plainly.search(query, count)
            assert compiled.search(query, count) == found
            expected = in_order(passages, plainly.weights(query), model)[:count]
            assert [each.passage_id for each in found] == [known.id for _, known in expected]
            check_scores(plainly, query, found, Library(passages, model).scores(query))


def check_scores(
    collection: Collection, query: list[str], found: list[Found], expected: dict[int, float]
) -> None:
    wanted = [expected[each.passage_id] for each in found]
    assert [each.score for each in found] == pytest.approx(wanted, rel=1e-9, abs=1e-12)
    few = [each.passage_id for each in found[:3]]
    assert collection.scores(query, few) == pytest.approx(wanted[:3], rel=1e-9, abs=1e-12)


def test_whatever_has_happened_scores_are_those_of_rank_bm25_over_what_is_left(kernel):
    run_state_machine_as_test(
        lambda: Histories(kernel),
        settings=settings(deadline=None, max_examples=25, stateful_step_count=12),
    )
