"""`pullquote ask`, `explain` and `search`: questions from a terminal or a file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.batch import answer_batch, read_batch
from bot.cli.options import (
    AsJson,
    DataDir,
    Filters,
    Limit,
    Now,
    Publisher,
    Since,
    Until,
    data_dir_of,
    moment,
)
from bot.cli.printing import print_answer, print_json, print_styled

if TYPE_CHECKING:
    from bot.answering.model import Question

FAILED = 1
ABSTAINED = 3
_MOST_REASONS = 6


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
        lines = read_batch(batch, filters, now)
        if not asyncio.run(answer_batch(lines, data_dir_of(data_dir), limit, as_json=as_json)):
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
    print_answer(said, None, limit, as_json=as_json)
    return said.answered


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
