"""TREC's files: runs (`question Q0 document rank score tag`), qrels (`question 0 document grade`).

Documents are articles, or passages, called after their article and their offsets. White space in an
id is percent-encoded. trec_eval orders a run by score alone, held in 32 bits, so that scores are
written to fall strictly, each as little below the one before as such a number can be.
Lines in, lines out; no file is opened here.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bot.evaluation.judging import CUTOFF
from bot.evaluation.naming import document_name, passage_name
from bot.evaluation.replies import Excerpt, Reply
from index.errors import PullquoteError
from index.query.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.evaluation.asking import Run
    from bot.evaluation.judgments import JudgedQuestion, QuestionId

_TAG = "pullquote"
# trec_eval keeps a place for every grade up to the greatest, in 32 bits
_GREATEST_GRADE = 10_000

Judgment = tuple[str, str, int]
Ranked = tuple[str, str, float]


def trec_files(run: Run, questions: Sequence[JudgedQuestion]) -> dict[str, Iterator[str]]:
    """Return the lines of four files, by name: runs and qrels, of passages and of articles."""
    return {
        "passages.run": _run_lines(passage_ranking(run)),
        "passages.qrels": _qrels_lines(passage_judgments(run, questions)),
        "articles.run": _run_lines(article_ranking(run)),
        "articles.qrels": _qrels_lines(article_judgments(questions)),
    }


def passage_ranking(run: Run) -> Iterator[Ranked]:
    """Yield every passage found: question, document, score."""
    for question, reply in run.replies.items():
        hits = reply.hits[:CUTOFF]
        names = [passage_name(hit.article_id, hit.start, hit.end) for hit in hits]
        yield from _falling(question, names, [hit.score for hit in hits])


def article_ranking(run: Run) -> Iterator[Ranked]:
    """Yield every article found, where its best passage stands: question, document, score."""
    for question, reply in run.replies.items():
        best: dict[str, float] = {}
        for hit in reply.hits:
            best.setdefault(document_name(hit.article_id), hit.score)
        yield from _falling(question, list(best)[:CUTOFF], list(best.values()))


def passage_judgments(run: Run, questions: Iterable[JudgedQuestion]) -> Iterator[Judgment]:
    """Yield 1 for each passage that holds evidence, 0 for the others of the same articles.

    A question whose evidence the corpus does not hold has a 0 for that article, so that it counts.
    """
    for question in (each for each in questions if each.evidence):
        relevant, name = set(run.relevant[question.id]), document_name(question.id)
        for span in run.judged[question.id]:
            yield name, passage_name(*span), int(span in relevant)
        if not run.judged[question.id]:
            yield name, document_name(question.evidence[0].article_id), 0


def article_judgments(questions: Iterable[JudgedQuestion]) -> Iterator[Judgment]:
    """Yield the grade of every article that is judged."""
    for question in questions:
        for article_id, grade in question.grades.items():
            yield document_name(question.id), document_name(article_id), grade


def _falling(question: object, names: Sequence[str], scores: Iterable[float]) -> Iterator[Ranked]:
    above = np.float32(math.inf)
    for name, score in zip(names, scores, strict=False):
        above = min(np.float32(score), np.nextafter(above, np.float32(-math.inf)))
        yield document_name(question), name, float(above)


def _run_lines(ranking: Iterable[Ranked]) -> Iterator[str]:
    rank, asked = 0, ""
    for question, document, score in ranking:
        rank = rank + 1 if question == asked else 1
        asked = question
        yield f"{question} Q0 {document} {rank} {score:.9g} {_TAG}"


def _qrels_lines(judgments: Iterable[Judgment]) -> Iterator[str]:
    return (f"{question} 0 {document} {grade}" for question, document, grade in judgments)


def judgment_line(line: str) -> Judgment:
    """Read a line of qrels. Raises PullquoteError."""
    try:
        question, _, document, grade = line.split()
        return question, document, grade_of(grade)
    except ValueError as error:
        raise PullquoteError("this is no judgment; write `question 0 document grade`.") from error


def grade_of(text: str) -> int:
    """Return a grade. Raises ValueError for no number, PullquoteError for one out of range."""
    grade = int(text)
    if abs(grade) > _GREATEST_GRADE:
        raise PullquoteError(
            f"{shown(text)} is no grade; write a whole number up to {_GREATEST_GRADE:,}."
        )
    return grade


def run_line(line: str) -> Ranked:
    """Read a line of a run. Raises PullquoteError."""
    try:
        question, _, document, _, score, _ = line.split()
        return question, document, float(score)
    except ValueError as error:
        raise PullquoteError(
            "this is no line of a run; write `question Q0 document rank score tag`."
        ) from error


def ranked(lines: Iterable[Ranked]) -> dict[QuestionId, Reply]:
    """Return a reply of articles a question, best first; equal scores as trec_eval has them."""
    found: dict[QuestionId, list[tuple[float, str]]] = {}
    for question, document, score in lines:
        found.setdefault(question, []).append((score, document))
    return {
        question: Reply(
            confidence=None,
            hits=tuple(Excerpt(name, score=score) for score, name in sorted(each, reverse=True)),
        )
        for question, each in found.items()
    }


def graded(
    questions: Iterable[JudgedQuestion], grades: Mapping[str, Mapping[str, int]]
) -> list[JudgedQuestion]:
    """Return the questions with the grades of qrels for their own; none where those know it not."""
    return [replace(each, grades=grades.get(document_name(each.id), {})) for each in questions]
