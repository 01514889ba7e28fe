from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.views.shortening import ELLIPSIS, shortened


@given(st.text(), st.integers(1, 60))
def test_what_is_shortened_is_a_beginning_and_fits(text: str, longest: int):
    result = shortened(text, longest)
    assert len(result) <= longest
    if result != text.strip():
        assert text.strip().startswith(result.removesuffix(ELLIPSIS).rstrip())
        assert result.endswith(ELLIPSIS)


def test_the_cut_is_after_a_sentence_where_one_ends_late_enough():
    assert shortened("The rate held. Nobody had expected it.", 22) == "The rate held. …"


def test_the_cut_is_between_words_otherwise():
    assert shortened("The rate of inflation held steady", 20) == "The rate of…"
    assert shortened("The rate of inflation held steady", 23) == "The rate of inflation…"


def test_a_word_without_end_is_cut_where_it_must():
    assert shortened("x" * 30, 10) == "x" * 8 + "…"
