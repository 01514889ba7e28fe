import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.asked import Pair
from bot.answering.closeness import closeness, pairs_held, places

TERMS = st.lists(st.sampled_from("abcxyz"), max_size=14)


@pytest.mark.parametrize(
    ("terms", "share"),
    [
        ("kim trump meet", 1.0),
        ("kim x trump x meet", 3 / 5),
        ("kim x x x trump kim meet", 1.0),
        ("kim x x trump", 2 / 4),
        ("kim kim kim", 0.0),
        ("x y z", 0.0),
        ("", 0.0),
    ],
)
def test_terms_that_stand_together_are_close(terms, share):
    assert closeness(places(terms.split(), {"kim", "trump", "meet"})) == pytest.approx(share)


def shortest_stretch(terms: list[str], wanted: set[str]) -> int:
    held = wanted & set(terms)
    return min(
        end - start
        for start in range(len(terms))
        for end in range(start + 1, len(terms) + 1)
        if held <= set(terms[start:end])
    )


@given(terms=TERMS)
def test_it_is_the_share_of_the_shortest_stretch_that_holds_them_all(terms):
    wanted = set("abc")
    held = wanted & set(terms)
    expected = len(held) / shortest_stretch(terms, wanted) if len(held) > 1 else 0.0
    assert closeness(places(terms, wanted)) == pytest.approx(expected)


KIM_MEETS_TRUMP = [Pair("kim", "meet", 3.0), Pair("meet", "trump", 1.0)]


@pytest.mark.parametrize(
    ("terms", "in_order", "near"),
    [
        ("kim meet trump", 1.0, 1.0),
        ("kim x x meet", 3 / 4, 3 / 4),
        ("kim x x x meet", 0.0, 3 / 4),
        ("meet kim", 0.0, 3 / 4),
        ("kim x x x x x x x meet", 0.0, 3 / 4),
        ("kim x x x x x x x x meet", 0.0, 0.0),
        ("trump meet", 0.0, 1 / 4),
        ("meet x x x x x x x x x x x kim x meet", 3 / 4, 3 / 4),
        ("kim trump", 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_pairs_stand_in_order_or_near_each_other_by_their_weight(terms, in_order, near):
    found = places(terms.split(), {"kim", "meet", "trump"})
    assert pairs_held(found, KIM_MEETS_TRUMP) == (in_order, near)


def test_no_pairs_stand_nowhere():
    assert pairs_held(places(["kim"], {"kim"}), []) == (0.0, 0.0)


@given(terms=TERMS)
def test_what_stands_in_order_is_near_too(terms):
    pairs = [Pair("a", "b", 2.0), Pair("b", "c", 1.5), Pair("c", "a", 0.5)]
    in_order, near = pairs_held(places(terms, set("abc")), pairs)
    assert 0.0 <= in_order <= near <= 1.0
