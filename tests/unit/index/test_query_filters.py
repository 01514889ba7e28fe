from datetime import UTC, datetime

import pytest

from index.model import Article, PublicationTime, Query


def article(published: str | None, publisher: str | None = "The Tidewell Post") -> Article:
    when = PublicationTime.fromisoformat(published) if published else None
    return Article("a", "Title", "Text.", publisher=publisher, published=when)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "since", "until", "admitted"),
    [
        ("2026-03-04", "2026-03-04", None, True),
        ("2026-03-04", "2026-03-05", None, False),
        ("2026-03-04", None, "2026-03-04", False),
        ("2026-03-04", None, "2026-03-05", True),
        ("2026-03-04", "2026-03-04T12:00", None, True),  # some time that day: perhaps after noon
        ("2026-03-04T12:00:00+00:00", "2026-03-04T12:00", None, True),
        ("2026-03-04T11:59:00+00:00", "2026-03-04T12:00", None, False),
        ("2026-03-04T12:00:00+00:00", None, "2026-03-04T12:00", False),
        ("2026-03-05T01:00:00+02:00", None, "2026-03-05", True),
        (None, "2020-01-01", None, False),
        (None, None, None, True),
    ],
)
def test_dates_admit(published, since, until, admitted):
    query = Query("x", since=day(since) if since else None, until=day(until) if until else None)
    assert query.admits(article(published)) is admitted


@pytest.mark.parametrize(
    ("publisher", "admitted"),
    [("The Tidewell Post", True), ("the tidewell post", True), ("Post", False), (None, False)],
)
def test_publishers_admit_without_regard_to_case(publisher, admitted):
    query = Query("x", publishers=frozenset({"THE TIDEWELL POST"}))
    assert query.admits(article(None, publisher)) is admitted


@pytest.mark.parametrize("text", ["2026-03-04", "2026-03-04T12:30:00+00:00"])
def test_a_publication_time_survives_being_written(text):
    assert PublicationTime.fromisoformat(text).isoformat() == text
