"""The page over HTTP: what it shows, what it does, and whom it turns away."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.sandbox.page import Page
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox import LoopbackDiscord, Newsroom, User
    from tests.integration.sandbox.sample_bot import SampleBot


@dataclass
class Browser:
    """Asks the page for what its script would ask."""

    page: Page
    session: aiohttp.ClientSession
    as_user: User
    channel: str

    async def look(self, **query: str) -> Any:
        asked = {"as": str(self.as_user.id), "channel": self.channel} | query
        async with self.session.get(f"{self.page.url}state", params=asked) as response:
            assert response.status == 200
            return await response.json()

    async def act(self, do: str, **order: Any) -> Any:
        body = {"as": str(self.as_user.id), "channel": self.channel, "do": do} | order
        async with self.session.post(f"{self.page.url}act", json=body) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def last_message(self) -> Any:
        return (await self.look())["messages"][-1]


@asynccontextmanager
async def opened(local: LoopbackDiscord, newsroom: Newsroom) -> AsyncIterator[Browser]:
    async with Page(local, newsroom) as page, aiohttp.ClientSession() as session:
        yield Browser(page, session, newsroom.alice, str(newsroom.general.id))


@pytest.fixture
async def browser(local: LoopbackDiscord, newsroom: Newsroom) -> AsyncIterator[Browser]:
    async with opened(local, newsroom) as made:
        yield made


def option(name: str, value: object, kind: int = 3) -> dict[str, object]:
    return {"name": name, "type": kind, "value": value}


async def test_the_page_opens_as_the_reader_in_the_channel(browser: Browser, newsroom: Newsroom):
    async with browser.session.get(f"{browser.page.url}state") as response:
        state = await response.json()

    assert state["me"] == str(newsroom.alice.id)
    assert state["channel"]["name"] == "general"
    assert [(each["name"], each["is_admin"]) for each in state["people"]] == [
        ("Alice", False),
        ("Olive", True),
    ]
    assert not state["is_online"]
    assert (await browser.act("slash", name="ask", options=[]))["error"].startswith("No command")


@pytest.mark.usefixtures("sample_bot")
async def test_each_person_is_offered_their_commands(browser: Browser, newsroom: Newsroom):
    def names(state: Any) -> set[str]:
        return {command["name"] for command in state["commands"]}

    as_reader = await browser.look()
    as_admin = await browser.look(**{"as": str(newsroom.olive.id)})
    directly = await browser.look(**{"as": str(newsroom.olive.id), "channel": "dm"})

    assert "ask" in names(as_reader)
    assert names(as_admin) - names(as_reader) == {"feeds"}
    assert names(directly) == names(as_reader)
    assert [each["name"] for each in as_reader["menu"]] == ["Search for this"]
    assert directly["channel"]["is_dm"]


@pytest.mark.usefixtures("sample_bot")
async def test_a_command_is_answered_on_the_page(
    browser: Browser, local: LoopbackDiscord, newsroom: Newsroom
):
    answer = await browser.act("slash", name="ask", options=[option("question", "the storm")])

    assert answer["latency_seconds"] < 1
    (shown,) = local.messages(newsroom.general)
    await eventually(lambda: not shown.is_loading)
    message = await browser.last_message()
    assert message["command"] == "ask"
    assert message["components"]


@pytest.mark.usefixtures("sample_bot")
async def test_an_ephemeral_answer_is_shown_to_the_one_who_asked(
    browser: Browser, newsroom: Newsroom
):
    options = [option("question", "the storm"), option("private", value=True, kind=5)]
    await browser.act("slash", name="ask", options=options)

    assert len((await browser.look())["messages"]) == 1
    assert (await browser.look(**{"as": str(newsroom.olive.id)}))["messages"] == []


@pytest.mark.usefixtures("sample_bot")
async def test_typing_at_and_a_name_mentions(browser: Browser, local: LoopbackDiscord):
    await browser.act("say", text="@pullquote what about the merger?")

    await eventually(lambda: len(local.world.channels[int(browser.channel)].messages) == 2)
    said, answer = (await browser.look())["messages"]
    assert said["content"].startswith(local.world.bot.mention)
    assert "$12bn" in answer["content"]
    assert answer["referenced_message"]["id"] == said["id"]


@pytest.mark.usefixtures("sample_bot")
async def test_buttons_selects_menus_and_modals_work_on_the_page(browser: Browser):
    await browser.act("say", text="Did you see the storm?")
    said = await browser.last_message()
    await browser.act("menu", message=said["id"], name="Search for this")
    assert "90mph" in (await browser.last_message())["content"]

    await browser.act("slash", name="publisher", options=[])
    message = await browser.last_message()
    custom_id = message["components"][0]["components"][0]["custom_id"]
    await browser.act("select", message=message["id"], custom_id=custom_id, kind=3, values=["AP"])
    assert "merger" in (await browser.last_message())["content"]

    opened_modal = await browser.act("slash", name="alert", options=[])
    assert opened_modal["modal"]["title"] == "New alert"
    filled = {"Words": "rates", "How often": {"kind": 3, "values": ["day"]}}
    await browser.act("submit", interaction=opened_modal["interaction"], values=filled)
    assert (await browser.last_message())["content"] == "Alert on 'rates': day"

    await browser.act("slash", name="search", options=[option("words", "storm merger")])
    pages = await browser.last_message()
    onward = pages["components"][0]["components"][1]["custom_id"]
    await browser.act("click", message=pages["id"], custom_id=onward)
    assert "2/2" in (await browser.last_message())["content"]


@pytest.mark.usefixtures("sample_bot")
async def test_options_are_completed_while_typing(browser: Browser):
    answer = await browser.act(
        "autocomplete", name="search", focused="publisher", options=[option("publisher", "b")]
    )

    assert [choice["name"] for choice in answer["choices"]] == ["BBC"]


@pytest.mark.usefixtures("sample_bot")
async def test_an_admin_names_a_channel(browser: Browser, newsroom: Newsroom):
    browser.as_user = newsroom.olive
    options = [option("url", "https://example.org"), option("channel", browser.channel, kind=7)]

    await browser.act("slash", name="feeds add", options=options)

    assert (await browser.last_message())["content"] == "Added https://example.org to general"
    assert (await browser.last_message())["command"] == "feeds add"


async def test_a_direct_conversation_is_kept_apart(
    browser: Browser, newsroom: Newsroom, sample_bot: SampleBot
):
    browser.channel = "dm"
    await browser.act("say", text="the merger?")
    await eventually(lambda: sample_bot.seen)
    mine = await browser.look()

    browser.as_user = newsroom.olive
    hers = await browser.look(channel=mine["channel"]["id"])

    assert mine["messages"][0]["content"] == "the merger?"
    assert hers["channel"]["is_dm"]
    assert hers["messages"] == []


@pytest.mark.usefixtures("sample_bot")
async def test_an_app_that_does_not_respond_is_reported(browser: Browser, local: LoopbackDiscord):
    local.faults.fail("POST", "/interactions/", 404)
    local.world.deadlines.acknowledge_seconds = 0.2

    answer = await browser.act("slash", name="publisher", options=[])

    assert answer == {"error": "The application did not respond"}


async def test_the_page_learns_of_changes_at_once(browser: Browser, local: LoopbackDiscord):
    before = await browser.look()
    waiting = asyncio.create_task(browser.look(since=before["revision"]))
    await asyncio.sleep(0.1)
    assert not waiting.done()

    local.say(browser.as_user, local.world.channels[int(browser.channel)], "hello")

    assert (await asyncio.wait_for(waiting, 1))["messages"][-1]["content"] == "hello"


@pytest.mark.parametrize(
    "order",
    [
        {"do": "fly"},
        {"do": "click", "message": "1", "custom_id": "x"},
        {"do": "say"},
        {"do": "say", "text": 5},
        {"do": "speak", "language": "xx"},
        {"do": "say", "text": "x", "as": "1"},
        {"do": "submit", "interaction": "none", "values": {}},
        [],
    ],
    ids=str,
)
async def test_an_order_that_makes_no_sense_is_refused(
    browser: Browser, newsroom: Newsroom, order: Any
):
    where = {"as": str(newsroom.alice.id), "channel": browser.channel}
    body = where | order if isinstance(order, dict) else order

    async with browser.session.post(f"{browser.page.url}act", json=body) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "", {"Host": "evil.example"}),
        ("GET", "state", {"Host": "evil.example:80"}),
        ("GET", "state", {"Sec-Fetch-Site": "cross-site"}),
        ("GET", "state", {"Origin": "https://evil.example"}),
        ("POST", "act", {"Origin": "https://evil.example"}),
        ("POST", "act", {"Origin": "null"}),
        ("POST", "act", {"Host": "evil.example", "Origin": "http://evil.example"}),
        ("POST", "act", {"Content-Type": "text/plain"}),
    ],
)
async def test_strangers_are_turned_away(
    browser: Browser, newsroom: Newsroom, method: str, path: str, headers: dict[str, str]
):
    sent = {"Content-Type": "application/json"} | headers
    address = browser.page.url + path

    async with browser.session.request(method, address, headers=sent, data="{}") as response:
        assert response.status == 403
        assert "Content-Security-Policy" in response.headers
    assert newsroom.general.messages == {}


async def test_the_page_itself_may_act(browser: Browser):
    origin = browser.page.url.rstrip("/")
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    browser.session.headers.update(headers)

    assert await browser.act("say", text="hello") == {}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("", "text/html"), ("page.js", "text/javascript"), ("page.css", "text/css")],
)
async def test_the_files_are_served_under_a_strict_policy(browser: Browser, name: str, kind: str):
    async with browser.session.get(browser.page.url + name) as response:
        text = await response.text()
        policy = response.headers["Content-Security-Policy"]

    assert response.status == 200
    assert response.content_type == kind
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "https://" not in text.replace("https?://", "")


@pytest.mark.parametrize("name", ["server.py", "..%2Floopback.py", "__pycache__", "nothing.js"])
async def test_nothing_else_is_served(browser: Browser, name: str):
    async with browser.session.get(browser.page.url + name) as response:
        assert response.status == 404
