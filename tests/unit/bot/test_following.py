from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from bot.following import keep_following, log_event, policy
from bot.settings import Settings
from index.errors import StorageError
from index.gathering.model import EventKind, GatheringEvent, GatheringPolicy

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
SOON_SECONDS = 5


def event(kind: EventKind, **known: Any) -> GatheringEvent:
    return GatheringEvent(kind, AT, **known)


class Gatherer:
    """Tells what it is given, then fails as it is told, or goes on for ever."""

    def __init__(self, events: Sequence[GatheringEvent] = (), failures: Sequence[Exception] = ()):
        self._events = list(events)
        self._failures = list(failures)
        self.begun_count = 0
        self.is_following = asyncio.Event()

    async def run(self, on_event):
        self.begun_count += 1
        for each in self._events:
            on_event(each)
        if self._failures:
            raise self._failures.pop(0)
        self.is_following.set()
        await asyncio.Event().wait()


@asynccontextmanager
async def running(*jobs: Coroutine[Any, Any, None]):
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def test_the_policy_is_what_the_settings_say():
    assert policy(Settings.read({}, None)) == GatheringPolicy()
    chosen = Settings.read(
        {
            "PULLQUOTE_CONTACT": "desk@paper.example",
            "PULLQUOTE_POLL_SECONDS": "60",
            "PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true",
            "PULLQUOTE_HONOUR_NOSNIPPET": "false",
            "PULLQUOTE_KEEP_DAYS": "30",
            "PULLQUOTE_KEEP_ARTICLES": "1000",
            "PULLQUOTE_REVISION_DAYS": "0",
            "PULLQUOTE_SERVER_ARTICLES": "5",
        },
        None,
    )
    assert policy(chosen) == GatheringPolicy("desk@paper.example", 60, True, False, 30, 1000, 0, 5)


@pytest.mark.parametrize("failure", [StorageError("The disk is full."), RuntimeError("a mistake")])
async def test_following_goes_on_after_any_failure_and_says_so_in_the_log(failure):
    gatherer = Gatherer(failures=[failure, failure])
    with capture_logs() as logs:
        async with running(keep_following(gatherer, 0.001)) as (job,):
            await asyncio.wait_for(gatherer.is_following.wait(), SOON_SECONDS)
            assert not job.done()
    assert gatherer.begun_count == 3
    assert [log["event"] for log in logs] == ["feeds not followed"] * 2
    # longer and longer, so that what stays broken does not fill the log
    assert logs[1]["wait_seconds"] == 2 * logs[0]["wait_seconds"]


async def test_what_happens_is_logged():
    gatherer = Gatherer([event(EventKind.STORED, title="Bridge closed")])
    with capture_logs() as logs:
        async with running(keep_following(gatherer)):
            await asyncio.wait_for(gatherer.is_following.wait(), SOON_SECONDS)
    assert logs == [{"event": "stored", "log_level": "info", "title": "Bridge closed"}]


async def test_following_ends_when_it_is_cancelled():
    gatherer = Gatherer()
    async with running(keep_following(gatherer)) as (job,):
        await asyncio.wait_for(gatherer.is_following.wait(), SOON_SECONDS)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
    assert gatherer.begun_count == 1


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (EventKind.POLLED, "debug"),
        (EventKind.MOVED, "info"),
        (EventKind.UNCHANGED, "debug"),
        (EventKind.STORED, "info"),
        (EventKind.REVISED, "info"),
        (EventKind.REFUSED, "info"),
        (EventKind.FAILED, "warning"),
        (EventKind.PAUSED, "warning"),
    ],
)
def test_events_are_logged_by_what_they_mean(kind, level):
    with capture_logs() as logs:
        log_event(event(kind, feed="The Paper", url="https://paper.example/1"))
    assert logs == [
        {
            "event": kind.value,
            "log_level": level,
            "feed": "The Paper",
            "url": "https://paper.example/1",
        }
    ]


def test_a_poll_that_brings_something_is_worth_a_line():
    with capture_logs() as logs:
        log_event(event(EventKind.POLLED, feed="drafts", count=3))
        log_event(event(EventKind.POLLED, feed="drafts", count=0))
    assert [log["log_level"] for log in logs] == ["info", "debug"]
