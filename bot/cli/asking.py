"""`pullquote ask`, `explain` and `search`: questions from a terminal or a file."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import (
    AsJson,
    DataDir,
    Limit,
    Now,
    Publisher,
    Since,
    Until,
    data_dir_of,
    moment,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.answering.model import Answer, Question
    from bot.views.terminal import Line

FAILED = 1
ABSTAINED = 3
# fewer are answered, without the compiled search, before it is loaded
_MANY_QUESTIONS = 200
_MOST_REASONS = 6


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a question, as typed."""

    since: str | None = None
    until: str | None = None
    publishers: tuple[str, ...] = ()

    def question(self, text: str, now: datetime) -> Question:
        """Return the question asked. Raises InvalidQueryError."""
        from bot.answering.model import Question
        from index.query.dates import parse_range

        return Question(
            text,
            asked_at=now,
            since=parse_range(self.since, now).since if self.since is not None else None,
            until=parse_range(self.until, now).until if self.until is not None else None,
            publishers=frozenset(name for name in self.publishers if name.strip()),
        )


def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    *,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help='Answer every line of a file: {"id", "question", "date"?}. `-` reads the input.',
        ),
    ] = None,
    as_json: AsJson = False,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    now: Now = None,
    limit: Limit = 10,
    data_dir: DataDir = None,
) -> None:
    """Answer a question with quotes from the news.

    Exits with 0 when it is answered and with 3 when the news does not say.
    """
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a question or --batch FILE")
    filters = Filters(since, until, tuple(publisher or ()))
    if batch is not None:
        lines = _read_batch(batch, filters, now)
        if not asyncio.run(_answer_batch(lines, data_dir_of(data_dir), limit, as_json=as_json)):
            raise typer.Exit(FAILED)
        return
    text = (question or "").strip()
    if not text:
        raise typer.BadParameter("the question is empty")
    asked = filters.question(text, moment(now))
    if not asyncio.run(_answer_one(asked, data_dir_of(data_dir), limit, as_json=as_json)):
        raise typer.Exit(ABSTAINED)


def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    *,
    as_json: AsJson = False,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    now: Now = None,
    limit: Limit = 10,
    data_dir: DataDir = None,
) -> None:
    """List the passages that match best."""
    filters = Filters(since, until, tuple(publisher or ()))
    wanted = filters.question(query, moment(now))
    asyncio.run(_search(wanted, data_dir_of(data_dir), limit, as_json=as_json))


def explain(
    question: Annotated[str, typer.Argument(help="A question.")],
    *,
    article: Annotated[str, typer.Option(metavar="ID", help="The id of an article.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Show every number, and what each is made of.")
    ] = False,
    as_json: AsJson = False,
    now: Now = None,
    data_dir: DataDir = None,
) -> None:
    """Show why an article is quoted, or is not.

    One sentence sums it up; below are the numbers behind its rank, its best sentence and the
    confidence: the six that speak most for each, and the six that speak most against it.
    """
    asked = Filters().question(question, moment(now))
    most = None if everything else _MOST_REASONS
    asyncio.run(_explain(asked, article, data_dir_of(data_dir), most, as_json=as_json))


async def _answer_one(question: Question, data_dir: Path, limit: int, *, as_json: bool) -> bool:
    """Print an answer. Returns whether there was one."""
    from bot.answering.answerer import answer
    from index import NewsIndex

    async with await NewsIndex.open(data_dir) as news:
        said = answer(question, news.searcher)
    _print_answer(said, None, limit, as_json=as_json)
    return said.answered


async def _answer_batch(
    asked: Sequence[tuple[object, Question]], data_dir: Path, limit: int, *, as_json: bool
) -> bool:
    """Print the answers in order. Returns whether every question could be understood."""
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
                _print_answer(said, question_id, limit, as_json=as_json)
    return understood


def _print_answer(said: Answer, question_id: object, limit: int, *, as_json: bool) -> None:
    if as_json:
        from bot.views.machine import answer_value

        print_json(answer_value(said, question_id, limit))
    else:
        from bot.views.terminal import answer_lines

        print_styled(answer_lines(said, limit))


async def _search(wanted: Question, data_dir: Path, limit: int, *, as_json: bool) -> None:
    from bot.views.machine import hits_value
    from bot.views.terminal import hit_lines, reading_lines
    from index import NewsIndex

    async with await NewsIndex.open(data_dir) as news:
        reading = wanted.read(news.searcher)
        hits = await news.search(reading.query, limit)
    if as_json:
        print_json(hits_value(wanted.text, reading, hits))
        return
    print_styled(reading_lines(reading))
    if hits:
        print_styled(hit_lines(hits))
    else:
        typer.echo("Nothing matches.", err=True)


async def _explain(
    question: Question, article_id: str, data_dir: Path, most: int | None, *, as_json: bool
) -> None:
    from bot.answering.explaining import explain_article
    from bot.views.machine import explanation_value, reading_value
    from bot.views.terminal import explanation_lines, reading_lines
    from index import NewsIndex

    async with await NewsIndex.open(data_dir) as news:
        reading = question.read(news.searcher)
        explanation = explain_article(question, article_id, news.searcher)
    if as_json:
        print_json({**explanation_value(explanation), "reading": reading_value(reading)})
    else:
        print_styled(reading_lines(reading))
        print_styled(explanation_lines(explanation, most))


def _read_batch(path: Path, filters: Filters, now: str | None) -> list[tuple[object, Question]]:
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


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object on a line of its own, in ASCII: right on any system's output."""
    typer.echo(json.dumps(value))


def print_styled(lines: Iterator[Line]) -> None:
    """Print what a view made."""
    from rich.console import Console

    from bot.views.terminal import print_lines

    print_lines(Console(), lines)
