from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from bot.views.feeds_as_json import (
    event_value,
    feed_value,
    gathering_report_value,
    opml_value,
    sample_value,
)
from index.gathering.model import (
    EventKind,
    FeedSample,
    GatheringEvent,
    GatheringReport,
    OpmlReport,
)
from tests.unit.bot.views.followed import AT, GOOD, HOSTILE, PAUSED, event, feed


def test_a_feed_is_of_the_published_shape():
    assert feed_value(GOOD) == {
        "id": 1,
        "url": "https://paper.example/rss",
        "kind": "feed",
        "title": "The Paper",
        "publisher": None,
        "tags": [],
        "every_seconds": None,
        "added_at": None,
        "paused_at": None,
        "paused_reason": None,
        "polled_at": "2026-03-04T12:05:09+00:00",
        "succeeded_at": None,
        "next_poll_at": "2026-03-04T12:35:00+00:00",
        "failure_count": 0,
        "failure": None,
        "articles": 1200,
        "pending": 0,
        "community": None,
    }
    assert feed_value(PAUSED)["paused_reason"] == "it is empty"


def test_an_event_has_all_keys_and_its_time_in_utc():
    at = datetime(2026, 3, 4, 14, tzinfo=timezone(timedelta(hours=2)))
    value = event_value(GatheringEvent(EventKind.POLLED, at, feed=HOSTILE, count=3))
    assert value == {
        "event": "polled",
        "at": "2026-03-04T12:00:00+00:00",
        "feed": HOSTILE,
        "url": None,
        "title": None,
        "reason": None,
        "count": 3,
    }
    assert json.loads(json.dumps(value)) == value


def test_a_summary_counts_every_kind_also_what_did_not_happen():
    report = GatheringReport(AT, 1.23456)
    report.add(event(EventKind.STORED))
    report.add(event(EventKind.REMOVED, count=7))
    value = gathering_report_value(report, is_complete=False)
    assert (value["event"], value["complete"], value["duration_seconds"]) == (
        "summary",
        False,
        1.235,
    )
    assert set(value["counts"]) == {kind.value for kind in EventKind}
    assert (value["counts"]["stored"], value["counts"]["removed"]) == (1, 7)
    assert value["counts"]["failed"] == 0


def test_a_sample_and_an_import_are_told_in_full():
    sample = sample_value(FeedSample(GOOD, 25, ("a", "b"), 24, "Text.", ("note",)))
    assert (sample["entries"], sample["dated"], sample["titles"]) == (25, 24, ["a", "b"])
    assert (sample["first_text"], sample["notes"]) == ("Text.", ["note"])
    brought = opml_value(OpmlReport((feed(9),), 2, ("line 3 has no address",)))
    assert [each["id"] for each in brought["added"]] == [9]
    assert (brought["known"], brought["refused"]) == (2, ["line 3 has no address"])
