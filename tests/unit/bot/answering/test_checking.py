from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.checking import Checked, Difference, check
from bot.answering.quoted import FEWEST_WORDS, Quotation, quotations, shown
from index import Article, Passage, PublicationTime, Searcher
from index.analysis.words import words

TEXT = (
    "It rained all week. The Federal Reserve held interest rates steady on Wednesday, citing "
    "“persistent” inflation.\nMarkets had expected it, and *shrugged*. Nobody sold in panic."
)
OTHER = (
    "A statement said: The Federal Reserve held interest rates steady on Wednesday, citing risks."
)


def searcher() -> Searcher:
    later = PublicationTime.fromisoformat("2026-03-05")
    earlier = PublicationTime.fromisoformat("2026-03-04")
    articles = [
        Article("echo", "Echo", OTHER, publisher="Echo", published=later),
        Article("fed", "Fed", TEXT, publisher="Wire", published=earlier),
        Article("else", "Parade", "The endless gargoyle parade marched on to Bristol at noon."),
    ]
    return Searcher.over([Passage(n, a, 0, len(a.text)) for n, a in enumerate(articles, start=1)])


@pytest.fixture(scope="module")
def news() -> Searcher:
    return searcher()


def checked(message: str, news: Searcher) -> Checked:
    [quotation] = quotations(message)
    return check(quotation, news)


def words_of(found: Checked) -> str:
    return found.article.text[found.start : found.end] if found.article else ""


@pytest.mark.parametrize(
    "message",
    [
        "> Markets had expected it, and \\*shrugged\\*.",
        "Look: “Markets had expected it, and *shrugged*.”",
        'they wrote "Markets had expected it" yesterday',
        "Markets had expected **it, and**",
        "> “persistent” inflation.\n> Markets had expected it\n-# Wire · 4 March 2026",
        ">>> inflation.\nMarkets had expected it",
        "|| had expected it, and ||",
    ],
)
def test_bytes_that_stand_in_an_article_are_verbatim(message: str, news: Searcher):
    found = checked(message, news)
    assert found.faith == "verbatim"
    assert found.article is not None
    assert found.article.id == "fed"
    assert words_of(found) == found.said


def test_the_first_to_publish_is_named_and_the_others_beside_it(news: Searcher):
    found = checked('"The Federal Reserve held interest rates steady on Wednesday"', news)
    assert found.article is not None
    assert found.article.publisher == "Wire"
    assert [each.publisher for each in found.also_in] == ["Echo"]


def test_what_differs_in_marks_and_capitals_has_the_same_words(news: Searcher):
    found = checked("markets had expected it – and shrugged!", news)
    assert found.faith == "alike"
    assert words_of(found).startswith("Markets had expected it, and *shrugged")


@pytest.mark.parametrize(
    ("message", "differences"),
    [
        ("Markets had feared it, and shrugged", [Difference("feared", "expected")]),
        ("Markets expected it, and shrugged", [Difference("", "had")]),
        ("Markets had never expected it, and shrugged", [Difference("never", "")]),
        (
            "The ECB held interest rates steady on Wednesday, citing “persistent” inflation",
            [Difference("ECB", "Federal Reserve")],
        ),
        ("Central banks had expected it, and shrugged", [Difference("Central banks", "Markets")]),
    ],
)
def test_what_differs_in_words_is_shown_word_by_word(
    message: str, differences: list[Difference], news: Searcher
):
    found = checked(f"> {message}", news)
    assert found.faith == "nearly"
    assert list(found.differences) == differences


@pytest.mark.parametrize(
    "message",
    [
        "Rates were doubled by the Federal Reserve to stop a strike of bakers on Neptune",
        "the of and to in on",
        "zorglub frobnicates quuxly",
    ],
)
def test_what_nobody_published_is_not_found(message: str, news: Searcher):
    found = checked(message, news)
    assert found == Checked(message)


def test_a_message_may_quote_several_times_and_little_is_no_quotation():
    found = quotations('He said "one two three" and "four five" and «six seven eight».')
    assert [each.text for each in found] == ["one two three", "six seven eight"]
    assert quotations("> so what") == []
    assert quotations("") == []


def test_what_discord_adds_is_taken_away_and_nothing_else():
    text = "-# **a** [label](<https://x.example/a_b>) 3 * 4 snake_case \\*raw\\* `code`"
    assert shown(text) == "a label 3 * 4 snake_case *raw* code"


@settings(deadline=None)
@given(st.text(alphabet='ab c.>“”"*_\\\n', max_size=80))
def test_whatever_is_written_is_checked(news: Searcher, message: str):
    for quotation in quotations(message):
        assert len(words(quotation.text)) >= FEWEST_WORDS
        found = check(quotation, news)
        if found.faith == "verbatim":
            assert words_of(found) in quotation.forms


@settings(deadline=None)
@given(st.data())
def test_every_stretch_of_an_article_is_verbatim(news: Searcher, data: st.DataObject):
    start = data.draw(st.integers(0, len(TEXT) - 30))
    stretch = TEXT[start : data.draw(st.integers(start + 30, len(TEXT)))]
    assert check(Quotation(stretch, (stretch,)), news).faith == "verbatim"
