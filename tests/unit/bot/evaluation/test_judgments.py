import json
from datetime import UTC, datetime

import pytest

from bot.evaluation.files import read_questions
from bot.evaluation.judgments import Evidence, judged_question
from index import PullquoteError

FULL = {
    "id": "q1",
    "question": "Who swore at the sergeant?",
    "date": "2026-03-16",
    "answers": ["Admiral"],
    "evidence": [{"article_id": "flood", "text": "A parrot named Admiral swore at her."}],
    "answerable": True,
    "type": "who",
}


def test_a_judged_question_keeps_everything_that_is_known_of_it():
    question = judged_question(FULL)
    assert (question.id, question.text, question.answerable) == ("q1", FULL["question"], True)
    assert question.asked_at == datetime(2026, 3, 16, 23, 59, 59, tzinfo=UTC)
    assert question.evidence == (Evidence("flood", "A parrot named Admiral swore at her."),)
    assert question.grades == {"flood": 1}
    assert question.kind == "who"


def test_a_question_without_a_type_is_of_the_kind_of_answer_that_it_asks_for():
    assert judged_question({"id": 1, "question": "When does it open?"}).kind == "time"


def test_what_is_not_known_may_be_left_out_or_null():
    question = judged_question({"id": 7, "question": "Why?", "date": None, "answers": None})
    assert (question.id, question.asked_at, question.answers) == (7, None, ())
    assert (question.answerable, question.evidence, dict(question.grades)) == (None, (), {})


def test_answers_that_are_no_use_for_finding_are_not_used():
    assert judged_question({**FULL, "usable_answer_string": False}).answers == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": None}, '"id"'),
        ({"id": ""}, '"id"'),
        ({"id": True}, '"id"'),
        ({"id": "\ud800"}, '"id"'),
        ({"question": " "}, '"question"'),
        ({"date": "soon"}, '"date"'),
        ({"answers": "Admiral"}, '"answers"'),
        ({"answers": [1]}, '"answers"'),
        ({"evidence": [{"text": "no article"}]}, '"evidence"'),
        ({"evidence": [{"article_id": "flood", "text": " "}]}, '"evidence"'),
        ({"evidence": [{"article_id": "\ud800", "text": "x"}]}, '"article_id"'),
        ({"answerable": "yes"}, '"answerable"'),
        ({"type": 3}, '"type"'),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path, change, told):
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{json.dumps(FULL)}\n\n{json.dumps({**FULL, **change})}\n", encoding="utf-8")
    with pytest.raises(PullquoteError, match=r"questions\.jsonl, line 3: ") as caught:
        read_questions(path)
    assert told in str(caught.value)


@pytest.mark.parametrize("line", ["{", "[]", '"why?"', "3"])
def test_a_line_that_is_no_object_is_told(tmp_path, line):
    path = tmp_path / "questions.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(PullquoteError, match=r"line 1: .*one object a line"):
        read_questions(path)


def test_a_question_given_twice_is_told(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{json.dumps(FULL)}\n{json.dumps(FULL)}\n", encoding="utf-8")
    with pytest.raises(PullquoteError, match=r"line 2: .*'q1' is given twice"):
        read_questions(path)


@pytest.mark.parametrize(("content", "told"), [(b"\n", "no question"), (b"\xff", "not UTF-8")])
def test_a_file_without_questions_is_told(tmp_path, content, told):
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    with pytest.raises(PullquoteError, match=told):
        read_questions(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(PullquoteError, match=r"nowhere\.jsonl cannot be read \(No such file"):
        read_questions(tmp_path / "nowhere.jsonl")
