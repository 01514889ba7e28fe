from datetime import UTC, datetime
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from bot.answering.abstaining import THRESHOLD
from bot.answering.answerer import HIT_COUNT, Answerer, answer
from bot.answering.model import Question
from bot.answering.quoting import ROOM
from bot.answering.windows import LONGEST_QUOTE
from index import InvalidQueryError, Searcher
from tests.unit.bot.answering.odd_news import ARTICLES, QUESTIONS
from tests.unit.bot.answering.small_corpora import NOW, over, story


def ask(searcher: Searcher, text: str, **filters: object):
    return answer(Question(text, asked_at=NOW, **filters), searcher)


BRIDGE = story(
    "bridge",
    "The Lantern Bridge closed on Tuesday because a bearing cracked, Dr. Solvang said. "
    "It will open again on April 24. The repair will cost £1.8 million, the county said.",
    "Lantern Bridge closes",
    "Courier",
    "2026-03-03",
)
FERRY = story(
    "ferry",
    "A ferry will run every twenty minutes from Thursday. Tickets cost £2, the skipper said.",
    "Ferry to run",
    "Weekly",
    "2026-03-04",
)
NEWS = over(BRIDGE, FERRY)


@settings(max_examples=200, deadline=None)
@given(articles=ARTICLES, question=QUESTIONS)
def test_every_quote_is_a_byte_exact_span_of_a_stored_article(articles, question):
    stored = {article.id: article.text for article in articles}
    said = ask(over(*articles), question)
    assert len(said.quotes) <= 3
    assert sum(len(quote.text) for quote in said.quotes) <= max(ROOM, LONGEST_QUOTE)
    for quote in said.quotes:
        original = stored[quote.article.id]
        assert original[quote.start : quote.end] == quote.text
        assert quote.text.encode("utf-8", "surrogatepass") in original.encode(
            "utf-8", "surrogatepass"
        )
        assert 0 < len(quote.text) <= LONGEST_QUOTE
        assert quote.text == quote.text.strip()
        assert 0.0 <= quote.score <= 1.0
        assert quote.article.id not in {article.id for article in quote.also_in}
    for one, other in combinations(said.quotes, 2):
        assert one.article.id != other.article.id or (
            one.end <= other.start or other.end <= one.start
        )
    assert said.answered == (bool(said.quotes) and said.confidence >= THRESHOLD)
    assert not (said.answered and said.suggestions)
    assert 0.0 <= said.confidence <= 1.0
    assert [hit.rank for hit in said.hits] == list(range(1, len(said.hits) + 1))
    assert len(said.hits) <= HIT_COUNT
    assert all(a.score >= b.score for a, b in pairwise(said.hits))


@settings(max_examples=40, deadline=None)
@given(articles=ARTICLES, question=QUESTIONS)
def test_the_same_question_gets_the_same_answer(articles, question):
    assert ask(over(*articles), question) == ask(over(*articles), question)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Why did the bridge close?", "because a bearing cracked"),
        ("when will the Lantern Bridge open again", "April 24"),
        ("How much will the bridge repair cost?", "£1.8 million"),
        ("How much do ferry tickets cost?", "£2"),
    ],
)
def test_the_sentence_that_answers_comes_first(question, held):
    said = ask(NEWS, question)
    assert said.answered
    assert held in said.quotes[0].text


def test_a_question_about_something_unheard_of_is_not_answered_but_gets_what_comes_nearest():
    said = ask(NEWS, "Who won the 2022 World Cup on the bridge?")
    assert not said.answered
    assert said.quotes
    assert said.hits
    assert said.suggestions


@pytest.mark.parametrize(
    "question", ["the of and", "Tell me", "what is it called?", "???", "who is it", "日本語", "  "]
)
def test_a_question_without_telling_words_is_not_answered(question):
    told = story("told", "Tell me, the mayor said, and call me.", "What the mayor will tell")
    said = ask(over(BRIDGE, told), question)
    assert not said.answered
    assert said.quotes == said.hits == ()
    assert said.confidence == 0.0
    assert said.suggestions


def test_an_empty_index_says_so():
    said = ask(over(), "Why did the bridge close?")
    assert not said.answered
    assert said.quotes == said.hits == ()
    assert "No news is indexed" in said.suggestions[0]


def test_filters_decide_which_articles_may_answer():
    question = "Why did the bridge close?"
    assert ask(NEWS, question, publishers=frozenset({"courier"})).answered
    weekly = ask(NEWS, question, publishers=frozenset({"Weekly"}))
    assert not weekly.answered
    assert any("without" in suggestion for suggestion in weekly.suggestions)
    assert not ask(NEWS, question, since=datetime(2026, 3, 4, tzinfo=UTC)).answered
    assert ask(NEWS, question, until=datetime(2026, 3, 4, tzinfo=UTC)).answered


class OneSearcher:
    """News that never changes."""

    def __init__(self, searcher: Searcher):
        self.searcher = searcher

    def seen_by(self, _community: str | None) -> "OneSearcher":
        return self


async def test_the_answerer_asks_the_newest_searcher():
    news = OneSearcher(over(FERRY))
    answerer = Answerer(news)
    question = Question("Why did the bridge close?", asked_at=NOW)
    assert not (await answerer.answer(question, None)).answered
    news.searcher = over(BRIDGE)
    assert (await answerer.answer(question, None)).answered


def test_operators_in_a_question_narrow_what_may_answer():
    assert ask(NEWS, "Why did the bridge close?").answered
    for limit in ("until:2001", "author:nobody"):
        said = ask(NEWS, f"Why did the bridge close? {limit}")
        assert not said.answered
        assert said.reading.notes
    with pytest.raises(InvalidQueryError, match="is not closed"):
        ask(NEWS, 'Why did the "bridge close?')


def test_what_has_a_phrase_word_for_word_answers_first():
    loose = story("loose", "The grain deal on the big grain ended: a deal on grain.", "Grain")
    exact = story("exact", "Ministers called it the black grain deal and left early.", "Ships")
    said = ask(over(loose, exact), 'Who called it the "black grain deal"?')
    assert {quote.article.id for quote in said.quotes} == {"exact"}
    assert said.reading.notes == ('"black grain deal" word for word',)


def test_where_nothing_has_a_phrase_its_words_are_looked_for_and_that_is_said():
    told = "The deal on grain ended on Friday, ministers said in Odesa."
    news = over(story("a", told, "Grain"))
    said = ask(news, 'When did the "grain deal" end in Odesa?')
    assert said.answered
    assert "as single words" in said.reading.notes[0]
    exact = ask(news, 'When did the "deal on grain" end in Odesa?')
    assert exact.reading.notes == ('"deal on grain" word for word',)


def test_an_answer_explains_its_confidence_and_its_quotes():
    said = ask(NEWS, "Why did the bridge close?")
    sure, *of_quotes = said.explanation.details
    assert said.explanation.value == sure.value == said.confidence
    assert said.explanation.description.startswith("answered: confidence")
    assert of_quotes == [quote.explanation for quote in said.quotes]
    assert ask(NEWS, "Who won?").explanation.description.startswith("not answered")
