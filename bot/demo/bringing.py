"""Brings news in beside the running bot, and finds out what came of it.

Knows neither page nor Discord. What is read, and what is refused, is decided where it is for
`pullquote index` and `pullquote feeds add`.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.demo.news_at_hand import followed, indexed, left_out, nothing_came, path_of
from index.errors import IndexingInProgressError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from index import CorpusStatistics, IndexProgress, NewsIndex
    from index.gathering.feeds import Feeds
    from index.model import Feed
    from index.storage.article_reader import Headline

    Tell = Callable[[str, float | None], None]

T = TypeVar("T")

_GLANCE_SECONDS = 0.2
# a run of somebody else's, or pages that are slow to come, are waited for no longer
_PATIENCE_SECONDS = 90.0
_MOST_HEADLINES = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """What came in. `known_count` articles were there before, `pending_count` stories are to come.

    `publishers` are those of what is new, the one with most articles first, `headline` is the
    newest of those that have a date.
    """

    new_count: int
    known_count: int = 0
    pending_count: int = 0
    passage_count: int = 0
    publishers: tuple[str, ...] = ()
    headline: str | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stock:
    """What there is at some moment."""

    statistics: CorpusStatistics
    headlines: Sequence[Headline]

    @classmethod
    async def of(cls, news: NewsIndex) -> _Stock:
        return cls(await news.statistics(), await news.articles.headlines(_MOST_HEADLINES))

    def new_passage_count(self, before: _Stock) -> int:
        return max(0, self.statistics.passage_count - before.statistics.passage_count)

    def new_publishers(self, before: _Stock) -> tuple[str, ...]:
        gained = Counter(self.statistics.articles_by_publisher)
        gained.subtract(before.statistics.articles_by_publisher)
        return tuple(name for name, count in gained.most_common() if count > 0)

    def new_headline(self, before: _Stock) -> str | None:
        known = {each.number for each in before.headlines}
        return next((each.title for each in self.headlines if each.number not in known), None)


async def bring_path(news: NewsIndex, named: str, tell: Tell) -> Brought:
    """Read a file or folder. `tell` is told how far it is, in words and as a share of 1.

    Raises PullquoteError where no article is in.
    """

    def on_progress(progress: IndexProgress) -> None:
        tell(*_told(progress))

    before = await _Stock.of(news)
    report = await _in_turn(lambda: indexed(news, path_of(named), on_progress), tell)
    now = await _Stock.of(news)
    return Brought(
        new_count=report.run.added_count + report.run.changed_count,
        known_count=report.run.unchanged_count,
        passage_count=now.new_passage_count(before),
        publishers=now.new_publishers(before),
        headline=now.new_headline(before),
        left_out=tuple(left_out(report)),
    )


async def bring_feed(news: NewsIndex, feeds: Feeds, address: str, tell: Tell) -> Brought:
    """Follow what is at an address, and wait until somebody who polls has read it.

    Raises PullquoteError where nothing came; it is not followed then.
    """
    before = await _Stock.of(news)
    known_count = _article_count(each for each in await feeds.all() if each.url == address)
    found, is_new = await followed(feeds, address)
    try:
        read = await _read(feeds, address, found, tell)
    except BaseException:
        for each in found if is_new else ():
            await feeds.remove(each)
        raise
    now = await _Stock.of(news)
    return Brought(
        new_count=_article_count(read) - known_count,
        known_count=known_count,
        pending_count=sum(each.pending_count for each in read),
        passage_count=now.new_passage_count(before),
        publishers=now.new_publishers(before),
        headline=now.new_headline(before),
    )


async def _in_turn(read: Callable[[], Awaitable[T]], tell: Tell) -> T:
    """Read as soon as nobody else writes, if that is soon."""
    started = time.monotonic()
    while True:
        try:
            return await read()
        except IndexingInProgressError:
            if time.monotonic() - started > _PATIENCE_SECONDS:
                raise
        tell("waiting for whoever else writes now", None)
        await asyncio.sleep(_GLANCE_SECONDS)


async def _read(feeds: Feeds, address: str, awaited: Iterable[Feed], tell: Tell) -> list[Feed]:
    """Return feeds when they are read. Raises PullquoteError where that gave no article."""
    read = await _once_read(feeds, awaited, tell)
    if not _article_count(read):
        raise nothing_came(address, await _why_nothing(feeds, address, read))
    return read


async def _once_read(feeds: Feeds, awaited: Iterable[Feed], tell: Tell) -> list[Feed]:
    """Return feeds when their stories are stored, or come no more for now."""
    ids = {each.id for each in awaited}
    last: list[Feed] = []
    changed_at = time.monotonic()
    while True:
        found = [each for each in await feeds.all() if each.id in ids]
        if all(map(_is_read, found)):
            return found
        if found != last:
            last, changed_at = found, time.monotonic()
            tell(*_told_feeds(found))
        elif time.monotonic() - changed_at > _PATIENCE_SECONDS:
            return found
        await asyncio.sleep(_GLANCE_SECONDS)


def _article_count(feeds: Iterable[Feed]) -> int:
    return sum(each.article_count for each in feeds)


def _is_read(feed: Feed) -> bool:
    is_polled = feed.polled_at is not None or feed.paused_reason is not None
    return is_polled and not feed.pending_count


async def _why_nothing(feeds: Feeds, address: str, read: Iterable[Feed]) -> str:
    for each in read:
        if reason := each.failure or each.paused_reason:
            return reason
        if each.polled_at is None:
            return "it has not been read yet"
    sample = await feeds.test(address)
    return sample.notes[-1] if sample.entry_count and sample.notes else "it lists no story"


def _told(progress: IndexProgress) -> tuple[str, float | None]:
    if progress.passage_count:
        done, total = progress.done_passage_count, progress.passage_count
        return f"{done:,} of {total:,} passages can be found", done / total
    share = progress.done_byte_count / progress.byte_count if progress.byte_count else None
    files = f"{progress.done_file_count:,} of {progress.file_count:,} files"
    return f"{files}, {progress.article_count:,} articles", share


def _told_feeds(feeds: Iterable[Feed]) -> tuple[str, float | None]:
    found = list(feeds)
    stored = _article_count(found)
    total = stored + sum(each.pending_count for each in found)
    return (f"{stored:,} of {total:,} stories", stored / total) if total else ("", None)
