from __future__ import annotations

import pytest

from index.ingestion.web.model import FetchError
from index.ingestion.web.options import WebOptions
from index.ingestion.web.redirects import Journey

OPTIONS = WebOptions("test")
START = "https://news.example/old/feed#top"


def _journey(*hops: tuple[int, str], start: str = START) -> Journey:
    journey = Journey(start, OPTIONS)
    for status, location in hops:
        assert journey.goes_on(status, {"location": location})
    return journey


def test_without_a_redirect_the_address_stays_as_it_was_asked_for():
    journey = _journey()
    assert not journey.goes_on(200, {"location": "/elsewhere"})
    assert journey.url == START
    assert str(journey.here) == "https://news.example/old/feed"
    assert journey.moved_to(200) is None


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/new", "https://news.example/new"),
        ("new", "https://news.example/old/new"),
        ("../new", "https://news.example/new"),
        ("?page=2", "https://news.example/old/feed?page=2"),
        ("//other.example/x", "https://other.example/x"),
        (" http://other.example/x y#z ", "http://other.example/x%20y"),
        ("/ünïcode", "https://news.example/%C3%BCn%C3%AFcode"),
    ],
)
def test_a_redirect_is_read_as_browsers_read_it(location, url):
    assert str(_journey((302, location)).here) == url


@pytest.mark.parametrize("status", [200, 204, 300, 304, 305, 404, 500])
def test_other_answers_are_no_redirects(status):
    assert not _journey().goes_on(status, {"location": "/x"})


@pytest.mark.parametrize("headers", [{}, {"location": ""}, {"location": "  "}])
def test_a_redirect_to_nowhere_is_an_answer(headers):
    assert not _journey().goes_on(301, headers)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ((301,), True),
        ((308,), True),
        ((301, 308, 301), True),
        ((302,), False),
        ((303,), False),
        ((307,), False),
        ((301, 302), False),
        ((302, 301), False),
    ],
)
def test_an_address_has_moved_if_every_redirect_was_permanent(statuses, moved):
    journey = _journey(*((status, f"/{number}") for number, status in enumerate(statuses)))
    last = f"https://news.example/{len(statuses) - 1}"
    assert journey.url == last
    for status in (200, 304):
        assert journey.moved_to(status) == (last if moved else None)


def test_an_address_has_not_moved_to_where_nothing_is():
    assert _journey((301, "/new")).moved_to(404) is None
    assert _journey((301, "/new")).moved_to(503) is None


def test_an_address_does_not_move_to_where_anyone_can_listen():
    assert _journey((301, "http://news.example/")).moved_to(200) is None
    secure = _journey((301, "https://news.example/"), start="http://news.example/")
    assert secure.moved_to(200) == "https://news.example/"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "it redirects to file:///etc/passwd: it is no http or https"),
        ("ftp://127.0.0.1/", "it redirects to ftp://127.0.0.1/: it is no http or https"),
        ("data:text/html,x", "it redirects to data:text/html,x: it is no http or https"),
        ("http://127.0.0.1/", "it redirects to http://127.0.0.1/: 127.0.0.1 is an address of this"),
        ("//[::1]/", "it redirects to https://[::1]/: ::1 is an address of this machine"),
        ("http://u:p@other.example/", "it holds a user name or password"),
        ("http://other.example:22/", "it names port 22"),
        ("http://0x7f.1/", "its host is a number"),
        ("http://other.example:99999/", "it is malformed"),
        ("/" + "a" * 3000, "it is longer than 2048 characters"),
    ],
)
def test_a_redirect_goes_through_the_same_checks_as_the_first_address(location, reason):
    with pytest.raises(FetchError) as caught:
        _journey((302, location))
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 300
    assert not caught.value.is_passing


def test_a_circle_is_noticed_at_once():
    with pytest.raises(FetchError, match="lead in a circle"):
        _journey((302, "/a"), (302, "/b"), (302, "/a"))
    with pytest.raises(FetchError, match="lead in a circle"):
        _journey((302, "#again"))


def test_a_chain_ends_after_five_redirects():
    chain = [(302, f"/{number}") for number in range(5)]
    assert _journey(*chain).url == "https://news.example/4"
    with pytest.raises(FetchError, match="more than 5 times"):
        _journey(*chain, (302, "/5"))


def test_a_failure_after_a_redirect_tells_where_it_led():
    error = FetchError("its server takes no connections", is_passing=True)
    assert _journey().told(error) is error
    told = _journey((302, "https://other.example/x")).told(error)
    assert str(told) == "it redirects to other.example: its server takes no connections"
    assert told.is_passing


def test_a_journey_does_not_start_at_an_address_that_is_not_fetched():
    with pytest.raises(FetchError, match="it is no http or https address"):
        Journey("file:///etc/passwd", OPTIONS)
