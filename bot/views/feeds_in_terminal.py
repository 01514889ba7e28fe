"""How feeds, what happens to them and how a round ends look in a terminal."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from bot.texts import english
from bot.views.feed_health import is_failing, is_paused, is_trouble
from bot.views.terminal import Line, one_line, visible
from bot.views.terminal_counts import counted, interval
from bot.views.wording import duration
from index.gathering.model import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from index.gathering.model import FeedSample, GatheringEvent, GatheringReport, OpmlReport
    from index.model import Feed

_LABEL_WIDTH = 12
_TROUBLE_STYLE = "red"


def feeds_lines(feeds: Iterable[Feed]) -> Iterator[Line]:
    """Show feeds with their numbers, three or four lines each."""
    for feed in feeds:
        yield Line(f"{feed.id}. {one_line(feed.name)}", "bold")
        yield Line(one_line(feed.url), "cyan", 3, wraps=False)
        yield Line(" · ".join(_facts(feed)), "dim", 3)
        if told := _trouble(feed):
            yield Line(told, _TROUBLE_STYLE, 3)
        yield Line()


def _facts(feed: Feed) -> Iterator[str]:
    yield feed.kind.value
    if feed.publisher:
        yield one_line(feed.publisher)
    if feed.community:
        yield f"of {one_line(feed.community)} alone"
    if feed.tags:
        yield one_line(", ".join(feed.tags))
    yield counted(feed.article_count, "article")
    if feed.pending_count:
        yield f"{feed.pending_count:,} to come"
    if feed.every_seconds is not None:
        yield f"every {interval(feed.every_seconds)}"
    if feed.next_poll_at is not None and not is_paused(feed):
        yield f"next poll {_time(feed.next_poll_at)}"


def _trouble(feed: Feed) -> str | None:
    if is_paused(feed):
        since = f" since {_time(feed.paused_at)}" if feed.paused_at else ""
        why = f": {one_line(feed.paused_reason)}" if feed.paused_reason else ""
        return f"paused{since}{why}"
    if is_failing(feed):
        times = counted(feed.failure_count, "time")
        return f"failed {times} in a row: {one_line(feed.failure or '')}"
    return None


def feed_lines(feed: Feed) -> Iterator[Line]:
    """Show all that is known of one feed, a line each."""
    told = {
        "number": str(feed.id),
        "title": feed.title,
        "address": feed.url,
        "kind": feed.kind.value,
        "publisher": feed.publisher,
        "of": feed.community,
        "tags": ", ".join(feed.tags),
        "every": interval(feed.every_seconds) if feed.every_seconds is not None else None,
        "added": _time(feed.added_at),
        "polled": _time(feed.polled_at) or "not yet",
        "succeeded": _time(feed.succeeded_at),
        "next poll": None if is_paused(feed) else _time(feed.next_poll_at),
        "articles": f"{feed.article_count:,}",
        "to come": f"{feed.pending_count:,}" if feed.pending_count else None,
        "trouble": _trouble(feed),
    }
    for label, value in told.items():
        if value:
            style = _TROUBLE_STYLE if label == "trouble" else ""
            yield Line(f"{label:{_LABEL_WIDTH}}{one_line(value)}", style, wraps=label != "address")


def event_line(event: GatheringEvent) -> Line:
    """Show something that happened on one line, with its time."""
    style = _TROUBLE_STYLE if is_trouble(event) else ""
    return Line(one_line(f"{event.at.astimezone(UTC):%H:%M:%S} {_told(event)}"), style)


def _told(event: GatheringEvent) -> str:
    kind, count = event.kind, event.count or 0
    if kind is EventKind.POLLED:
        return f"polled: {event.feed}, {counted(count, 'entry', 'entries')} new or changed"
    if kind is EventKind.MOVED:
        return f"moved: {event.feed}, to {event.url}"
    if kind is EventKind.REMOVED:
        return f"removed: {counted(count, 'article')} older than what is kept"
    why = f": {event.reason}" if event.reason else ""
    return f"{kind.value}: {' · '.join(_about(event))}{why}"


def _about(event: GatheringEvent) -> Iterator[str]:
    if event.title:
        yield event.title
    if event.feed:
        yield event.feed
    if event.url and not event.title and event.url != event.feed:
        yield event.url


def gathering_report_lines(report: GatheringReport, *, is_complete: bool) -> Iterator[Line]:
    """Show every failure and refusal on a line of its own, then the counts."""
    for failure in report.failures:
        yield Line(one_line(_told(failure)))
    counts = [f"{count:,} {kind.value}" for kind in EventKind if (count := report.counts.get(kind))]
    told = ", ".join(counts) or "nothing happened"
    ended = "" if is_complete else "; it was stopped before its end"
    yield Line(f"{told} in {duration(report.duration_seconds, english())}{ended}")


def sample_lines(sample: FeedSample) -> Iterator[Line]:
    """Show what an address gives."""
    feed = sample.feed
    yield Line(f"{one_line(feed.name)} ({feed.kind.value})", "bold")
    yield Line(one_line(feed.url), "cyan", wraps=False)
    entries = counted(sample.entry_count, "entry", "entries")
    yield Line(f"{entries}, {sample.dated_count:,} with a date")
    for title in sample.titles:
        yield Line(f"- {one_line(title)}", indent=3)
    if sample.first_text:
        yield Line()
        yield Line("The first story, as it would be stored:")
        yield Line(visible(sample.first_text), indent=3)
    for note in sample.notes:
        yield Line(f"note: {one_line(note)}")


def opml_lines(report: OpmlReport) -> Iterator[Line]:
    """Show what an OPML file brought."""
    yield from feeds_lines(report.added)
    for reason in report.refused:
        yield Line(f"refused: {one_line(reason)}")
    yield Line(
        f"{len(report.added):,} added, {report.known_count:,} known before, "
        f"{len(report.refused):,} refused"
    )


def _time(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else None
