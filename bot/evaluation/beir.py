"""BEIR's folders: corpus.jsonl, queries.jsonl and qrels/*.tsv, with `_id`s.

A folder read has questions whose articles are graded, and no evidence; one written has passages
for documents, called as in a TREC run, so that other engines rank just what Pullquote ranks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.evaluation.files import each_line, parsed, write_lines
from bot.evaluation.judgments import JudgedQuestion
from bot.evaluation.naming import document_name, passage_name
from bot.evaluation.trec import grade_of, passage_judgments
from index.errors import PullquoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bot.evaluation.asking import Run
    from index import Passage

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels"
_HEADING = "query-id\tcorpus-id\tscore"


def read_beir_questions(path: Path) -> list[JudgedQuestion]:
    """Read the questions that have judgments; `path` is the folder, or one of its qrels/*.tsv.

    Of a folder with several, qrels/test.tsv is taken. Raises PullquoteError.
    """
    qrels = path if path.is_file() else _qrels_in(path)
    texts = dict(each_line(qrels.parent.parent / QUERIES, _query))
    grades: dict[str, dict[str, int]] = {}
    for question, article, grade in each_line(qrels, _judgment, skipped_count=1):
        grades.setdefault(question, {})[article] = grade
    questions = [
        JudgedQuestion(name, texts[name], grades=known)
        for name, known in grades.items()
        if name in texts
    ]
    if not questions:
        raise PullquoteError(f"{qrels} judges no question of {QUERIES}; check that both belong.")
    return questions


def write_as_news(corpus: Path, target: Path) -> None:
    """Write a BEIR corpus as JSON lines that `pullquote index` reads. Raises PullquoteError."""
    write_lines(target, each_line(corpus, lambda line: json.dumps(_article(parsed(line)))))


def is_beir_corpus(path: Path) -> bool:
    """Whether a file is a BEIR corpus, by its first line."""
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return '"_id"' in file.readline()


def write_beir(
    folder: Path, run: Run, questions: Sequence[JudgedQuestion], passages: Iterable[Passage]
) -> None:
    """Write passages, questions and which passages answer. Raises PullquoteError."""
    write_lines(folder / CORPUS, map(_document, passages))
    write_lines(folder / QUERIES, map(_query_line, questions))
    write_lines(folder / QRELS / "test.tsv", _qrels(run, questions))


def _qrels_in(folder: Path) -> Path:
    found = sorted((folder / QRELS).glob("*.tsv"))
    tests = [each for each in found if each.stem == "test"] or found
    if len(tests) != 1:
        raise PullquoteError(
            f"{folder} has no {QRELS}/test.tsv to judge by; name one file of {QRELS} instead."
        )
    return tests[0]


def _query(line: str) -> tuple[str, str]:
    value = parsed(line)
    if not isinstance(value, dict) or not isinstance(value.get("text"), str) or "_id" not in value:
        raise PullquoteError('this is no query; write {"_id", "text"}.')
    return str(value["_id"]), value["text"]


def _judgment(line: str) -> tuple[str, str, int]:
    try:
        question, article, grade = line.rstrip("\r\n").split("\t")
        return question, article, grade_of(grade)
    except ValueError as error:
        raise PullquoteError(
            "this is no judgment; write query-id, corpus-id and score, with tabs between."
        ) from error


def _article(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or "_id" not in value or not isinstance(value.get("text"), str):
        raise PullquoteError('this is no document; write {"_id", "title", "text"}.')
    return {"id": str(value["_id"]), "title": value.get("title") or "", "text": value["text"]}


def _document(passage: Passage) -> str:
    name = passage_name(passage.article.id, passage.start, passage.end)
    return json.dumps({"_id": name, "title": passage.article.title, "text": passage.text})


def _query_line(question: JudgedQuestion) -> str:
    return json.dumps({"_id": document_name(question.id), "text": question.text})


def _qrels(run: Run, questions: Sequence[JudgedQuestion]) -> Iterator[str]:
    yield _HEADING
    for question, document, grade in passage_judgments(run, questions):
        if grade:
            yield f"{question}\t{document}\t{grade}"
