"""`pullquote ask --batch`: a file of questions, one JSON object a line, answered in order."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

from bot.cli.options import moment
from bot.cli.printing import print_answer, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.answering.model import Question
    from bot.cli.options import Filters

# fewer are answered, without the compiled search, before it is loaded
_MANY_QUESTIONS = 200


def read_batch(path: Path, filters: Filters, now: str | None) -> list[tuple[object, Question]]:
    """Read every line before any is answered, so that a mistake is told at once."""
    from index import InvalidQueryError, PullquoteError

    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PullquoteError(f"{path} cannot be read ({error}); check its name.") from error
    try:
        return list(_parse_batch(text, filters, now))
    except InvalidQueryError as error:
        raise PullquoteError(f"{path}: {error}") from error


def _parse_batch(text: str, filters: Filters, now: str | None) -> Iterator[tuple[object, Question]]:
    from index import InvalidQueryError

    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidQueryError(
                f"line {number} is not JSON; write one object a line."
            ) from error
        if not isinstance(value, dict) or not isinstance(value.get("question"), str):
            raise InvalidQueryError(f'line {number} has no "question"; write one object a line.')
        asked_on = str(value.get("date") or now or "") or None
        try:
            question = filters.question(value["question"], moment(asked_on))
        except InvalidQueryError as error:
            raise InvalidQueryError(f"line {number}: {error}") from error
        yield value.get("id"), question


async def answer_batch(
    asked: Sequence[tuple[object, Question]], data_dir: Path, limit: int, *, as_json: bool
) -> bool:
    """Print the answers in order. Returns whether every question could be understood.

    Raises PullquoteError.
    """
    from bot.answering.answerer import answer
    from bot.views.machine import refusal_value
    from index import InvalidQueryError, KernelLoader, NewsIndex

    understood = True
    kernel = KernelLoader()
    if len(asked) >= _MANY_QUESTIONS:
        # and not beside the answers, which would share one interpreter with it
        kernel.load()
    async with await NewsIndex.open(data_dir, kernel=kernel.current) as news:
        for question_id, question in asked:
            try:
                said = answer(question, news.searcher)
            except InvalidQueryError as error:
                understood = False
                if as_json:
                    print_json(refusal_value(question.text, question_id, str(error)))
                else:
                    typer.echo(f"{error}\n", err=True)
            else:
                print_answer(said, question_id, limit, as_json=as_json)
    return understood
