import json

import pytest

from bot.evaluation.beir import is_beir_corpus, read_beir_questions, write_as_news, write_beir
from index import PullquoteError
from tests.unit.bot.evaluation.small_news import CLOSED, PASSAGES, QUESTIONS, asked


@pytest.fixture
def folder(tmp_path):
    write_beir(tmp_path, asked(), QUESTIONS, PASSAGES)
    return tmp_path


def test_a_folder_written_is_read_with_its_judgments(folder):
    why, ferry = read_beir_questions(folder)
    assert (why.id, why.text) == ("why", QUESTIONS[0].text)
    assert dict(why.grades) == {f"copy#0-{len(CLOSED)}": 1}
    assert (ferry.id, ferry.evidence, ferry.answerable) == ("2", (), None)


def test_its_corpus_becomes_news(folder, tmp_path):
    assert is_beir_corpus(folder / "corpus.jsonl")
    assert not is_beir_corpus(folder / "queries.tsv")
    target = tmp_path / "news.jsonl"
    write_as_news(folder / "corpus.jsonl", target)
    assert not is_beir_corpus(target)
    first = json.loads(target.read_text(encoding="utf-8").splitlines()[0])
    assert first == {
        "id": f"bridge%20closes#0-{len(CLOSED)}",
        "title": "Lantern Bridge closes",
        "text": CLOSED,
    }


def test_one_of_several_qrels_can_be_named(folder):
    (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nwhy\tx\t2\n")
    assert len(read_beir_questions(folder)) == 2
    (only,) = read_beir_questions(folder / "qrels" / "dev.tsv")
    assert dict(only.grades) == {"x": 2}
    (folder / "qrels" / "test.tsv").rename(folder / "qrels" / "train.tsv")
    with pytest.raises(PullquoteError, match=r"name one file of qrels"):
        read_beir_questions(folder)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nwhy copy 1\n", r"test\.tsv, line 2: "),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nwhy\tcopy\tx\n", r"test\.tsv, line 2: "),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nnever\tcopy\t1\n", "judges no question"),
        ("queries.jsonl", '{"_id": "why"}\n', r"queries\.jsonl, line 1: "),
        ("queries.jsonl", "[]\n", r"queries\.jsonl, line 1: "),
    ],
)
def test_a_mistake_in_a_folder_is_told(folder, file, content, told):
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(PullquoteError, match=told):
        read_beir_questions(folder)


def test_a_document_that_is_none_is_told_with_its_line(tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"_id": "1", "text": "It rained."}\n{"_id": "2"}\n', encoding="utf-8")
    with pytest.raises(PullquoteError, match=r"corpus\.jsonl, line 2: "):
        write_as_news(corpus, tmp_path / "news.jsonl")


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PullquoteError, match="choose another place"):
        write_beir(tmp_path / "file", asked(), QUESTIONS, PASSAGES)


def test_a_grade_that_trec_eval_cannot_hold_is_refused(folder):
    qrels = folder / "qrels" / "test.tsv"
    qrels.write_text("query-id\tcorpus-id\tscore\nwhy\ta\t2147483648\n", encoding="utf-8")
    with pytest.raises(PullquoteError, match=r"line 2: .* no grade"):
        read_beir_questions(folder)
