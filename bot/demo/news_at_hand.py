"""What the demo's bot can quote: the sample news, or a file, a folder or a feed of one's own.

Knows nothing of Discord. Who names nothing gets the sample; an address is followed, a path indexed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot import following
from bot.views.terminal import one_line
from bot.views.terminal_counts import counted
from index import NewsIndex, PullquoteError
from index.errors import FeedNotFoundError, SourceError
from index.gathering.model import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.settings import Settings
    from index import IndexProgress, IndexReport
    from index.gathering.feeds import Feeds
    from index.gathering.model import GatheringEvent
    from index.model import Feed

SAMPLE_NEWS = Path(__file__).with_name("news")

_MOST_REFUSALS = 3


async def take_up(
    named: str | None, settings: Settings, data_dir: Path, say: Callable[[str], None]
) -> None:
    """Bring in the news that is named, and say what came. Raises PullquoteError where nothing did.

    `named` is a path or the address of a feed or site; None means the sample.
    """
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        if is_address(named):
            await _follow(news, str(named), settings, say)
        elif named is None:
            await _index(news, SAMPLE_NEWS, "sample article", say)
        else:
            await _index(news, path_of(named), "article", say)
        await news.settled()


def is_address(named: str | None) -> bool:
    """Whether what is named is somewhere on the web."""
    return named is not None and "://" in named


async def indexed(
    news: NewsIndex, path: Path, on_progress: Callable[[IndexProgress], None] = lambda _: None
) -> IndexReport:
    """Read a file or a folder. Raises PullquoteError, with the reason, where no article is in."""
    report = await news.ingest([path], on_progress=on_progress)
    if not article_count(report):
        why = report.refusals[0] if report.refusals else f"{path}: no file of a kind that is read"
        raise PullquoteError(
            f"There is no article to quote ({why}); name a file or folder of articles, "
            "or a feed by its whole address, https://…"
        )
    return report


def path_of(named: str) -> Path:
    """Return the path that is named, `~` filled in."""
    try:
        return Path(named).expanduser()
    except RuntimeError:  # ~somebody, who is not known here
        return Path(named)


def article_count(report: IndexReport) -> int:
    """How many articles were read and are in, be it from before."""
    run = report.run
    return run.added_count + run.changed_count + run.unchanged_count


def left_out(report: IndexReport) -> Iterator[str]:
    """Say what was not read, and why, a line for each of the first."""
    for refusal in report.refusals[:_MOST_REFUSALS]:
        yield one_line(f"Left out: {refusal}")
    if len(report.refusals) > _MOST_REFUSALS:
        yield f"… and {len(report.refusals) - _MOST_REFUSALS:,} more; `pullquote index` names all."


async def followed(feeds: Feeds, address: str) -> tuple[list[Feed], bool]:
    """Follow what is at an address; return its feeds, and whether they are new.

    Raises SourceError where there is nothing to follow.
    """
    known = [each for each in await feeds.all() if each.url == address]
    if known:
        return known, False
    try:
        return await feeds.add(address), True
    except SourceError as error:
        try:
            # of a site, the feed that it named is followed
            return [await feeds.find(address)], False
        except FeedNotFoundError:
            raise error from None


def nothing_came(address: str, why: str) -> PullquoteError:
    """Return the error that says that an address has no news."""
    return PullquoteError(f"No article came from {address} ({why}); name another feed.")


async def _index(news: NewsIndex, path: Path, what: str, say: Callable[[str], None]) -> None:
    report = await indexed(news, path)
    passages = counted((await news.statistics()).passage_count, "passage")
    seconds = report.run.duration_seconds
    say(f"Indexed {counted(article_count(report), what)}, {passages}, in {seconds:.1f} s.")
    for line in left_out(report):
        say(line)


async def _follow(
    news: NewsIndex, address: str, settings: Settings, say: Callable[[str], None]
) -> None:
    reasons: list[str] = []

    def hear(event: GatheringEvent) -> None:
        if event.kind is EventKind.STORED:
            say(one_line(f"Stored: {event.title}"))
        elif event.reason:
            reasons.append(event.reason)

    async with await following.opened(news, settings) as gathering:
        await followed(gathering.feeds, address)
        await gathering.run_once(hear, everything=True)
    count = (await news.statistics()).article_count
    if not count:
        raise nothing_came(address, reasons[0] if reasons else "it lists no story")
    say(one_line(f"{counted(count, 'article')} from {address}, which is followed from now on."))
