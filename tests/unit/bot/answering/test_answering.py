from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answerer import Answerer, answer
from bot.answering.explaining import explain_article
from bot.answering.model import Question
from index import (
    Article,
    Explanation,
    InvalidQueryError,
    Passage,
    PublicationTime,
    PullquoteError,
    Searcher,
)
from index.analysis.passages import split_passages

NOW = datetime(2026, 4, 1, tzinfo=UTC)

WORDS = st.sampled_from(
    [
        "bridge",
        "ferry",
        "mayor",
        "closed",
        "said",
        "Pell",
        "Mara",
        "Finch",
        "41",
        "homes",
        "flood",
        "because",
        "walrus",
        "£2.6",
        "million",
        "Dr.",
        "a.m.",
        "“never”",
        "(Wire)",
        "*bold*",
        "é",
        "@everyone",
        "<@1>",
        "你好",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=25).map(lambda words: " ".join(words) + ".")
TEXTS = st.lists(
    st.one_of(SENTENCES, st.sampled_from(["\n", "\r\n", "\n\n", "x" * 450, "READ MORE: this"])),
    min_size=1,
    max_size=12,
).map(" ".join)
ARTICLES = st.lists(st.tuples(SENTENCES, TEXTS), min_size=1, max_size=5)
QUESTIONS = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: "Who " + " ".join(words))


def searcher_over(*articles: Article) -> Searcher:
    passages = []
    for article in articles:
        for start, end in split_passages(article.text, title=article.title):
            passages.append(Passage(len(passages) + 1, article, start, end))
    return Searcher.over(passages)


def ask(searcher: Searcher, text: str, **filters: object):
    return answer(Question(text, asked_at=NOW, **filters), searcher)


@settings(max_examples=150, deadline=None)
@given(stories=ARTICLES, question=QUESTIONS)
def test_every_quote_is_a_byte_exact_span_of_a_stored_article(stories, question):
    stored = {str(n): text for n, (_, text) in enumerate(stories)}
    articles = [Article(str(n), title, text) for n, (title, text) in enumerate(stories)]
    said = ask(searcher_over(*articles), question)
    assert len(said.quotes) <= 3
    for quote in said.quotes:
        original = stored[quote.article.id]
        assert original[quote.start : quote.end] == quote.text
        assert quote.text.encode() in original.encode()
        assert 0 < len(quote.text) <= 400
        assert quote.text == quote.text.strip()
    spans = [(q.article.id, q.start, q.end) for q in said.quotes]
    assert len(set(spans)) == len(spans)
    for article_id in stored:
        own = sorted(span[1:] for span in spans if span[0] == article_id)
        assert len(own) <= 2
        assert all(first[1] <= second[0] for first, second in pairwise(own))
    assert said.answered == bool(said.quotes)
    assert 0.0 <= said.confidence <= 1.0


BRIDGE = Article(
    "bridge",
    "Lantern Bridge closes",
    "The Lantern Bridge closed on Tuesday because a bearing cracked, Dr. Solvang said. "
    "It will open again on April 24. The repair will cost £1.8 million, the county said.",
    publisher="Courier",
    published=PublicationTime.fromisoformat("2026-03-03"),
)
COPY = Article(
    "copy",
    "Bridge shut",
    BRIDGE.text,
    publisher="Weekly",
    published=PublicationTime.fromisoformat("2026-03-05"),
)
FERRY = Article(
    "ferry",
    "Ferry to run",
    "A ferry will run every twenty minutes from Thursday. Tickets cost £2, the skipper said.",
    publisher="Weekly",
    published=PublicationTime.fromisoformat("2026-03-04"),
)


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
    said = ask(searcher_over(BRIDGE, FERRY), question)
    assert held in said.quotes[0].text


def test_a_copy_of_a_story_is_not_quoted_a_second_time():
    said = ask(searcher_over(BRIDGE, COPY), "Why did the Lantern Bridge close?")
    texts = [quote.text for quote in said.quotes]
    assert len(set(texts)) == len(texts)


def test_a_question_about_something_unheard_of_is_not_answered_but_gets_the_nearest_passages():
    said = ask(searcher_over(BRIDGE, FERRY), "Who won the 2022 World Cup on the bridge?")
    assert not said.answered
    assert said.hits
    assert said.suggestions


