import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.closeness import closeness, places

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
