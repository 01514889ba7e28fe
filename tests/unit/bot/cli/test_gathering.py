"""What `ingest` and `fetch` tell of what happens, and how they end. The gathering is a fake."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.cli.gathering import Told, run_fetch, run_ingest
from index.gathering.model import EventKind, GatheringEvent, GatheringProgress, GatheringReport
from index.ingestion.web.model import FetchError
from index.model import Feed, FeedKind

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
FEED = Feed(1, "https://paper.example/rss", FeedKind.FEED)


def event(kind, **known: Any):
    return GatheringEvent(kind, AT, **known)


STORED = event(EventKind.STORED, title="Bridge\nclosed", feed="P", url="https://paper.example/1")
POLLED = event(EventKind.POLLED, feed="P", count=1)
FAILED = event(EventKind.FAILED, feed="Q", reason="it is 500")


class Feeds:
    def __init__(self, feeds: tuple[Feed, ...]):
        self._feeds = feeds

    async def all(self):
        return self._feeds


class Gathering:
    """Tells of the events it is made with; `run` then waits to be ended by a signal."""

    def __init__(
        self,
        *events: GatheringEvent,
        feeds: tuple[Feed, ...] = (FEED,),
        pages: Any = (),
        is_ended: bool = False,
    ):
        self.feeds = Feeds(feeds)
        self.calls = []
        self.is_closed = False
        self._events = events
        self._pages = dict(pages)
        self._is_ended = is_ended

    @asynccontextmanager
    async def opening(self):
        try:
            yield self
        finally:
            self.is_closed = True

    async def run_once(self, on_event, on_progress, *, everything=False):
        self.calls.append("all" if everything else "due")
        report = GatheringReport(AT)
        on_progress(GatheringProgress(1, 1, 200, 200))
        for each in self._events:
            report.add(each)
            on_event(each)
        if self._is_ended:
            await self._end()
        return report

    async def run(self, on_event):
        self.calls.append("run")
        for each in self._events:
            on_event(each)
        await self._end()

    async def _end(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(30)
        raise AssertionError("the signal did not end it")

    async def fetch_page(self, url):
        found = self._pages[url]
        if isinstance(found, Exception):
            raise found
        return [found]


def objects(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_round_ends_with_its_counts_for_people(capsys):
    gathering = Gathering(POLLED, STORED)
    assert run_ingest(gathering.opening, once=True, everything=False, as_json=False)
    told = capsys.readouterr()
    assert told.out.startswith("1 polled, 1 stored in ")
    assert told.err == "1/1 feeds · 200/200 stories\n"
    assert gathering.calls == ["due"]
    assert gathering.is_closed


def test_a_round_in_which_a_feed_fails_says_which_and_has_not_gone_well(capsys):
    gathering = Gathering(STORED, FAILED)
    assert not run_ingest(gathering.opening, once=True, everything=True, as_json=False)
    assert "failed: Q: it is 500\n" in capsys.readouterr().out
    assert gathering.calls == ["all"]


def test_a_story_that_is_left_out_is_told_and_is_no_failure(capsys):
    gathering = Gathering(event(EventKind.REFUSED, title="V", reason="it has no text"))
    assert run_ingest(gathering.opening, once=True, everything=False, as_json=False)
    assert "refused: V: it has no text\n" in capsys.readouterr().out


def test_for_programs_each_event_is_a_line_and_the_last_a_summary(capsys):
    run_ingest(Gathering(POLLED, STORED).opening, once=True, everything=False, as_json=True)
    polled, stored, summary = objects(capsys)
    assert (polled["event"], polled["count"]) == ("polled", 1)
    assert (stored["event"], stored["title"]) == ("stored", "Bridge\nclosed")
    assert (summary["event"], summary["complete"]) == ("summary", True)
    assert summary["counts"]["stored"] == 1


def test_following_goes_on_until_a_signal_and_then_ends_well(capsys):
    nothing_new = event(EventKind.UNCHANGED, feed="P")
    gathering = Gathering(POLLED, STORED, nothing_new, FAILED)
    assert run_ingest(gathering.opening, once=False, everything=False, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    # routine is not told; what failed was told when it did
    assert lines[:3] == [
        "12:00:00 polled: P, 1 entry new or changed",
        "12:00:00 stored: Bridge closed · P",
        "12:00:00 failed: Q: it is 500",
    ]
    assert lines[3].startswith("1 polled, 1 unchanged, 1 failed, 1 stored in ")
    assert len(lines) == 4
    assert gathering.calls == ["run"]
    assert gathering.is_closed


def test_following_may_begin_with_every_feed(capsys):
    gathering = Gathering(STORED)
    assert run_ingest(gathering.opening, once=False, everything=True, as_json=True)
    assert gathering.calls == ["all", "run"]
    assert [each["event"] for each in objects(capsys)] == ["stored", "stored", "summary"]


def test_a_round_that_is_ended_from_outside_is_not_complete(capsys):
    gathering = Gathering(STORED, is_ended=True)
    assert not run_ingest(gathering.opening, once=True, everything=False, as_json=True)
    stored, summary = objects(capsys)
    assert stored["event"] == "stored"
    assert summary["complete"] is False
    assert summary["counts"]["stored"] == 1
    assert gathering.is_closed


def test_it_ends_when_nobody_takes_up_what_is_told():
    def tell(_event) -> None:
        raise BrokenPipeError

    told = Told(tell, remembers=False)

    async def follow() -> None:
        told(STORED)
        told(STORED)
        await asyncio.sleep(30)

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(follow())
    assert isinstance(told.deaf, BrokenPipeError)
    assert told.report.counts == {EventKind.STORED: 2}


def test_who_follows_nothing_is_told_what_to_do(capsys):
    run_ingest(Gathering(feeds=()).opening, once=True, everything=False, as_json=False)
    told = capsys.readouterr()
    assert "add one with `pullquote feeds add ADDRESS`" in told.err
    assert told.out.startswith("nothing happened in ")


@pytest.mark.parametrize("as_json", [False, True])
async def test_every_page_is_tried_and_told(capsys, as_json):
    pages = {
        "https://a/": FetchError("it is 404; check the address", is_passing=False),
        "https://b/": STORED,
    }
    gathering = Gathering(pages=pages)
    assert not await run_fetch(gathering.opening, list(pages), as_json=as_json)
    told = capsys.readouterr().out
    assert told.count("\n") == 2
    assert "it is 404; check the address" in told
    if as_json:
        failed, stored = map(json.loads, told.splitlines())
        assert (failed["event"], failed["url"]) == ("failed", "https://a/")
        assert stored["event"] == "stored"


@pytest.mark.parametrize(
    ("kind", "is_well"),
    [
        (EventKind.STORED, True),
        (EventKind.REVISED, True),
        (EventKind.COPIED, True),
        (EventKind.UNCHANGED, True),
        (EventKind.REFUSED, False),
    ],
)
async def test_only_pages_without_an_article_have_not_gone_well(capsys, kind, is_well):
    gathering = Gathering(pages={"https://a/": event(kind, url="https://a/", reason="r")})
    assert await run_fetch(gathering.opening, ["https://a/"], as_json=False) is is_well
    assert kind.value in capsys.readouterr().out
