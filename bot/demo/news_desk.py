"""The demo's desk: takes up what a person names on the page, while the bot goes on answering.

Knows no HTTP and no Discord. One thing at a time; what was read before stays, whatever fails.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Self

import structlog

from bot import following
from bot.demo.bringing import Brought, bring_feed, bring_path
from bot.demo.news_at_hand import is_address
from bot.sandbox.page import Outcome, Reading, Suggestion
from bot.views.shortening import shortened
from bot.views.terminal import one_line
from bot.views.terminal_counts import counted
from index import NewsIndex, PullquoteError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings
    from index.gathering.gathering import Gathering

_log = structlog.stdlib.get_logger(__name__)

_NAMED_PUBLISHERS = 3
_HEADLINE_LENGTH = 200  # characters; a question may have 300
_FRESH_SECONDS = 30.0
_STOPPED = Outcome("It was stopped; what had been read by then can be asked about.")
_UNFORESEEN = Outcome(
    "It could not be read, for a reason that nobody foresaw; the terminal says more.", is_error=True
)


class Freshness:
    """Whether the bot has taken up what is stored: it notes whenever it has looked."""

    def __init__(self) -> None:
        self._noted = asyncio.Event()

    def note(self) -> None:
        """Learn that the bot has taken up all that was there when it began to look."""
        self._noted.set()

    async def caught_up(self) -> None:
        """Wait until the bot knows all that is stored by now, or for as long as makes sense."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_FRESH_SECONDS):
                for _ in range(2):  # the first look may have begun before
                    self._noted.clear()
                    await self._noted.wait()


class NewsDesk:
    """Reads news into the data directory of a bot that runs. Make one with `NewsDesk.open`."""

    def __init__(
        self,
        news: NewsIndex,
        gathering: Gathering,
        freshness: Freshness,
        stack: AsyncExitStack,
        *,
        is_followed: bool,
    ) -> None:
        self._news = news
        self._gathering = gathering
        self._freshness = freshness
        self._stack = stack
        self._reading: Reading | None = None
        self._task: asyncio.Task[Outcome] | None = None
        # where the bot follows no feeds, the desk does so from its first one on
        self._is_followed = is_followed
        self._following: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls, data_dir: Path, settings: Settings, freshness: Freshness, *, is_followed: bool
    ) -> Self:
        """Get ready; nothing is read yet. Use it with `async with`.

        `is_followed` says that the bot follows the feeds of its data directory. Raises
        StorageError.
        """
        stack = AsyncExitStack()
        news = await stack.enter_async_context(await NewsIndex.open(data_dir, searchable=False))
        gathering = await stack.enter_async_context(await following.opened(news, settings))
        return cls(news, gathering, freshness, stack, is_followed=is_followed)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = [each for each in (self._task, self._following) if each]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._stack.aclose()

    @property
    def reading(self) -> Reading | None:
        """What is being read, or was read last."""
        return self._reading

    def take_up(self, named: str) -> None:
        """Begin to read a path of this machine, or what is at an address."""
        number = self._reading.number + 1 if self._reading else 1
        self._reading = Reading(number, one_line(named))
        self._task = asyncio.create_task(self._outcome(named))
        self._task.add_done_callback(self._end)

    def stop(self) -> None:
        """Read no further."""
        if self._task is not None:
            self._task.cancel()

    async def _outcome(self, named: str) -> Outcome:
        try:
            brought = await self._brought(named)
        except PullquoteError as error:
            return Outcome(one_line(str(error)), is_error=True)
        except Exception:  # noqa: BLE001 (the person is to be told, whatever nobody foresaw here)
            _log.exception("news not read")
            return _UNFORESEEN
        await self._freshness.caught_up()
        return outcome_of(brought, is_feed=is_address(named))

    def _end(self, task: asyncio.Task[Outcome]) -> None:
        self._tell(outcome=_STOPPED if task.cancelled() else task.result())

    async def _brought(self, named: str) -> Brought:
        if not is_address(named):
            return await bring_path(self._news, named, self._tell)
        if not self._is_followed:
            self._is_followed = True
            self._following = asyncio.create_task(following.keep_following(self._gathering))
        return await bring_feed(self._news, self._gathering.feeds, named, self._tell)

    def _tell(
        self, progress: str = "", done: float | None = None, outcome: Outcome | None = None
    ) -> None:
        # may come from another thread: one assignment, read by the loop when it looks
        before = self._reading
        if before is not None:
            self._reading = Reading(before.number + 1, before.named, progress, done, outcome)


def outcome_of(brought: Brought, *, is_feed: bool) -> Outcome:
    """Say what came in, and what to ask."""
    headline = one_line(shortened(brought.headline, _HEADLINE_LENGTH)) if brought.headline else ""
    about = f"Ask about “{headline}”" if headline else "Ask a question"
    suggestions = [Suggestion(about, "ask", headline)]
    if headline:
        suggestions.append(Suggestion("See what is newest", "latest"))
    return Outcome(
        " ".join(_sentences(brought, is_feed=is_feed)),
        left_out=brought.left_out,
        suggestions=tuple(suggestions),
    )


def _sentences(brought: Brought, *, is_feed: bool) -> list[str]:
    if not brought.new_count:
        known = counted(brought.known_count, "article")
        if is_feed:
            return [f"It is followed already, with {known}."]
        return [f"Nothing in it is new: {known} had been read before."]
    passages = f" with {counted(brought.passage_count, 'passage')}" if brought.passage_count else ""
    publishers = f" by {_names(brought.publishers)}" if brought.publishers else ""
    sentences = [f"Added {counted(brought.new_count, 'article')}{passages}{publishers}."]
    if brought.pending_count:
        more = counted(brought.pending_count, "more story", "more stories")
        sentences.append(f"{more} will come in by and by.")
    if is_feed:
        sentences.append("It is followed from now on.")
    return sentences


def _names(publishers: tuple[str, ...]) -> str:
    names = [one_line(each) for each in publishers[:_NAMED_PUBLISHERS]]
    more = len(publishers) - len(names)
    if more:
        return f"{', '.join(names)} and {counted(more, 'other')}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
