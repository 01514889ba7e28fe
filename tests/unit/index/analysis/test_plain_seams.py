import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.plain_seams import is_plain
from index.analysis.sentence_rules import verdict
from index.analysis.sentences import SEAM, punkt, seam_at, split_sentences, suggested_starts

# what stands at plain seams, and at those that look much like them
WORDS = """
The said Trump county. said. The. no. No. art. 2021. 6. 97. $5. A. I. x. it? it! it?! it... it…
said.” said." said.) said.’ said.' said?” said.”) “said.” (said.) "said. Sen. sen. ex-Sen. co-op.
r-texas. COVID-19. Trump’s. Trump's. U.S. p.m. Jan. Jr. Inc. Inc Incidentally Co. Corp, etc. Élan
été. “The "The ‘The 'The (The [The “the — – -The #The @The $5 5 9 i iPhone Monday 。 東京 ” " ' )
( .
"""
SPACES = [" "] * 12 + ["  ", "\n", "\t", "\u00a0", "\u2028", "\x1f", ""]
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS.split()), st.sampled_from(SPACES)).map("".join), max_size=18
).map("".join)


def starts_by_all_that_is_known(text: str) -> list[int]:
    """Where sentences begin if every rule is asked at every seam, and Punkt about the whole."""
    suggested = suggested_starts(punkt(), text)
    starts = [0]
    for found in SEAM.finditer(text):
        opinion = verdict(seam_at(text, starts[-1], found)) if found.end() < len(text) else False
        if opinion or (opinion is None and found.end() in suggested):
            starts.append(found.end())
    return starts


@settings(max_examples=400)
@given(TEXTS.map(str.strip).filter(bool))
def test_what_is_passed_over_would_have_changed_nothing(text):
    assert [start for start, _ in split_sentences(text)] == starts_by_all_that_is_known(text)


def only_seam_is_plain(text: str) -> bool:
    (found,) = [found for found in SEAM.finditer(text) if found.end() < len(text)]
    return is_plain(text, found.start(), found.end(), 0)


@pytest.mark.parametrize(
    "text",
    [
        "It was late. Nobody came",
        "It was late? Nobody came",
        "he said (again.) Nobody came",
        "It was “late.” Nobody came",
        "It was late. “Nobody came",
        "It was 2021. Nobody came",
        "It was COVID-19. Nobody came",
        "It was Trump. Nobody came",
    ],
)
def test_a_word_a_mark_a_space_and_a_capital_are_plain(text):
    assert only_seam_is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was Sen. Lopez",
        "It was ex-Sen. Lopez",
        "It was in the U.S. Nobody came",
        "It was Samuel L. Jackson",
        "It was Trump’s. Nobody came",
        "It was Yahoo! Inc. and",
        "It was late. iPhone",
        "It was late. 41 came",
        "It was late... Nobody came",
        "It was late?” Lopez said",
        "It was late.  Nobody came",
        "It was late.\u00a0Nobody came",
        "6. Nobody came",
        "late. Nobody came",
    ],
)
def test_whatever_looks_any_different_is_not(text):
    found = next(SEAM.finditer(text))
    assert not is_plain(text, found.start(), found.end(), 0)


def test_a_number_that_opens_a_sentence_is_one_of_a_list():
    text = "Nobody came. 6. Wash your hands"
    before, number = SEAM.finditer(text)
    assert not is_plain(text, number.start(), number.end(), before.end())
