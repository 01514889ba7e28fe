import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.names import bare, full_names, names

NOTHING: frozenset[str] = frozenset()


def told(text: str, *known: str) -> list[str]:
    return [name.text for name in names(text, frozenset(known))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ferry reached Pellmouth with Mara Finch.", ["pellmouth", "mara", "finch"]),
        ("Ferries sail. Boats do not.", []),
        ("Mara Finch won. Finch smiled.", ["mara", "finch"]),
        ("He paid £2.6 for 41 eels in 1,931 boats.", ["2.6", "41", "1,931"]),
        ("Three boats and 3 cats", ["3"]),
        ("It is the mayor’s AT&T contract", ["at&t"]),
        ("the mayor and Finch’s cat and Finch's dog", ["finch", "finch"]),
        ("A line\nFerries again", []),
        ("", []),
    ],
)
def test_capitals_and_digits_make_names(text, found):
    assert told(text) == found


def test_what_the_question_names_is_nothing_new():
    assert told("the boat of Mara Finch in 2026", "finch", "2026") == ["mara"]


def test_a_number_knows_that_it_is_one():
    assert [n.is_number for n in names("in Pellmouth 41 boats", NOTHING)] == [False, True]


def test_full_names_are_of_two_words_and_more():
    text = "The boat of Mara Finch passed Bank of Pell and Solvang."
    found = [name.text for name in full_names(text, NOTHING)]
    assert found == ["Mara Finch", "Bank of Pell and Solvang"]


def test_a_full_name_of_known_words_alone_is_nothing_new():
    text = "the boat of Mara Finch, and of Mara Solvang"
    known = frozenset({"mara", "finch"})
    assert [name.text for name in full_names(text, known)] == ["Mara Solvang"]


def test_a_possessor_is_the_same_without_its_ending():
    assert bare("Finch’s") == bare("FINCH's") == bare("finch") == "finch"


TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(["Mara", "Finch’s", "the", "41", ".", "\n", "“", "2.6,", "É", "of", "İ"]),
        max_size=20,
    ).map(" ".join),
)


@given(TEXTS, st.frozensets(st.sampled_from(["mara", "finch", "41"])))
def test_names_stand_where_they_are_said_to_and_are_never_known(text, known):
    found = list(names(text, known))
    assert not {name.text for name in found} & known
    assert [name.start for name in found] == sorted(name.start for name in found)
    for name in found:
        assert bare(text[name.start :]).startswith(name.text)


@given(TEXTS)
def test_full_names_stand_where_they_are_said_to(text):
    for name in full_names(text, NOTHING):
        assert " ".join(text[name.start :].split()).startswith(name.text)
        assert " " in name.text
