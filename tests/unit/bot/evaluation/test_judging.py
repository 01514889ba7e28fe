import math

import pytest

from bot.evaluation.judging import judge
from bot.evaluation.judgments import Evidence, JudgedQuestion
from bot.evaluation.replies import Excerpt, Reply, reply
from index import PullquoteError

SENTENCE = "The parrot, whose name is Admiral, swore at her throughout."
QUESTION = JudgedQuestion(
    "q",
    "What is the parrot called?",
    answers=("Admiral",),
    evidence=(Evidence("flood", SENTENCE),),
    answerable=True,
    grades={"flood": 1},
)
RIGHT = Excerpt("flood", SENTENCE)
ELSEWHERE = Excerpt("copy", SENTENCE)
WRONG = Excerpt("flood", "The dog was found at noon.")
LONG = Excerpt("flood", SENTENCE + "x" * 400)


def said(*, quotes=(), hits=()) -> Reply:
    return Reply(bool(quotes), 0.7, tuple(quotes), tuple(hits))


def test_a_passage_answers_only_in_the_article_of_the_evidence():
    found = judge(QUESTION, said(hits=[ELSEWHERE, WRONG, RIGHT]), [("flood", 0, 9)])
    assert [found[f"passage_hits@{k}"] for k in (1, 4, 10)] == [0, 1, 1]
    assert found["passage_mrr@10"] == pytest.approx(1 / 3)
    assert found["passage_ndcg@10"] == pytest.approx(1 / 2)
    assert found["article_mrr@10"] == pytest.approx(1 / 2)


def test_every_passage_that_answers_is_wanted_by_ndcg():
    relevant = [("flood", 0, 9), ("flood", 9, 20)]
    found = judge(QUESTION, said(hits=[RIGHT]), relevant)
    assert found["passage_ndcg@10"] == pytest.approx(1 / (1 + 1 / math.log2(3)))


@pytest.mark.parametrize(
    ("quotes", "first", "three"),
    [
        ([RIGHT], 1, 1),
        ([WRONG, RIGHT], 0, 1),
        ([WRONG, WRONG, WRONG, RIGHT], 0, 0),
        ([LONG], 0, 0),
        ([LONG, RIGHT], 1, 1),
        ([Excerpt("other", "Admiral!")], 1, 1),
        ([], 0, 0),
    ],
)
def test_a_quote_is_right_if_it_is_short_and_says_the_answer(quotes, first, three):
    found = judge(QUESTION, said(quotes=quotes), [])
    assert (found["quote@1"], found["quote@3"]) == (first, three)


def test_characters_are_those_of_three_quotes_of_an_answer():
    found = judge(QUESTION, said(quotes=[WRONG] * 4), [])
    assert found["characters_shown"] == 3 * len(WRONG.text or "")
    assert math.isnan(judge(QUESTION, said(), [])["characters_shown"])


def test_an_unanswerable_question_only_tells_whether_pullquote_keeps_quiet():
    question = JudgedQuestion("q", "Who is he?", answerable=False)
    found = judge(question, said(quotes=[WRONG]), [])
    assert {name for name, value in found.items() if not math.isnan(value)} == {"silent_if_not"}
    assert found["silent_if_not"] == 0
    assert judge(question, said(), [])["silent_if_not"] == 1


def test_grades_without_evidence_judge_articles_alone():
    question = JudgedQuestion("q", "Which?", grades={"flood": 2, "gate": 1})
    found = judge(question, said(hits=[Excerpt("gate", "a"), Excerpt("flood", "b")]), [])
    assert found["article_ndcg@10"] == pytest.approx(
        (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))
    )
    known = {name for name, value in found.items() if not math.isnan(value)}
    assert known == {
        f"article_{each}" for each in ("hits@1", "hits@4", "hits@10", "mrr@10", "ndcg@10")
    }


def test_a_run_that_only_ranks_is_not_blamed_for_quoting_nothing():
    only_ranks = Reply(confidence=None, hits=(Excerpt("flood"),))
    found = judge(QUESTION, only_ranks, [("flood", 0, 9)])
    assert found["article_hits@1"] == 1
    assert math.isnan(found["quote@1"])
    assert math.isnan(found["passage_hits@10"])
    assert math.isnan(found["answered_if_answerable"])


@pytest.mark.parametrize(
    "line",
    [
        [],
        {},
        {"id": 1, "answered": True, "confidence": None, "quotes": [], "hits": []},
        {"id": [], "answered": True, "confidence": 1, "quotes": [], "hits": []},
        {"id": 1, "answered": True, "confidence": 1, "quotes": [{"text": "x"}], "hits": []},
        {
            "id": 1,
            "answered": 0,
            "confidence": 1,
            "quotes": [],
            "hits": [{"text": 1, "article": {"id": "a"}}],
        },
    ],
)
def test_what_is_no_answer_of_pullquote_is_told(line):
    with pytest.raises(PullquoteError, match="ask --batch --json"):
        reply(line)
