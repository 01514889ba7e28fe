"""How the index is, in words: counts, freshness, a run's progress and its end. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.views.escaping import one_line
from bot.views.message import MessageText
from bot.views.shortening import shortened
from bot.views.wording import counted, duration, moment, published

if TYPE_CHECKING:
    from index import CorpusStatistics, IndexProgress, IndexReport, IndexRun
    from index.model import Article

_REFUSAL_COUNT = 10
_REFUSAL_LENGTH = 80  # twice that when all of it is escaped, ten times: under 2,000
_PUBLISHER_COUNT = 5
_NAME_LENGTH = 60
_BAR_WIDTH = 20
_HOW_TO_ADD = "whoever runs me adds some with `pullquote index FOLDER`."


@dataclass(frozen=True, slots=True)
class Health:
    """What the program knows of itself. `latency_seconds` is not finite while not connected."""

    version: str
    latency_seconds: float
    is_indexing: bool


def status_text(statistics: CorpusStatistics, health: Health) -> MessageText:
    """Say what there is to quote from, and how the program is."""
    return MessageText((_corpus(statistics), _program(statistics.last_run, health)))


def _corpus(statistics: CorpusStatistics) -> str:
    if not statistics.article_count:
        return f"There is no news yet; {_HOW_TO_ADD}"
    by_publisher = statistics.articles_by_publisher
    articles = counted(statistics.article_count, "article")
    passages = counted(statistics.passage_count, "passage")
    publishers = counted(len(by_publisher), "publisher")
    lines = [f"**{articles}** in {passages} from {publishers}"]
    largest = sorted(by_publisher.items(), key=lambda item: (-item[1], item[0]))
    if largest:
        names = (f"{_name(name)} ({count:,})" for name, count in largest[:_PUBLISHER_COUNT])
        lines.append(f"Most of them from: {', '.join(names)}")
    lines.append(_newest(statistics.newest) if statistics.newest else "No article has a date yet.")
    return "\n".join(lines)


def _newest(article: Article) -> str:
    title = one_line(shortened(article.title, 120)) or "untitled"
    publisher = _name(article.publisher) if article.publisher else "publisher unknown"
    return f"Newest: **{title}** · {publisher} · {published(article.published)}"


def _program(run: IndexRun | None, health: Health) -> str:
    latency = health.latency_seconds
    gateway = f"{latency * 1000:.0f} ms to Discord" if math.isfinite(latency) else "not connected"
    last = f"Last index run: {_run(run)}" if run else "There has been no index run yet."
    now = ["An index run is at work."] if health.is_indexing else []
    return "\n".join([*now, last, f"-# Pullquote {one_line(health.version)} · {gateway}"])


def progress_text(progress: IndexProgress) -> MessageText:
    """Say how far an index run has come."""
    share = progress.done_byte_count / progress.byte_count if progress.byte_count else 0.0
    filled = round(_BAR_WIDTH * min(share, 1.0))
    bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
    files = f"{progress.done_file_count:,} of {counted(progress.file_count, 'file')}"
    articles = counted(progress.article_count, "article")
    return MessageText(
        (f"Reading the articles again: {share:.0%}\n`{bar}`\n-# {files} · {articles}",)
    )


def summary_text(report: IndexReport) -> MessageText:
    """Say how an index run ended, in counts alone: for everyone to see."""
    if not report.refusals and not _counts(report.run):
        return MessageText((f"There was nothing to read; {_HOW_TO_ADD}",))
    return MessageText((f"Reading the articles is done: {_run(report.run)}",))


def report_text(report: IndexReport) -> MessageText:
    """Say how an index run ended, and which files or articles it had to leave out.

    The names of files are for whoever runs the server.
    """
    summary = summary_text(report)
    if not report.refusals:
        return summary
    lines = [
        one_line(
            shortened(f"{_place(refusal.path, refusal.line)}: {refusal.reason}", _REFUSAL_LENGTH)
        )
        for refusal in report.refusals[:_REFUSAL_COUNT]
    ]
    if more := len(report.refusals) - _REFUSAL_COUNT:
        lines += [f"and {more:,} more"] if more > 0 else []
    listed = "\n".join(f"- {line}" for line in lines)
    return MessageText((*summary.blocks, f"Left out:\n{listed}"))


def _run(run: IndexRun) -> str:
    took, when = duration(run.duration_seconds), moment(run.finished_at, "R")
    return f"{_counts(run) or 'no articles'} in {took}, {when}"


def _counts(run: IndexRun) -> str:
    counts = (
        (run.added_count, "added"),
        (run.changed_count, "changed"),
        (run.removed_count, "removed"),
        (run.unchanged_count, "unchanged"),
        (run.refused_count, "refused"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in counts if count)


def _place(path: object, line: int | None) -> str:
    name = PurePath(str(path)).name
    return f"{name}, line {line}" if line else name


def _name(text: str) -> str:
    return one_line(shortened(text, _NAME_LENGTH))
