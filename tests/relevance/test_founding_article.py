"""The news article that Pullquote was founded on, as it came; it is not published with the code."""

from pathlib import Path

import pytest

ARTICLE = Path(__file__).parents[3] / "shared" / "seed" / "000_16ceba11ef2898c2.txt"

pytestmark = pytest.mark.skipif(
    not ARTICLE.exists(), reason="the founding article is not beside this checkout"
)


@pytest.fixture(scope="module")
def article(index_news):
    return index_news(ARTICLE)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Where did Kim and Trump meet?", "Hanoi, Vietnam"),
        ("Why did Trump walk out of the Vietnam meeting?", "too intransigent in negotiations"),
        ("When did Trump step foot on North Korean soil?", "in 2019"),
        ("What is the planned museum called?", "Memorial Museum of Combat Feats"),
        ("Which minister did Choe Son-hui meet in Moscow?", "Sergey Lavrov"),
    ],
)
def test_a_question_is_answered_by_a_quote_that_holds_the_answer(article, question, held):
    answer = article.ask(question)
    assert any(held in quote.text for quote in answer.quotes), [q.text for q in answer.quotes]


def test_a_question_about_something_else_is_not_answered(article):
    assert not article.ask("Who won the 2022 World Cup?").answered


def test_neither_the_caption_nor_the_follow_line_is_ever_shown(article):
    for question in ("Who are Kim Jong-un and Donald Trump?", "Frances Martel Facebook Twitter"):
        answer = article.ask(question)
        shown = [q.text for q in answer.quotes] + [h.passage.text for h in answer.hits]
        assert not any("SMIALOWSKI" in text or "Follow Frances" in text for text in shown)
