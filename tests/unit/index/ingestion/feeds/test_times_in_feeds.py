"""When a story came out, in the many ways in which feeds write it."""

from datetime import UTC, datetime

import pytest

from index.model import PublicationTime
from tests.unit.index.ingestion.feeds.found import read, rss


def told(written):
    return read(rss(f"<title>A</title><pubDate>{written}</pubDate>")).entries[0].published


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 03 Mar 2026 08:30:00 GMT",
        "2026-03-03T09:30:00+01:00",
        "Tue, 03 Mar 2026 09:30:00 CET",
        "Tue, 03 Mar 2026 03:30:00 EST",
        "Tue, 03 Mar 2026 05:00:00 NST",
        "Tue, 03 Mar 2026 10:30 GMT+2",
        "Tue, 03 Mar 2026 14:00:00 UTC+05:30",
        "Tue,  03 Mar\n2026 08:30:00 +0000",
        "2026/03/03 08:30",
        "2026.03.03 09:30:00 CET",
    ],
)
def test_zones_are_read_by_name_and_by_number(written):
    assert told(written) == PublicationTime(datetime(2026, 3, 3, 8, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    "written", ["2026.03.03", "3 March 2026", "Tue, 03-Mar-2026", "March 3, 2026"]
)
def test_a_day_stays_a_day(written):
    assert told(written) == PublicationTime(datetime(2026, 3, 3, tzinfo=UTC), is_day=True)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2026",
        "2026-03",
        "2025, spring",
        "2025-062",
        "202503",
        "2025-03 (early)",
        "2025\ub144 03\uc6d4 03\uc77c \uc624\ud6c4 05:30:00",
        "31 February 2026",
        "3 Brumaire 2026",
        "Mon, 01 Jan 1900 00:00:00 GMT",
        "2031-01-01T00:00:00Z",
        "9" * 5000,
        "0000-00-00 00:00:00",
        "\x00",
    ],
)
def test_what_is_no_time_is_not_guessed_at(written):
    assert told(written) is None


@pytest.mark.parametrize("written", ["Tue Mar  3 08:30:00 2026", "2026-03-03 08:30:00 GMT"])
def test_unusual_ways_of_writing_are_read_as_feedparser_reads_them(written):
    assert told(written) == PublicationTime(datetime(2026, 3, 3, 8, 30, tzinfo=UTC))
