"""How the index is, in words: counts, freshness, a run's progress and its end. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.views.attribution import told_publisher
from bot.views.escaping import one_line
from bot.views.feeds_status import feeds_line
from bot.views.message import MessageText
from bot.views.shortening import shortened
from bot.views.wording import duration, moment, published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts
    from index import CorpusStatistics, IndexProgress, IndexReport, IndexRun
    from index.ingestion.folder import Refusal
    from index.model import Article, Feed

_REFUSAL_COUNT = 10
_REFUSAL_LENGTH = 80  # twice that when all of it is escaped, ten times: under 2,000
_PUBLISHER_COUNT = 5
_NAME_LENGTH = 60
_BAR_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Health:
    """What the program knows of itself. `latency_seconds` is not finite while not connected."""

    version: str
    latency_seconds: float
    is_indexing: bool


def status_text(
    statistics: CorpusStatistics, feeds: Sequence[Feed], health: Health, texts: Texts
) -> MessageText:
    """Say what there is to quote from, what brings more, and how the program is."""
    corpus = _corpus(statistics, feeds, texts)
    return MessageText((corpus, _program(statistics.last_run, health, texts)))


def _corpus(statistics: CorpusStatistics, feeds: Sequence[Feed], texts: Texts) -> str:
    followed = [feeds_line(feeds, texts)] if feeds else []
    if not statistics.article_count:
        nothing = texts.say(
            "There is no news yet; whoever runs me adds some with `pullquote index FOLDER`, or "
            "follows what brings it with `pullquote feeds add ADDRESS`."
        )
        return "\n".join([nothing, *followed])
    lines = [_size(statistics, texts), *_largest(statistics, texts)]
    newest = statistics.newest
    lines.append(_newest(newest, texts) if newest else texts.say("No article has a date yet."))
    return "\n".join([*lines, *followed])


def _size(statistics: CorpusStatistics, texts: Texts) -> str:
    parts = (
        texts.say_counted(
            "**{count} article**", "**{count} articles**", count=statistics.article_count
        ),
        texts.say_counted(
            "in {count} passage", "in {count} passages", count=statistics.passage_count
        ),
        texts.say_counted(
            "from {count} publisher",
            "from {count} publishers",
            count=len(statistics.articles_by_publisher),
        ),
    )
    return " ".join(parts)


def _largest(statistics: CorpusStatistics, texts: Texts) -> list[str]:
    """Return the line about the publishers with the most articles, none where none is known."""
    by_publisher = statistics.articles_by_publisher
    largest = sorted(by_publisher.items(), key=lambda item: (-item[1], item[0]))
    if not largest:
        return []
    names = ", ".join(
        f"{_name(name)} ({texts.formats.number(count)})"
        for name, count in largest[:_PUBLISHER_COUNT]
    )
    return [texts.say("Most of them from: {publishers}", publishers=names)]


def _newest(article: Article, texts: Texts) -> str:
    title = one_line(shortened(article.title, 120)) or texts.say("untitled")
    date = published(article.published, texts)
    newest = texts.say("Newest: {title}", title=f"**{title}**")
    return f"{newest} · {told_publisher(article, texts)} · {date}"


def _program(run: IndexRun | None, health: Health, texts: Texts) -> str:
    lines = run_lines(run, texts, is_indexing=health.is_indexing)
    version = one_line(health.version)
    lines.append(f"-# Pullquote {version} · {_gateway(health.latency_seconds, texts)}")
    return "\n".join(lines)


def run_lines(run: IndexRun | None, texts: Texts, *, is_indexing: bool) -> list[str]:
    """Return what is said of the last index run, and of one at work."""
    lines = [texts.say("An index run is at work.")] if is_indexing else []
    if run:
        lines.append(texts.say("Last index run: {run}", run=_run(run, texts)))
    else:
        lines.append(texts.say("There has been no index run yet."))
    return lines


def _gateway(latency_seconds: float, texts: Texts) -> str:
    if not math.isfinite(latency_seconds):
        return texts.say("not connected")
    return texts.say("{count} ms to Discord", count=round(latency_seconds * 1000))


def beginning_text(texts: Texts) -> MessageText:
    """Say that an index run begins."""
    return MessageText((texts.say("Reading the articles again…"),))


def begun_text(address: str, texts: Texts) -> MessageText:
    """Say where it is shown how far an index run is."""
    return MessageText((texts.say("It has begun: {address}", address=address),))


def stopped_text(texts: Texts) -> MessageText:
    """Say that the program ended before an index run did."""
    stopped = texts.say("Pullquote was stopped before all articles were read; start it again.")
    return MessageText((stopped,))


def cancelled_text(texts: Texts) -> MessageText:
    """Say that somebody ended an index run."""
    return MessageText(
        (
            texts.say(
                "Reading the articles was cancelled; what was read by then stays, and {reindex} "
                "goes on from there.",
                reindex=texts.command("reindex"),
            ),
        )
    )


def broken_text(reason: str, texts: Texts) -> MessageText:
    """Say that an index run ended with an error."""
    return MessageText((texts.say("Reading the articles stopped. {reason}", reason=reason),))


def progress_text(progress: IndexProgress, texts: Texts) -> MessageText:
    """Say how far an index run has come."""
    share = progress.done_byte_count / progress.byte_count if progress.byte_count else 0.0
    filled = round(_BAR_WIDTH * min(share, 1.0))
    bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
    files = texts.say_counted(
        "{done} of {count} file",
        "{done} of {count} files",
        done=progress.done_file_count,
        count=progress.file_count,
    )
    articles = texts.say_counted(
        "{count} article", "{count} articles", count=progress.article_count
    )
    reading = texts.say(
        "Reading the articles again: {percent}", percent=texts.formats.percent(share)
    )
    return MessageText((f"{reading}\n`{bar}`\n-# {files} · {articles}",))


def summary_text(report: IndexReport, texts: Texts) -> MessageText:
    """Say how an index run ended, in counts alone: for everyone to see."""
    if report.refusals or _counts(report.run, texts):
        done = texts.say("Reading the articles is done: {run}", run=_run(report.run, texts))
        return MessageText((done,))
    nothing = texts.say(
        "There was nothing to read; whoever runs me adds some with `pullquote index FOLDER`."
    )
    return MessageText((nothing,))


def report_text(report: IndexReport, texts: Texts) -> MessageText:
    """Say how an index run ended, and which files or articles it had to leave out.

    The names of files are for whoever runs the server.
    """
    summary = summary_text(report, texts)
    if not report.refusals:
        return summary
    lines = [_refusal(refusal, texts) for refusal in report.refusals[:_REFUSAL_COUNT]]
    if (more := len(report.refusals) - _REFUSAL_COUNT) > 0:
        lines.append(texts.say("and {count} more", count=more))
    listed = "\n".join(f"- {line}" for line in lines)
    return MessageText((*summary.blocks, f"{texts.say('Left out:')}\n{listed}"))


def _refusal(refusal: Refusal, texts: Texts) -> str:
    place = PurePath(str(refusal.path)).name
    if refusal.line:
        place = texts.say("{file}, line {line}", file=place, line=refusal.line)
    return one_line(shortened(f"{place}: {texts.retold(refusal.reason)}", _REFUSAL_LENGTH))


def _run(run: IndexRun, texts: Texts) -> str:
    return texts.say(
        "{counts} in {duration}, {when}",
        counts=_counts(run, texts) or texts.say("no articles"),
        duration=duration(run.duration_seconds, texts),
        when=moment(run.finished_at, "R"),
    )


def _counts(run: IndexRun, texts: Texts) -> str:
    told = (
        (run.added_count, texts.say("{count} added", count=run.added_count)),
        (run.changed_count, texts.say("{count} changed", count=run.changed_count)),
        (run.removed_count, texts.say("{count} removed", count=run.removed_count)),
        (run.unchanged_count, texts.say("{count} unchanged", count=run.unchanged_count)),
        (run.refused_count, texts.say("{count} refused", count=run.refused_count)),
    )
    return ", ".join(text for count, text in told if count)


def _name(text: str) -> str:
    return one_line(shortened(text, _NAME_LENGTH))
