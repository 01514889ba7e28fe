from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.commands.feed_watch import SURE_COUNT, FeedWatch, is_broken, keep_watching
from index.errors import StorageError
from index.gathering.model import PAUSED_BY_OPERATOR
from tests.unit.bot.views.followed import FAILING, GOOD, PAUSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Feed

HICCUP = replace(FAILING, failure_count=SURE_COUNT - 1)


@dataclass
class Followed:
    feeds: tuple[Feed, ...]
    error: StorageError | None = None
    failed: asyncio.Event = field(default_factory=asyncio.Event)
    read: asyncio.Event = field(default_factory=asyncio.Event)

    async def all(self) -> tuple[Feed, ...]:
        if self.error is not None:
            self.failed.set()
            raise self.error
        self.read.set()
        return self.feeds


def test_a_hiccup_and_what_the_operator_wants_are_not_broken():
    assert [is_broken(each) for each in (GOOD, HICCUP, FAILING, PAUSED)] == [
        False,
        False,
        True,
        True,
    ]
    assert not is_broken(replace(PAUSED, paused_reason=PAUSED_BY_OPERATOR))


async def test_a_feed_is_told_of_each_time_that_it_breaks():
    followed = Followed((GOOD, PAUSED))
    watch = FeedWatch(followed)
    told: list[list[Feed]] = [await watch.newly_broken()]
    for feeds in ((FAILING, PAUSED), (FAILING,), (HICCUP, PAUSED), (FAILING, PAUSED)):
        followed.feeds = feeds
        told.append(await watch.newly_broken())
    assert told == [[], [FAILING], [], [PAUSED], [FAILING]]


async def test_watching_goes_on_when_feeds_cannot_be_read_and_waits_while_nobody_can_be_told():
    followed = Followed((), StorageError("The database is gone."))
    is_online, heard = False, asyncio.Event()

    async def tell(feeds: Sequence[Feed]) -> None:
        if feeds:
            heard.set()

    watching = asyncio.create_task(
        keep_watching(FeedWatch(followed), tell, lambda: is_online, 0.001)
    )
    await asyncio.sleep(0.01)
    assert not followed.failed.is_set()
    is_online = True
    async with asyncio.timeout(5):
        await followed.failed.wait()
        followed.error = None
        await followed.read.wait()
        followed.feeds = (FAILING,)
        await heard.wait()
    watching.cancel()
