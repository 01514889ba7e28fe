import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.matching import holds, says

EVIDENCE = "It weighs nine tonnes and is now cooling, slowly, under sand."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"There is better news. {EVIDENCE}", True),
        ("It weighs nine  tonnes\nand is now\n\ncooling, slowly, under sand.", True),
        ("It weighs nine tonnes and is now cooling", True),
        ("under sand. It will come to Pellmouth by barge.", False),
        ("It weighs ten tonnes and was cooling quickly under water.", False),
        ("", False),
    ],
)
def test_a_text_holds_a_sentence_or_enough_of_it(text, expected):
    assert holds(text, EVIDENCE) is expected


@given(st.text(), st.text(min_size=1).filter(str.strip), st.text())
def test_a_text_holds_each_of_its_parts(before, part, after):
    assert holds(before + part + after, part)


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("It will cost £3.1 million.", "£3.1 million", True),
        ("It will cost £3.1 million.", "£3.1 Million", True),
        ("It will cost £13.1 million.", "£3.1 million", False),
        ("The Lantern\u00a0Bridge’s deck", "lantern bridge's deck", True),
        ("sent by E.coli", "E. coli", False),
        ("positive for E. coli.", "E. coli", True),
        ("the mayors met", "mayor", False),
        ("Yes, she said, and no.", "yes", False),
        ("anything at all", "…", False),
        ("São Paulo", "são paulo", True),
        ("São Paulo", "so paulo", False),
    ],
)
def test_a_text_says_an_answer_as_whole_words(text, answer, expected):
    assert says(text, ["something else entirely", answer]) is expected


def test_a_text_says_nothing_where_no_answer_is_known():
    assert not says("anything", [])
