from __future__ import annotations

import pytest

from bot.views.feeds_in_terminal import (
    event_line,
    feed_lines,
    feeds_lines,
    gathering_report_lines,
    opml_lines,
    sample_lines,
)
from index.gathering.model import EventKind, FeedSample, GatheringReport, OpmlReport
from tests.unit.bot.views.followed import (
    AT,
    FAILING,
    GOOD,
    HOSTILE,
    PAUSED,
    QUIETLY_PAUSED,
    event,
    feed,
)


def texts(lines):
    return [line.text for line in lines]


def test_feeds_are_listed_with_their_numbers_and_how_they_go():
    listed = texts(feeds_lines([GOOD, FAILING, PAUSED, QUIETLY_PAUSED]))
    assert listed[:4] == [
        "1. The Paper",
        "https://paper.example/rss",
        "feed · 1,200 articles · next poll 2026-03-04 12:35 UTC",
        "",
    ]
    assert f"failed 3 times in a row: {FAILING.url} is 500" in listed
    assert "paused since 2026-03-04 12:05 UTC: it is empty" in listed
    assert "paused since 2026-03-04 12:05 UTC" in listed
    assert not any("it was gone" in line for line in listed)


def test_what_an_operator_chose_is_shown():
    odd = feed(publisher="P", tags=("a", "b"), every_seconds=5400, pending_count=3)
    assert texts(feeds_lines([odd]))[2] == "feed · P · a, b · 0 articles · 3 to come · every 1h30m"


def test_a_single_feed_is_told_in_full_without_what_is_unknown():
    shown = texts(feed_lines(GOOD))
    assert shown == [
        "number      1",
        "title       The Paper",
        "address     https://paper.example/rss",
        "kind        feed",
        "polled      2026-03-04 12:05 UTC",
        "next poll   2026-03-04 12:35 UTC",
        "articles    1,200",
    ]
    assert "polled      not yet" in texts(feed_lines(feed()))


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        (event(EventKind.POLLED, feed="P", count=1), "polled: P, 1 entry new or changed"),
        (event(EventKind.UNCHANGED, feed="P"), "unchanged: P"),
        (event(EventKind.FAILED, feed="P", reason="it is 500"), "failed: P: it is 500"),
        (
            event(EventKind.FAILED, feed="P", url="https://p/1", reason="it is 500"),
            "failed: P · https://p/1: it is 500",
        ),
        (event(EventKind.PAUSED, feed="P", reason="it is gone"), "paused: P: it is gone"),
        (event(EventKind.MOVED, feed="P", url="https://q/"), "moved: P, to https://q/"),
        (event(EventKind.STORED, feed="P", title="T", url="https://p/1"), "stored: T · P"),
        (event(EventKind.COPIED, title="T"), "copied: T"),
        (event(EventKind.REMOVED, count=2000), "removed: 2,000 articles older than what is kept"),
    ],
)
def test_what_happened_is_one_line(happened, told):
    assert event_line(happened).text == f"12:05:09 {told}"


def test_nothing_that_others_wrote_reaches_the_terminal_as_a_control():
    hostile = feed(title=HOSTILE, publisher=HOSTILE, tags=(HOSTILE,), failure=HOSTILE)
    sample = FeedSample(hostile, 1, (HOSTILE,), 0, HOSTILE, (HOSTILE,))
    report = GatheringReport(AT)
    report.add(event(EventKind.FAILED, feed=HOSTILE, reason=HOSTILE))
    shown = [
        *feeds_lines([hostile]),
        *feed_lines(hostile),
        *sample_lines(sample),
        *opml_lines(OpmlReport((), 0, (HOSTILE,))),
        *gathering_report_lines(report, is_complete=True),
        event_line(event(EventKind.STORED, title=HOSTILE, feed=HOSTILE)),
    ]
    for line in shown:
        assert "\x1b" not in line.text
        assert "\u202e" not in line.text
    # a text keeps its lines, everything else is one
    assert sum("\n" in line.text for line in shown) == 1


def test_a_round_ends_with_its_failures_and_counts():
    report = GatheringReport(AT, 4.2)
    for happened in (
        event(EventKind.POLLED, feed="P", count=2),
        event(EventKind.STORED, title="T"),
        event(EventKind.STORED, title="U"),
        event(EventKind.REFUSED, title="V", reason="it has no text"),
    ):
        report.add(happened)
    assert texts(gathering_report_lines(report, is_complete=True)) == [
        "refused: V: it has no text",
        "1 polled, 2 stored, 1 refused in 4.2 s",
    ]


def test_a_round_of_nothing_and_one_cut_short_say_so():
    report = GatheringReport(AT)
    assert texts(gathering_report_lines(report, is_complete=False)) == [
        "nothing happened in 0.0 s; it was stopped before its end"
    ]


def test_a_sample_shows_what_would_come_and_an_import_what_came():
    sample = texts(sample_lines(FeedSample(GOOD, 2, ("A", "B"), 1, "Text.", ("a note",))))
    assert sample[:5] == [
        "The Paper (feed)",
        "https://paper.example/rss",
        "2 entries, 1 with a date",
        "- A",
        "- B",
    ]
    assert sample[-2:] == ["Text.", "note: a note"]
    brought = texts(opml_lines(OpmlReport((GOOD,), 4, ("line 3 has no address",))))
    assert "refused: line 3 has no address" in brought
    assert brought[-1] == "1 added, 4 known before, 1 refused"
