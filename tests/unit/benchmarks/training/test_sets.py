"""The choice of judged sets, over a folder as small as can be."""

import gzip
import json
from datetime import date, timedelta

import pytest

from benchmarks.training.sets import Material, judged_sets

FIRST = date(2022, 6, 10)


@pytest.fixture
def material(tmp_path) -> Material:
    articles = [
        {
            "id": f"a{n}",
            "title": f"Story {n}",
            "text": f"The walrus number{n} sang.",
            "published": str(FIRST + timedelta(days=12 * n)),
        }
        for n in range(60)
    ]
    questions = [
        {
            "id": f"q{n}",
            "question": f"Which walrus sang on day {n}?",
            "date": str(FIRST + timedelta(days=12 * n + 1)),
            "answers": [f"number{n}"],
            "evidence": [{"article_id": f"a{n}", "text": articles[n]["text"]}],
            "answerable": True,
            "pool_articles_with_answer": [],
            "gold_articles": [f"a{n}"],
        }
        for n in range(60)
    ]
    late = [
        {"id": f"l{n}", "question": f"Who won cup {n}?", "date": "2025-03-01", "answerable": False}
        for n in range(5)
    ]
    for corpus, names in (
        ("multihop_rag", ["questions_tune"]),
        ("selqa_dev", ["questions"]),
        ("clapnq_dev", ["questions"]),
        ("realtimeqa", ["questions_tune", "timesplit_tune"]),
    ):
        (tmp_path / corpus).mkdir()
        with gzip.open(tmp_path / corpus / "corpus.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in articles)
        for name in names:
            lines = late if name == "timesplit_tune" else questions
            text = "".join(json.dumps(line) + "\n" for line in lines)
            (tmp_path / corpus / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return Material(tmp_path)


def test_the_sets_are_the_same_on_every_run(material):
    sets = list(judged_sets(material))
    assert sets == list(judged_sets(material))
    names = [each.name for each in sets]
    assert len(set(names)) == len(names) > 20
    assert sum(each.answering for each in sets) > 0
    assert any(not q.answerable for each in sets for q in each.questions)


def test_what_answers_is_taken_out_of_the_news_or_the_question_is_answerable(material):
    (holes,) = (each for each in judged_sets(material) if each.name == "holes")
    lost = {str(q.id)[1:] for q in holes.questions if not q.answerable}
    assert lost
    assert not {f"a{n}" for n in lost} & holes.keeps
    kept = [q for q in holes.questions if q.answerable]
    assert kept
    assert all(evidence.article_id in holes.keeps for q in kept for evidence in q.evidence)
    assert all(q.evidence == () and q.answers == () for q in holes.questions if not q.answerable)
