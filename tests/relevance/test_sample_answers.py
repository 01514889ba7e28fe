"""Quality floors on the sample news. A floor is only ever raised."""

import json
from pathlib import Path

import pytest

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "sample_questions.jsonl").read_text("utf-8").splitlines()
]
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
UNANSWERABLE = [question for question in QUESTIONS if not question["answerable"]]


def holds_the_answer(quote, question) -> bool:
    """The quote holds an answer or an evidence sentence of the article that has it."""
    return any(
        quote.article.id == evidence["article_id"]
        and (evidence["text"] in quote.text or any(a in quote.text for a in question["answers"]))
        for evidence in question["evidence"]
    )


def share(outcomes) -> float:
    outcomes = list(outcomes)
    return sum(outcomes) / len(outcomes)


@pytest.fixture(scope="module")
def answers(sample):
    return {question["id"]: sample.ask(question["question"]) for question in QUESTIONS}


@pytest.mark.parametrize(("first", "floor"), [(1, 0.6), (3, 0.78)])
def test_the_answer_is_among_the_first_quotes(answers, first, floor):
    found = share(
        any(holds_the_answer(quote, question) for quote in answers[question["id"]].quotes[:first])
        for question in ANSWERABLE
    )
    assert found >= floor


def test_what_the_news_answers_is_answered(answers):
    assert share(answers[question["id"]].answered for question in ANSWERABLE) >= 0.88


def test_what_the_news_does_not_say_is_not_answered(answers):
    assert share(not answers[question["id"]].answered for question in UNANSWERABLE) >= 0.64


def test_no_caption_or_call_to_follow_is_ever_quoted(answers):
    shown = [quote.text for answer in answers.values() for quote in answer.quotes]
    shown += [hit.passage.text for answer in answers.values() for hit in answer.hits]
    for text in shown:
        assert "READ MORE" not in text
        assert "via Harbour Pictures" not in text
        assert "Facebook" not in text
        assert "newsletter" not in text
