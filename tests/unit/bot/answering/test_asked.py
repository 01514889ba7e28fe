import math
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings

from bot.answering.asked import Asked
from bot.answering.expectation import Expectation
from bot.answering.model import Question
from tests.unit.bot.answering.odd_news import QUESTIONS
from tests.unit.bot.answering.small_corpora import NOW, asked_of, over, story

NEWS = over(
    story("a", "Mara Finch closed the Lantern Bridge in 2026.", publisher="The Courier"),
    story("b", "The ferry will run, the director of the line said.", publisher="Weekly"),
    story("c", "The bridge was repaired."),
)


def terms(text: str) -> set[str]:
    return set(NEWS.terms(text))


def joined(text: str) -> str:
    return "".join(f" {term}" for term in NEWS.terms(text))


def test_terms_are_weighed_by_how_rare_they_are():
    asked = asked_of(NEWS, "Why was the lantern bridge closed by a walrus?")
    assert set(asked.weights) == terms("lantern bridge closed walrus")
    bridge, lantern, walrus = (asked.weights[t] for t in NEWS.terms("bridge lantern walrus"))
    assert bridge < lantern < walrus
    assert asked.mass == pytest.approx(sum(asked.weights.values()))
    assert asked.greatest == walrus


def test_words_that_only_ask_are_no_terms():
    asked = asked_of(NEWS, "Tell me, what is the bridge called?")
    assert set(asked.weights) == terms("bridge")
    assert asked.expectation is Expectation.NAME
    assert "called" in asked.words


def test_words_typed_are_known_in_lower_case_and_without_possessors():
    asked = asked_of(NEWS, "Is Finch’s bridge Mara's?")
    assert {"is", "finch", "bridge", "mara"} == asked.words


def test_names_and_numbers_are_told_apart():
    asked = asked_of(NEWS, "Why did Mara Finch close the bridge in 2026?")
    assert asked.names == terms("Mara Finch")
    assert asked.numbers == {"2026"}
    # the first word has its capital from where it stands
    assert asked_of(NEWS, "Bridge closed?").names == set()


def test_coverage_is_the_share_of_the_weight_held():
    asked = asked_of(NEWS, "Why was the lantern bridge closed?")
    bridge = terms("bridge")
    share = sum(asked.weights[t] for t in bridge) / asked.mass
    assert asked.held(bridge | {"eel"}) == bridge
    assert asked.coverage(bridge) == pytest.approx(share)
    assert asked.coverage(asked.weights) == pytest.approx(1.0)
    assert asked.coverage([]) == 0.0


def test_weights_add_up_to_the_same_in_whatever_order_a_process_has_its_sets():
    asked = replace(asked_of(NEWS, "Ada Zog"), weights={"a": 0.1, "b": 0.2, "c": 0.3}, mass=0.6)
    assert {asked.weight(order) for order in permutations("abc")} == {0.6}
    assert {asked.coverage(order) for order in permutations("abc")} == {1.0}


def test_a_share_of_some_terms_is_half_where_there_are_none():
    asked = asked_of(NEWS, "Why did Mara Finch close the bridge?")
    assert asked.share_of(asked.numbers, terms("bridge")) == 0.5
    assert asked.share_of(asked.names, terms("bridge")) == 0.0
    assert asked.share_of(asked.names, terms("Mara Finch")) == pytest.approx(1.0)


def test_neighbours_are_pairs_by_the_weight_of_both():
    asked = asked_of(NEWS, "lantern bridge bridge closed")
    lantern, bridge, _, closed = NEWS.terms("lantern bridge bridge closed")
    assert [(p.first, p.second) for p in asked.pairs] == [(lantern, bridge), (bridge, closed)]
    assert asked.pairs[0].weight == asked.weights[lantern] + asked.weights[bridge]


def test_the_clause_that_is_covered_best_counts():
    asked = asked_of(NEWS, "Why was the lantern bridge closed, and when will the ferry run?")
    first, second = terms("lantern bridge closed"), terms("ferry run")
    assert [clause for clause, _ in asked.clauses] == [first, second]
    for clause in (first, second):
        assert asked.clause_coverage(clause) == pytest.approx(asked.coverage(clause))
    half = terms("ferry")
    expected = asked.coverage(half) * math.sqrt(asked.weight(half) / asked.weight(second))
    assert asked.clause_coverage(half) == pytest.approx(expected)
    assert asked.clause_coverage(set()) == 0.0
    assert asked_of(NEWS, "bridge").clause_coverage(terms("bridge")) == 0.0


def test_another_form_of_a_long_word_counts_where_the_word_itself_is_missing():
    asked = asked_of(NEWS, "Who directed the ferry?")
    (directed,) = NEWS.terms("directed")
    found = joined("director of the line")
    assert directed not in found.split()
    assert asked.derived(found, set()) == pytest.approx(asked.coverage({directed}))
    assert asked.derived(found, {directed}) == 0.0
    assert asked.derived(joined("ferries"), set()) == 0.0


def test_what_the_question_prefers_is_kept():
    asked = asked_of(NEWS, "According to The Courier, why did the bridge close in March 2026?")
    assert asked.publishers == {"the courier"}
    assert asked.when is not None
    assert asked_of(NEWS, "bridge").when is None


def test_filters_of_the_question_stay_in_its_query():
    reading = Question("Tell me about the bridge -ferry", asked_at=NOW).read(NEWS)
    asked = Asked.of(reading, NEWS)
    assert asked.query.excluded == ("ferry",)
    assert set(NEWS.terms(asked.query.text)) == set(asked.weights) == terms("bridge")


@pytest.mark.parametrize("question", ["the of and", "???", "", "what is it called?", "日本語"])
def test_a_question_may_have_no_terms(question):
    asked = asked_of(NEWS, question)
    if question != "日本語":
        assert asked.weights == {}
        assert (asked.mass, asked.greatest) == (0.0, 1.0)
    assert asked.coverage([]) == asked.clause_coverage(set()) == asked.derived("", set()) == 0.0


@settings(deadline=None)
@given(QUESTIONS)
def test_whatever_is_asked_shares_are_between_0_and_1(question):
    asked = asked_of(NEWS, question)
    for held in (set(), set(asked.weights), set(list(asked.weights)[::2])):
        for share in (
            asked.coverage(held),
            asked.clause_coverage(held),
            asked.share_of(asked.names, held),
            asked.share_of(asked.numbers, held),
            asked.derived(joined("director ferries repaired"), held),
        ):
            assert -1e-9 <= share <= 1 + 1e-9
