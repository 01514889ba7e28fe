from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings

from bot.answering.answerer import answer
from bot.answering.model import Question, Told
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import NOW, over, story

QUESTION = Question("What did the mayor say about the harbour?", asked_at=NOW)


def told_by(said):
    return tuple(Told(each.article.id, each.start, each.end) for each in said.quotes)


def answers_to(question, searcher):
    """All answers, one after the other, until there is no more."""
    said = answer(question, searcher)
    while said.quotes:
        yield said
        question = replace(question, told=(*question.told, *told_by(said)))
        said = answer(question, searcher)
        assert said.answered == bool(said.quotes)


@settings(max_examples=50, deadline=None)
@given(articles=ARTICLES, question=QUESTIONS)
def test_what_comes_next_is_quoted_word_for_word_and_once_and_comes_to_an_end(articles, question):
    stored = {article.id: article.text for article in articles}
    quotes = [
        quote
        for said in answers_to(Question(question, asked_at=NOW), over(*articles))
        for quote in said.quotes
    ]
    for quote in quotes:
        assert stored[quote.article.id][quote.start : quote.end] == quote.text
    for one, other in combinations(quotes, 2):
        assert one.article.id != other.article.id or (
            one.end <= other.start or other.end <= one.start
        )


def test_neither_copies_of_what_was_told_come_next_nor_what_has_no_word_of_the_question():
    told = "The mayor said on Monday about the harbour that it would be dredged in autumn."
    news = over(
        story("one", told, publisher="Courier"),
        story("copy", told, publisher="Weekly"),
        story("other", "The mayor said about the harbour that seals came back. Rain fell."),
    )
    question = replace(QUESTION, told=(Told("one", 0, len(told)),))
    said = answer(question, news)
    assert said.answered
    assert {quote.article.id for quote in said.quotes} == {"other"}
    assert all(quote.text != "Rain fell." for quote in said.quotes)
