from __future__ import annotations

import asyncio
from contextlib import suppress

from structlog.testing import capture_logs

from bot.app import keep_fresh
from index import StorageError


class NewsWith:
    """News whose refreshes come out as given; then it waits for ever."""

    def __init__(self, *outcomes: Exception | bool) -> None:
        self.outcomes = list(outcomes)
        self.is_through = asyncio.Event()

    async def refresh(self) -> bool:
        if not self.outcomes:
            self.is_through.set()
            await asyncio.Event().wait()
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


async def told_of(news: NewsWith) -> tuple[list[tuple[str, str]], int]:
    """What is logged, and how often all was fresh."""
    fresh: list[None] = []
    with capture_logs() as lines:
        task = asyncio.create_task(keep_fresh(news, 0.001, lambda: fresh.append(None)))
        await asyncio.wait_for(news.is_through.wait(), 5)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    return [(line["log_level"], line["event"]) for line in lines], len(fresh)


async def test_new_news_is_told_and_none_is_not():
    assert await told_of(NewsWith(False, True, False)) == ([("info", "news refreshed")], 3)


async def test_whatever_goes_wrong_it_is_tried_again():
    lines, fresh = await told_of(NewsWith(StorageError("away"), ValueError("unforeseen"), True))
    assert lines == [
        ("warning", "news not refreshed"),
        ("error", "news not refreshed"),
        ("info", "news refreshed"),
    ]
    assert fresh == 1
