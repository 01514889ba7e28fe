from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.web.caching import fresh_until, retry_at, validators
from index.ingestion.web.model import WebRequest

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
YEAR = 366 * 24 * 3600


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - NOW).total_seconds()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 01 Mar 2026 12:05:00 GMT", 300),
        ("Sun, 01 Mar 2026 13:05:00 +0100", 300),
        ("Sun, 01 Mar 2026 12:05:00 -0000", 300),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),  # past: now
        ("Fri, 31 Dec 9999 23:59:59 GMT", YEAR),
        ("9" * 400, YEAR),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("Mon, 99 Foo 2026", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(value, seconds):
    assert _seconds(retry_at({"retry-after": value}, NOW)) == seconds
    assert retry_at({}, NOW) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'public, Max-Age="600", must-revalidate'}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "nonsense"}, 600),
        ({"cache-control": "max-age=600", "age": "900"}, None),
        ({"cache-control": "max-age=0"}, None),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "max-age=600, max-age=5"}, 600),
        ({"cache-control": "max-age=" + "9" * 50}, YEAR),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": 'no-cache="set-cookie", max-age=600'}, None),
        ({"cache-control": "max-age=600, No-Store"}, None),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "max-age=60", "expires": "Sun, 01 Mar 2026 13:00:00 GMT"}, 60),
        ({"cache-control": "max-age=0", "expires": "Sun, 01 Mar 2026 13:00:00 GMT"}, None),
        ({"expires": "Sun, 01 Mar 2026 13:00:00 GMT"}, 3600),
        # a clock that is an hour ahead changes nothing
        (
            {"expires": "Sun, 01 Mar 2026 13:10:00 GMT", "date": "Sun, 01 Mar 2026 13:00:00 GMT"},
            600,
        ),
        ({"expires": "Sun, 01 Mar 2026 11:00:00 GMT"}, None),
        ({"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, YEAR),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({}, None),
    ],
)
def test_freshness_is_what_the_headers_promise(headers, seconds):
    assert _seconds(fresh_until(headers, NOW)) == seconds


@given(st.text(), st.text(), st.text(), st.text())
def test_no_header_breaks_the_reading(first, second, third, fourth):
    headers = {"cache-control": first, "age": second, "expires": third, "date": fourth}
    for until in (fresh_until(headers, NOW), retry_at({"retry-after": first}, NOW)):
        assert until is None or NOW <= until <= NOW + timedelta(days=366)


def test_validators_are_sent_back_word_for_word():
    request = WebRequest("http://x.example/", 1, etag='W/"a,b"', last_modified="yesterday")
    assert validators(request) == {"If-None-Match": 'W/"a,b"', "If-Modified-Since": "yesterday"}


def test_a_validator_that_would_begin_another_header_is_not_sent():
    assert validators(WebRequest("http://x.example/", 1, etag='"a"\r\nX: y')) == {}
    assert validators(WebRequest("http://x.example/", 1, etag="")) == {}
