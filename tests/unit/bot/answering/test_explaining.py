import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answerer import answer
from bot.answering.evidence import READ_COUNT
from bot.answering.explaining import explain_article
from bot.answering.model import Question
from index import PullquoteError
from tests.unit.bot.answering.small_corpora import NOW, over, story

CLOSED = "The Lantern Bridge closed because a bearing cracked. Finch was told on Tuesday."
NEWS = over(
    story("bridge", CLOSED, "Bridge shut"),
    story("open", "The bridge of Pell is open.", "Open"),
    story("ferry", "The ferry sails.", "Ferry"),
)
WHY = Question("Why did the Lantern Bridge close?", asked_at=NOW)


def test_an_article_is_explained_by_its_passage_its_sentence_and_the_answer():
    told = explain_article(WHY, "bridge", NEWS)
    assert told.description.startswith("'Bridge shut': rank 1 of 2 passages looked at; its best")
    score, rank, sentence, verdict = told.details
    assert told.value == score.value > 0
    assert rank.description.startswith("rank 1 of 2")
    assert sentence.description.startswith("log odds")
    assert verdict == answer(WHY, NEWS).explanation.details[0]


def test_its_rank_adds_up():
    rank = explain_article(WHY, "bridge", NEWS).details[1]
    assert rank.value == pytest.approx(sum(detail.value for detail in rank.details))
    hit = answer(WHY, NEWS).hits[0]
    assert hit.passage.article.id == "bridge"
    assert rank.value == pytest.approx(hit.score)


def test_an_article_that_is_not_found_is_explained_too():
    told = explain_article(WHY, "ferry", NEWS)
    assert "not among the passages looked at" in told.description
    assert told.value < explain_article(WHY, "open", NEWS).value
    assert len(told.details) == 2


def test_an_article_that_is_found_and_not_read_is_said_not_to_be():
    news = over(*(story(f"{n:02}", CLOSED, f"Story {n}") for n in range(READ_COUNT + 3)))
    last = answer(WHY, news).hits[READ_COUNT].passage.article
    told = explain_article(WHY, last.id, news)
    assert f"rank {READ_COUNT + 1} of" in told.description
    assert f"the first {READ_COUNT} are read" in told.description
    assert len(told.details) == 3


@pytest.mark.parametrize("article_id", ["nope", "", "Bridge"])
def test_an_unknown_article_is_told_with_what_to_do(article_id):
    with pytest.raises(PullquoteError, match=r"No article with the id .*pullquote search"):
        explain_article(WHY, article_id, NEWS)


def test_operators_are_no_words_to_explain():
    question = Question("Why did the bridge close? -walrus since:2001", asked_at=NOW)
    assert "walrus" not in str(explain_article(question, "bridge", NEWS))


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(["bridge", "open", "ferry"]), st.text("abe fry?BP", max_size=30))
def test_every_article_can_be_explained_for_every_question(article_id, text):
    told = explain_article(Question("bridge " + text, asked_at=NOW), article_id, NEWS)
    assert told.details[-1].value == answer(Question("bridge " + text, NOW), NEWS).confidence