@pytest.mark.parametrize(
    "question", ["the of and", "Tell me", "what is it called?", "???", "who is it", "日本語", "  "]
)
def test_a_question_without_telling_words_is_not_answered(question):
    told = Article("told", "What the mayor will tell", "Tell me, the mayor said, and call me.")
    said = ask(searcher_over(BRIDGE, told), question)
    assert not said.answered
    assert said.suggestions


def test_an_empty_index_says_so():
    said = ask(searcher_over(), "Why did the bridge close?")
    assert not said.answered
    assert "No news is indexed" in said.suggestions[0]


def test_filters_decide_which_articles_may_answer():
    searcher = searcher_over(BRIDGE, FERRY)
    question = "Why did the bridge close?"
    assert ask(searcher, question, publishers=frozenset({"courier"})).answered
    weekly = ask(searcher, question, publishers=frozenset({"Weekly"}))
    assert not weekly.answered
    assert any("without" in suggestion for suggestion in weekly.suggestions)
    assert not ask(searcher, question, since=datetime(2026, 3, 4, tzinfo=UTC)).answered
    assert ask(searcher, question, until=datetime(2026, 3, 4, tzinfo=UTC)).answered


def leaves(explanation: Explanation) -> list[Explanation]:
    if not explanation.details:
        return [explanation]
    return [leaf for detail in explanation.details for leaf in leaves(detail)]


def test_a_quotes_explanation_adds_up_to_its_score():
    said = ask(searcher_over(BRIDGE, FERRY), "Why did the bridge close?")
    for quote in said.quotes:
        assert quote.explanation.value == quote.score
        assert sum(leaf.value for leaf in leaves(quote.explanation)) == pytest.approx(quote.score)


def test_an_article_can_be_explained_whether_it_answers_or_not():
    searcher = searcher_over(BRIDGE, FERRY)
    question = Question("Why did the bridge close?", asked_at=NOW)
    told = explain_article(question, "bridge", searcher)
    assert "rank 1" in told.description
    assert "not among" in explain_article(question, "ferry", searcher).description
    with pytest.raises(PullquoteError, match="No article with the id 'nope'"):
        explain_article(question, "nope", searcher)


class OneSearcher:
    """News that never changes."""

    def __init__(self, searcher: Searcher):
        self.searcher = searcher


async def test_the_answerer_asks_the_newest_searcher():
    news = OneSearcher(searcher_over(FERRY))
    answerer = Answerer(news)
    question = Question("Why did the bridge close?", asked_at=NOW)
    assert not (await answerer.answer(question)).answered
    news.searcher = searcher_over(BRIDGE)
    assert (await answerer.answer(question)).answered


def test_operators_in_a_question_narrow_what_may_answer():
    searcher = searcher_over(BRIDGE, FERRY)
    assert ask(searcher, "Why did the bridge close?").answered
    for limit in ("until:2001", "author:nobody"):
        said = ask(searcher, f"Why did the bridge close? {limit}")
        assert not said.answered
        assert said.reading.notes
    with pytest.raises(InvalidQueryError, match="is not closed"):
        ask(searcher, 'Why did the "bridge close?')


def test_what_has_a_phrase_word_for_word_answers_first():
    loose = Article("loose", "Grain", "The grain deal on the big grain ended: a deal on grain.")
    exact = Article("exact", "Ships", "Ministers called it the black grain deal and left early.")
    said = ask(searcher_over(loose, exact), 'What of the "black grain deal"?')
    assert {quote.article.id for quote in said.quotes} == {"exact"}
    assert said.reading.notes == ('"black grain deal" word for word',)


def test_where_nothing_has_a_phrase_its_words_are_looked_for_and_that_is_said():
    story = Article("a", "Grain", "The deal on grain ended on Friday, ministers said in Odesa.")
    said = ask(searcher_over(story), 'When did the "grain deal" end in Odesa?')
    assert said.answered
    assert "as single words" in said.reading.notes[0]
    exact = ask(searcher_over(story), 'When did the "deal on grain" end in Odesa?')
    assert exact.reading.notes == ('"deal on grain" word for word',)


def test_an_article_is_explained_by_what_the_question_was_understood_to_say():
    searcher = searcher_over(BRIDGE, FERRY)
    question = Question("Why did the bridge close? -walrus since:2001", asked_at=NOW)
    told = explain_article(question, "bridge", searcher)
    assert "walrus" not in str(told)
