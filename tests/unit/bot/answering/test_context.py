from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.context import around

LINES = "First line.\nSecond one. It goes on.\nThird line."
PARAGRAPHS = "One is\nwrapped. It ends.\n\nTwo stands alone.\n\nThree is last."


def shown(text: str, quote: str, most: int = 1000) -> str:
    at = text.index(quote)
    start, end = around(text, at, at + len(quote), most)
    return text[start:end]


def test_a_quote_is_shown_within_its_paragraph():
    assert shown(LINES, "It goes on.") == "Second one. It goes on."
    assert shown(PARAGRAPHS, "It ends.") == "One is\nwrapped. It ends."


def test_a_quote_that_is_a_paragraph_brings_its_neighbours():
    assert shown(PARAGRAPHS, "Two stands alone.") == PARAGRAPHS
    assert shown(LINES, "Third line.") == "Second one. It goes on.\nThird line."
    assert shown(LINES, "First line.", 20) == "First line."


def test_blank_lines_at_either_end_of_an_article_are_no_part_of_a_paragraph():
    for before, after in (("\n", "\n"), ("\n\n", " \n \n"), (" ", "\n")):
        text = f"{before}{PARAGRAPHS}{after}"
        assert shown(text, "It ends.") == "One is\nwrapped. It ends."
        assert shown(text, "Three is last.") == "Two stands alone.\n\nThree is last."


def test_a_long_paragraph_is_cut_where_sentences_end():
    text = "Here is one. Here is two. Here is three. Here is four. Here is five."
    assert shown(text, "Here is three.", 45) == "Here is two. Here is three. Here is four."


@given(st.text(alphabet="ab. \n", min_size=1, max_size=200), st.data())
def test_what_is_shown_always_holds_the_quote_and_keeps_the_limit(text: str, data: st.DataObject):
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    most = data.draw(st.integers(0, 250))
    start, end = around(text, first, last, most)
    assert 0 <= start <= first < last <= end <= len(text)
    assert end - start <= max(most, last - first)
