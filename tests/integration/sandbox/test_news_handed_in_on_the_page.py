"""The page's desk over HTTP: who may hand in news, and what everybody is told of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.sandbox.page import Outcome, Page, Reading, Suggestion

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox import LoopbackDiscord, Newsroom

ADDED = Outcome("Added 1 article.", suggestions=(Suggestion("Ask", "ask", "Ferry sold"),))


class PatientDesk:
    """Reads what it is told to until somebody says what came of it."""

    def __init__(self) -> None:
        self.reading: Reading | None = None
        self.stops = 0

    def take_up(self, named: str) -> None:
        self.reading = Reading(self.reading.number + 1 if self.reading else 1, named)

    def stop(self) -> None:
        self.stops += 1

    def end(self, outcome: Outcome) -> None:
        assert self.reading is not None
        self.reading = Reading(self.reading.number + 1, self.reading.named, outcome=outcome)


@pytest.fixture
def desk() -> PatientDesk:
    return PatientDesk()


@pytest.fixture
async def page(
    local: LoopbackDiscord, newsroom: Newsroom, desk: PatientDesk
) -> AsyncIterator[Page]:
    async with Page(local, newsroom, desk=desk) as page:
        yield page


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def key_of(page: Page) -> dict[str, str]:
    return {"Authorization": f"Bearer {page.own_url.partition('#')[2]}"}


async def order(session: aiohttp.ClientSession, page: Page, body: object, **headers: str) -> Any:
    sent = key_of(page) | headers
    async with session.post(f"{page.url}news", json=body, headers=sent) as response:
        is_json = response.content_type == "application/json"
        return response.status, await (response.json() if is_json else response.text())


async def shown(session: aiohttp.ClientSession, page: Page, **query: str) -> Any:
    async with session.get(f"{page.url}state", params=query) as response:
        return await response.json()


async def test_who_has_the_key_hands_in_news_and_all_are_told_what_became_of_it(
    page, session, desk
):
    before = await shown(session, page)
    waiting = asyncio.create_task(shown(session, page, since=before["revision"]))

    assert await order(session, page, {"do": "add", "named": " ~/news "}) == (200, {})
    told = await asyncio.wait_for(waiting, 20)
    assert before["news"] == {"reading": None}
    assert told["news"]["reading"]["named"] == "~/news"
    assert told["news"]["reading"]["outcome"] is None

    desk.end(ADDED)
    outcome = (await shown(session, page, since=told["revision"]))["news"]["reading"]["outcome"]
    assert outcome["text"] == "Added 1 article."
    assert outcome["suggestions"] == [{"label": "Ask", "command": "ask", "begun": "Ferry sold"}]


async def test_one_thing_is_read_at_a_time_and_may_be_stopped(page, session, desk):
    await order(session, page, {"do": "add", "named": "first"})

    status, answer = await order(session, page, {"do": "add", "named": "second"})
    assert (status, answer["error"].partition(";")[0]) == (
        200,
        "Something is being read already",
    )
    assert desk.reading.named == "first"
    assert await order(session, page, {"do": "stop"}) == (200, {})
    assert desk.stops == 1

    desk.end(ADDED)
    assert await order(session, page, {"do": "add", "named": "second"}) == (200, {})
    assert desk.reading.named == "second"


@pytest.mark.parametrize("key", ["", "Bearer ", "Bearer guess", "Bearer \u00e9", "Basic x"])
async def test_who_has_no_key_is_told_where_it_is_and_nothing_is_read(page, session, desk, key):
    status, text = await order(session, page, {"do": "add", "named": "/etc"}, Authorization=key)

    assert status == 401
    assert "the whole address that the terminal shows" in text
    assert desk.reading is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
    ],
    ids=str,
)
async def test_another_site_in_the_same_browser_hands_in_nothing(page, session, desk, headers):
    # not even one that was given the key
    status, _ = await order(session, page, {"do": "add", "named": "/etc"}, **headers)

    assert status == 403
    assert desk.reading is None


@pytest.mark.parametrize(
    "body",
    [
        {"do": "add"},
        {"do": "add", "named": " "},
        {"do": "add", "named": 5},
        {"do": "add", "named": "x" * 2001},
        {"do": "add", "named": "half a character \ud800"},
        {"do": "fly", "named": "x"},
        {},
        [],
    ],
    ids=lambda body: str(body)[:30].encode("ascii", "replace").decode(),
)
async def test_an_order_that_makes_no_sense_is_refused(page, session, desk, body):
    assert (await order(session, page, body))[0] == 400
    assert desk.reading is None


async def test_without_a_desk_no_news_is_taken(local, newsroom, session):
    async with Page(local, newsroom) as page:
        assert (await shown(session, page))["news"] is None
        assert (await order(session, page, {"do": "add", "named": "x"}))[0] == 405


async def test_the_key_is_in_nothing_that_is_served(page, session):
    key = page.own_url.partition("#")[2]
    for path in ("", "state", "page.js", "own_news.js"):
        async with session.get(page.url + path) as response:
            assert key not in await response.text()
            assert key not in str(response.headers)
