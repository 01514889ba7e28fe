from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from yarl import URL

from index.ingestion.web.model import FetchError, WebResponse
from index.ingestion.web.robots import Robots

PAGE = URL("https://news.example/a/page")
FORBIDS = b"User-agent: *\nDisallow: /a"
START = datetime(2026, 3, 1, tzinfo=UTC)


class Sites:
    """Robots over sites of a test: each origin has a status and a body, or an error."""

    def __init__(self) -> None:
        self.now = START
        self.answers: dict[str, tuple[int, bytes] | FetchError] = {}
        self.asked: list[str] = []
        self.fresh_for: timedelta | None = None
        self.robots = Robots(self._fetch, lambda: self.now)

    async def _fetch(self, url: str, max_bytes: int) -> WebResponse:
        assert max_bytes == 500 * 1024
        self.asked.append(url)
        await asyncio.sleep(0)
        answer = self.answers.get(str(URL(url).origin()), (404, b""))
        if isinstance(answer, FetchError):
            raise answer
        fresh_until = None if self.fresh_for is None else self.now + self.fresh_for
        return WebResponse(answer[0], url, {}, self.now, answer[1], fresh_until=fresh_until)

    async def refusal(self, url: URL = PAGE) -> FetchError | None:
        try:
            await self.robots.delay_before(url)
        except FetchError as error:
            return error
        return None


@pytest.fixture
def sites():
    return Sites()


async def test_a_forbidden_address_is_refused_for_good(sites):
    sites.answers["https://news.example"] = (200, FORBIDS)
    error = await sites.refusal()
    assert error is not None
    assert str(error) == "its robots.txt does not let Pullquote read this address"
    assert not error.is_passing
    assert await sites.refusal(URL("https://news.example/b")) is None
    assert sites.asked == ["https://news.example/robots.txt"]


async def test_the_delay_of_a_site_is_told(sites):
    sites.answers["https://news.example"] = (200, b"User-agent: *\nCrawl-delay: 7")
    assert await sites.robots.delay_before(PAGE) == 7.0
    assert await sites.robots.delay_before(URL("https://other.example/")) == 0.0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_a_file_that_is_not_there_allows_everything(sites, status):
    sites.answers["https://news.example"] = (status, FORBIDS)
    assert await sites.refusal() is None


@pytest.mark.parametrize("status", [301, 429, 500, 503])
async def test_a_site_in_trouble_is_left_alone_for_now(sites, status):
    sites.answers["https://news.example"] = (status, b"")
    error = await sites.refusal()
    assert error is not None
    assert error.is_passing
    assert str(status) in str(error)


async def test_a_site_that_cannot_be_reached_is_left_alone_and_the_reason_told(sites):
    sites.answers["https://news.example"] = FetchError("its server is gone", is_passing=True)
    error = await sites.refusal()
    assert error is not None
    assert error.is_passing
    assert str(error) == "its robots.txt could not be read: its server is gone"


async def test_a_file_that_cannot_be_had_by_rule_counts_as_not_there(sites):
    sites.answers["https://news.example"] = FetchError("in a circle", is_passing=False)
    assert await sites.refusal() is None


async def test_the_file_is_asked_for_again_after_a_day(sites):
    await sites.refusal()
    sites.now += timedelta(hours=23)
    await sites.refusal()
    assert len(sites.asked) == 1
    sites.now += timedelta(hours=1)
    await sites.refusal()
    assert len(sites.asked) == 2


@pytest.mark.parametrize(("promised", "kept"), [(0.1, 1), (5, 5), (24 * 30, 24)])
async def test_a_file_is_kept_as_long_as_its_headers_say_within_reason(sites, promised, kept):
    sites.fresh_for = timedelta(hours=promised)
    await sites.refusal()
    sites.now = START + timedelta(hours=kept, seconds=-1)
    await sites.refusal()
    assert len(sites.asked) == 1
    sites.now = START + timedelta(hours=kept)
    await sites.refusal()
    assert len(sites.asked) == 2


async def test_trouble_is_looked_at_again_soon(sites):
    sites.answers["https://news.example"] = (503, b"")
    assert await sites.refusal() is not None
    sites.answers["https://news.example"] = (200, b"")
    assert await sites.refusal() is not None
    sites.now += timedelta(minutes=10)
    assert await sites.refusal() is None


async def test_an_older_copy_serves_while_a_site_is_in_trouble(sites):
    sites.answers["https://news.example"] = (200, FORBIDS)
    await sites.refusal()
    sites.answers["https://news.example"] = (500, b"")
    sites.now += timedelta(hours=25)
    assert await sites.refusal(URL("https://news.example/b")) is None
    error = await sites.refusal()
    assert error is not None
    assert not error.is_passing
    sites.now += timedelta(hours=24)  # but not for ever
    error = await sites.refusal(URL("https://news.example/b"))
    assert error is not None
    assert error.is_passing


async def test_every_scheme_host_and_port_has_its_own_file(sites):
    for origin in ("https://a.example", "http://a.example", "https://a.example:8443"):
        await sites.refusal(URL(f"{origin}/x"))
    assert len(set(sites.asked)) == 3


async def test_many_at_once_ask_for_the_file_once(sites):
    sites.answers["https://news.example"] = (200, FORBIDS)
    refusals = await asyncio.gather(*(sites.refusal() for _ in range(10)))
    assert all(refusals)
    assert len(sites.asked) == 1


async def test_whoever_gives_up_does_not_keep_the_others_from_asking(sites):
    first = asyncio.create_task(sites.refusal())
    second = asyncio.create_task(sites.refusal())
    await asyncio.sleep(0)
    first.cancel()
    assert await second is None


async def test_sites_that_were_not_asked_for_long_are_forgotten(sites):
    for number in range(2100):
        await sites.refusal(URL(f"https://{number}.example/"))
    before = len(sites.asked)
    await sites.refusal(URL("https://2099.example/"))
    assert len(sites.asked) == before
    await sites.refusal(URL("https://0.example/"))
    assert len(sites.asked) == before + 1


async def test_sites_with_endless_rules_push_each_other_out(sites):
    rules = "".join(f"Disallow: /{number:060}\n" for number in range(6000)).encode()
    for number in range(8):
        sites.answers[f"https://{number}.example"] = (200, b"User-agent: *\n" + rules)
        await sites.refusal(URL(f"https://{number}.example/"))
    await sites.refusal(URL("https://0.example/"))
    assert sites.asked.count("https://0.example/robots.txt") == 2


async def test_a_clock_that_is_put_back_does_not_keep_an_old_file_for_longer(sites):
    sites.answers["https://news.example"] = FetchError("it is away", is_passing=True)
    assert await sites.refusal() is not None
    sites.answers.clear()
    sites.now -= timedelta(hours=5)
    assert await sites.refusal() is None
    assert len(sites.asked) == 2
    assert await sites.refusal() is None
    assert len(sites.asked) == 2
