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
from index.errors import FeedNotFoundError
from index.gathering.model import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings
    from index.gathering.model import GatheringEvent

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
            await _index(news, _path(named), "article", say)
        await news.settled()


def is_address(named: str | None) -> bool:
    """Whether what is named is somewhere on the web."""
    return named is not None and "://" in named


def _path(named: str) -> Path:
    try:
        return Path(named).expanduser()
    except RuntimeError:  # ~somebody, who is not known here
        return Path(named)


async def _index(news: NewsIndex, path: Path, what: str, say: Callable[[str], None]) -> None:
    report = await news.ingest([path])
    run, statistics = report.run, await news.statistics()
    count = run.added_count + run.changed_count + run.unchanged_count
    if not count:
        why = report.refusals[0] if report.refusals else f"{path}: no file of a kind that is read"
        raise PullquoteError(
            f"There is no article to quote ({why}); name a file or folder of articles, "
            "or a feed by its whole address, https://…"
        )
    passages = counted(statistics.passage_count, "passage")
    say(f"Indexed {counted(count, what)}, {passages}, in {run.duration_seconds:.1f} s.")
    for refusal in report.refusals[:_MOST_REFUSALS]:
        say(one_line(f"Left out: {refusal}"))
    if len(report.refusals) > _MOST_REFUSALS:
        say(f"… and {len(report.refusals) - _MOST_REFUSALS:,} more; `pullquote index` names all.")


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
        try:
            await gathering.feeds.find(address)
        except FeedNotFoundError:
            await gathering.feeds.add(address)
        await gathering.run_once(hear, everything=True)
    count = (await news.statistics()).article_count
    if not count:
        why = reasons[0] if reasons else "it lists no story"
        raise PullquoteError(f"No article came from {address} ({why}); name another feed.")
    say(one_line(f"{counted(count, 'article')} from {address}, which is followed from now on."))
