"""The files that an evaluation reads and writes; every complaint names the file and the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from bot.evaluation.judgments import judged_question
from bot.evaluation.replies import reply
from bot.evaluation.trec import judgment_line, ranked, run_line
from index.errors import PullquoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from bot.evaluation.judgments import JudgedQuestion, QuestionId
    from bot.evaluation.replies import Reply

T = TypeVar("T")


def read_questions(path: Path) -> list[JudgedQuestion]:
    """Read judged questions, a JSON object a line. Raises PullquoteError."""
    questions: dict[QuestionId, JudgedQuestion] = {}
    for question in each_line(path, lambda line: _new(judged_question(parsed(line)), questions)):
        questions[question.id] = question
    if not questions:
        raise PullquoteError(f"{path} holds no question; write one JSON object a line.")
    return list(questions.values())


def read_run(path: Path) -> dict[QuestionId, Reply]:
    """Read a run: lines of `ask --batch --json`, or a TREC run of articles. Raises PullquoteError.

    The replies of a TREC run are named as there: without white space, and never by a number.
    """
    if not _is_json(path):
        return ranked(each_line(path, run_line))
    return dict(each_line(path, lambda line: reply(parsed(line))))


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read TREC judgments: how relevant documents are, by question. Raises PullquoteError."""
    grades: dict[str, dict[str, int]] = {}
    for question, document, grade in each_line(path, judgment_line):
        grades.setdefault(question, {})[document] = grade
    return grades


def parsed(line: str) -> Any:
    """Return the JSON value of a line. Raises PullquoteError."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise PullquoteError("this is not JSON; write one object a line.") from error


def each_line(path: Path, parse: Callable[[str], T], *, skipped_count: int = 0) -> Iterator[T]:
    """Yield what a parser makes of each line that is not blank, but of the first few."""
    for number, line in enumerate(_lines_of(path), start=1):
        if number <= skipped_count or not line.strip():
            continue
        try:
            yield parse(line)
        except PullquoteError as error:
            raise PullquoteError(f"{path}, line {number}: {error}") from error


def _lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a file, which may be larger than memory."""
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            yield from file
    except OSError as error:
        raise PullquoteError(
            f"{path} cannot be read ({error.strerror}); check its name."
        ) from error
    except UnicodeDecodeError as error:
        raise PullquoteError(f"{path} is not UTF-8; save it as such.") from error


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a file of lines, in a folder made if missing. Raises PullquoteError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise PullquoteError(
            f"{path} cannot be written ({error.strerror}); choose another place."
        ) from error


def write_all(folder: Path, files: Mapping[str, Iterable[str]]) -> None:
    """Write several files of lines into a folder. Raises PullquoteError."""
    for name, lines in files.items():
        write_lines(folder / name, lines)


def _new(question: JudgedQuestion, known: Mapping[QuestionId, object]) -> JudgedQuestion:
    if question.id in known:
        raise PullquoteError(f"the id {question.id!r} is given twice; give each question its own.")
    return question


def _is_json(path: Path) -> bool:
    first = next((line for line in _lines_of(path) if line.strip()), "")
    return first.lstrip().startswith("{")
