"""How answers, hits and reports look in a terminal: values in, lines of styled text out.

Lines wrap on a terminal and stay whole in a file or a pipe. Control characters of an article
never reach the terminal, where they could move the cursor or rename the window.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from bot.answering.links import link
from bot.texts import english
from bot.views.answer import told_nearest
from bot.views.attribution import told_partial
from bot.views.elsewhere import told_abstention, told_others
from bot.views.reasons import greatest
from bot.views.terminal_counts import counted
from bot.views.wording import told_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from bot.answering.model import Answer, Quote
    from index import Article, CorpusStatistics, Explanation, Hit, IndexReport
    from index.query.model import Reading

_NEAREST_COUNT = 3

# C0 and C1 controls but the line feed, bidirectional controls, zero-width marks
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def visible(text: str) -> str:
    """Return text with every control character replaced by a space, line feeds kept."""
    return _UNSEEN.sub(" ", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return text on a single line, without control characters."""
    return " ".join(visible(text).split())


@dataclass(frozen=True, slots=True)
class Line:
    """Text for the terminal, which may itself have several lines. `indent` is in columns."""

    text: str = ""
    style: str = ""
    indent: int = 0
    wraps: bool = True


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines, styled and wrapped only where a person is looking."""
    for line in lines:
        if not console.is_terminal:
            prefix = " " * line.indent
            console.file.write("".join(f"{prefix}{row}".rstrip() + "\n" for row in _rows(line)))
        elif line.wraps:
            text = Text(line.text, style=line.style)
            console.print(Padding(text, (0, 0, 0, line.indent), expand=False), highlight=False)
        else:
            # the terminal itself breaks an address, so that it can still be clicked
            text = Text(" " * line.indent + line.text, style=line.style)
            console.print(text, soft_wrap=True, highlight=False)


def _rows(line: Line) -> list[str]:
    return line.text.split("\n")


def reading_lines(reading: Reading) -> Iterator[Line]:
    """Show how a question was understood, where it was not just its words."""
    if told := told_reading(reading, english()):
        yield Line(one_line(told), "dim")
        yield Line()


def answer_lines(answer: Answer, limit: int) -> Iterator[Line]:
    """Show the quotes, or say that none answers and what comes nearest."""
    yield from reading_lines(answer.reading)
    if not answer.answered:
        yield from _abstention_lines(answer)
    if answer.quotes:
        yield from _quote_lines(answer.quotes[:limit])
    elif not answer.answered:
        yield from hit_lines(answer.hits[: min(limit, _NEAREST_COUNT)])


def _quote_lines(quotes: Iterable[Quote]) -> Iterator[Line]:
    for quote in quotes:
        yield Line(visible(quote.text), "bold", 3)
        yield Line(byline(quote.article), "dim", 3)
        if also := told_others(quote, english(), lambda article: one_line(article.publisher or "")):
            yield Line(also, "dim", 3)
        if address := link(quote):
            yield Line(address, "cyan", 3, wraps=False)
        yield Line()


def _abstention_lines(answer: Answer) -> Iterator[Line]:
    yield Line(told_abstention(answer, english()), "bold")
    for suggestion in answer.suggestions:
        yield Line(suggestion)
    if not answer.outside and (answer.quotes or answer.hits):
        yield Line()
        yield Line(told_nearest(english()), "dim")
    yield Line()


def hit_lines(hits: Iterable[Hit]) -> Iterator[Line]:
    """Show passages found, whole, with their rank and score."""
    for hit in hits:
        article = hit.passage.article
        yield Line(f"{hit.rank}. {one_line(article.title)}", "bold")
        yield Line(visible(hit.passage.text), indent=3)
        yield Line(f"{byline(article)} · score {hit.score:.2f}", "dim", 3)
        if article.url:
            yield Line(article.url, "cyan", 3, wraps=False)
        yield Line()


def byline(article: Article) -> str:
    """Return publisher, date and author on one line; what is unknown is said or left out."""
    publisher = one_line(article.publisher or "publisher unknown")
    date = article.published.at.date().isoformat() if article.published else "date unknown"
    parts = [publisher, date]
    if article.author:
        parts.append(one_line(article.author))
    if article.is_partial:
        parts.append(told_partial(english()))
    return " · ".join(parts)


def explanation_lines(explanation: Explanation, most: int | None = None) -> Iterator[Line]:
    """Show a tree of numbers, each under the one it is part of, below what sums them up.

    Of each sum only the `most` numbers that speak most for it and as many against, and not what
    those are made of.
    """
    yield Line(one_line(explanation.description), "bold")
    for detail in explanation.details:
        yield Line()
        yield from _detail_lines(detail, most)


def _detail_lines(
    explanation: Explanation, most: int | None, depth: int = 0, *, signed: bool = False
) -> Iterator[Line]:
    value = f"{explanation.value:{'+' if signed else ''}8.2f}"
    yield Line(f"{value}  {one_line(explanation.description)}", indent=2 * depth)
    if signed and most is not None:
        return
    is_sum = explanation.description.endswith("the sum of")
    shown = greatest(explanation.details, most) if is_sum else explanation.details
    for detail in shown:
        yield from _detail_lines(detail, most, depth + 1, signed=signed or is_sum)
    if left_out := len(explanation.details) - len(shown):
        told = counted(left_out, "lesser one")
        yield Line(f"          and {told}, which --all shows", "dim", 2 * (depth + 1))


def statistics_lines(statistics: CorpusStatistics) -> Iterator[Line]:
    """Show what is stored."""
    yield Line(f"articles    {statistics.article_count:,}")
    yield Line(f"passages    {statistics.passage_count:,}")
    if newest := statistics.newest:
        yield Line(f"newest      {one_line(newest.title)} ({byline(newest)})")
    if run := statistics.last_run:
        yield Line(
            f"last run    {run.finished_at:%Y-%m-%d %H:%M} UTC: {run.added_count:,} added, "
            f"{run.changed_count:,} changed, {run.removed_count:,} removed, "
            f"{run.refused_count:,} refused"
        )
    for publisher, count in statistics.articles_by_publisher.items():
        yield Line(f"publisher   {one_line(publisher)}: {count:,}")


def report_lines(report: IndexReport) -> Iterator[Line]:
    """Show every refusal and note on a line of its own, then the counts."""
    for refusal in report.refusals:
        yield Line(f"refused: {refusal}")
    for note in report.notes:
        yield Line(f"note: {note}")
    if report.ignored_file_count:
        yield Line(f"files of other kinds, not read: {report.ignored_file_count:,}")
    run = report.run
    yield Line(
        f"{run.added_count:,} added, {run.changed_count:,} changed, "
        f"{run.removed_count:,} removed, {run.unchanged_count:,} unchanged, "
        f"{run.refused_count:,} refused in {run.duration_seconds:.1f} s"
    )
