"""What the bot tells by itself, and what buttons tell where they do not belong, is apart too."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.world.messages import post
from tests.integration.communities.two_servers import (
    GOATS,
    OTTERS,
    QUESTION,
    SHARED,
    TOWN,
    at_work,
    follow_all,
    publish,
)
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from bot.sandbox import Channel, LoopbackDiscord, Message, User
    from tests.integration.communities.two_servers import Secrets, Server, TwoServers
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.site import NewsSite

# several rounds of what is told, which go on every 0.05 s
A_WHILE = 0.3
COMPONENTS_V2 = 1 << 15


async def told(
    local: LoopbackDiscord, who: User, where: Channel, name: str, /, **options: Any
) -> Message:
    return await local.slash(who, where, name, **options).final()


def said(local: LoopbackDiscord, channel: Channel) -> str:
    """All that stands in a channel for everybody, as Discord was sent it."""
    messages = [each.payload for each in local.messages(channel) if not each.is_ephemeral]
    return json.dumps(messages, ensure_ascii=False)


async def until_told(
    servers: TwoServers, channel: Channel, clock: TurnableClock, *expected: Secrets
) -> list[Secrets]:
    """Whose news is told in a channel, once what is expected is and there was time for more."""
    local = servers.local
    async with asyncio.timeout(30):
        while not all(each.told_in(said(local, channel)) for each in expected):
            await asyncio.sleep(A_WHILE)
            # what came a moment later waits until an alert may be told again
            clock.turn(minutes=11)
    clock.turn(minutes=11)
    await asyncio.sleep(A_WHILE)
    text = said(local, channel)
    return [each for each in (GOATS, OTTERS, SHARED) if each.told_in(text)]


def publish_everywhere(servers: TwoServers, clock: TurnableClock) -> None:
    """Publish something new about the ferry at each of the three."""
    outlets = ((servers.shared, SHARED), (servers.goats.outlet, GOATS))
    for outlet, secrets in (*outlets, (servers.otters.outlet, OTTERS)):
        paragraphs = (
            f"The ferry of {TOWN} sailed again, and {secrets.animals} were seen on its bow.",
            f"“We had missed the {secrets.animals},” the captain of the ferry of {TOWN} said.",
        )
        title = f"Ferry of {TOWN} sails with {secrets.animals}"
        publish(outlet, secrets, title, paragraphs, clock)


async def test_alerts_tell_each_server_its_own_and_people_what_is_everybodys(
    servers: TwoServers, reader: Following, clock: TurnableClock
):
    local = servers.local
    for server in (servers.goats, servers.otters):
        options = {"query": f"ferry {TOWN}", "channel": server.channel}
        await told(local, server.admin, server.channel, "alerts add", **options)
        # by direct message, which outlasts belonging to the server
        await told(local, server.reader, server.channel, "alerts add", query=f"ferry {TOWN}")
    publish_everywhere(servers, clock)
    await reader.round()
    for server in (servers.goats, servers.otters):
        own = [each for each in (GOATS, OTTERS) if each is server.secrets]
        assert await until_told(servers, server.channel, clock, *own, SHARED) == [*own, SHARED]
        assert await until_told(servers, local.world.dm(server.reader), clock, SHARED) == [SHARED]


async def test_a_server_is_told_of_the_publishers_alone_that_it_has_chosen(
    servers: TwoServers, reader: Following, clock: TurnableClock
):
    local, goats = servers.local, servers.goats
    allow = {"allow": GOATS.publisher}
    await told(local, goats.admin, goats.channel, "settings publishers", **allow)
    options = {"query": f"ferry {TOWN}", "channel": goats.channel}
    await told(local, goats.admin, goats.channel, "alerts add", **options)
    soon = f"{clock() + timedelta(hours=1):%H:%M}"
    schedule = {"every": -1, "at": soon, "zone": "utc", "channel": goats.channel}
    await told(local, goats.admin, goats.channel, "digest start", **schedule)
    publish_everywhere(servers, clock)
    await reader.round()
    assert await until_told(servers, goats.channel, clock, GOATS) == [GOATS]
    clock.turn(hours=2)
    await eventually(lambda: "Top stories of the day" in said(local, goats.channel))
    assert SHARED.told_in(said(local, goats.channel)) == []
    assert OTTERS.told_in(said(local, goats.channel)) == []


async def test_digests_tell_each_server_its_own_and_people_what_is_everybodys(
    servers: TwoServers, reader: Following, clock: TurnableClock
):
    del reader
    local = servers.local
    soon = f"{clock() + timedelta(hours=1):%H:%M}"
    schedule = {"every": -1, "at": soon, "zone": "utc"}
    for server in (servers.goats, servers.otters):
        channel = {"channel": server.channel}
        await told(local, server.admin, server.channel, "digest start", **schedule, **channel)
        await told(local, server.reader, server.channel, "digest start", **schedule)
    clock.turn(hours=2)
    for server in (servers.goats, servers.otters):
        own = [each for each in (GOATS, OTTERS) if each is server.secrets]
        assert await until_told(servers, server.channel, clock, *own, SHARED) == [*own, SHARED]
        assert await until_told(servers, local.world.dm(server.reader), clock, SHARED) == [SHARED]


@pytest.mark.usefixtures("reader")
async def test_buttons_tell_nothing_where_an_answer_does_not_belong(servers: TwoServers):
    local, goats, otters = servers.local, servers.goats, servers.otters
    answer = await told(local, goats.reader, goats.channel, "ask", question=QUESTION)
    found = await told(local, goats.reader, goats.channel, "search", query=f"ferry {TOWN}")
    assert GOATS.told_in(answer.text)
    dm = local.world.dm(servers.outsider)
    for channel, person in ((otters.channel, otters.reader), (dm, servers.outsider)):
        carried = post(local.world, channel, local.world.bot, _buttons_of(answer))
        for button in carried.buttons:
            pressed = await local.click(person, carried, custom_id=button["custom_id"]).done()
            modal = json.dumps(pressed.modal, ensure_ascii=False)
            shown = "" if pressed.modal else (await pressed.final()).text
            assert GOATS.told_in(modal + shown) == [], button["custom_id"]
        pages = post(local.world, channel, local.world.bot, _buttons_of(found))
        with local.watch(channel) as watch:
            local.click(person, pages, "Next")
            assert GOATS.told_in((await watch.edited()).text) == []


def _buttons_of(message: Message) -> dict[str, Any]:
    rows = [each for each in message.components if each["type"] == 1]
    return {"flags": COMPONENTS_V2, "components": [{"type": 10, "content": "carried over"}, *rows]}


async def test_what_a_removed_feed_told_is_gone_also_from_answers_that_were_given(
    servers: TwoServers, reader: Following
):
    local, goats = servers.local, servers.goats
    answer = await told(local, goats.reader, goats.channel, "ask", question=QUESTION)
    assert GOATS.told_in(answer.text)
    (feed,) = await local.autocomplete(goats.admin, goats.channel, "feeds remove", "feed", feed="")
    removed = await told(local, goats.admin, goats.channel, "feeds remove", feed=feed["value"])
    assert removed.text.startswith("Removed, with its articles:")
    await reader.news.refresh()
    again = await told(local, goats.reader, goats.channel, "ask", question=QUESTION)
    assert GOATS.told_in(again.text) == []
    assert SHARED.told_in(again.text)
    for button in answer.buttons:
        pressed = await local.click(goats.reader, answer, custom_id=button["custom_id"]).done()
        if not pressed.modal:
            assert GOATS.told_in((await pressed.final()).text) == []
    for number in range(1, 20):
        named = await told(local, goats.reader, goats.channel, "article", headline=f"#{number}")
        assert GOATS.told_in(named.text) == []
    assert not [p for p in await reader.news.passages() if GOATS.told_in(p.article.text)]
    other = await told(
        local, servers.otters.reader, servers.otters.channel, "ask", question=QUESTION
    )
    assert OTTERS.told_in(other.text)


async def test_what_a_server_brought_in_goes_when_the_bot_is_removed_for_good(
    servers: TwoServers, site: NewsSite, clock: TurnableClock, tmp_path: Path
):
    local, goats = servers.local, servers.goats
    async with at_work(servers, site, clock, tmp_path / "data") as (bot, reader):
        await follow_all(servers, reader)
        local.world.remove_bot(goats.guild)
        await _until_left(bot.memory.servers.left, goats)
    clock.turn(days=8)
    async with at_work(servers, site, clock, tmp_path / "data") as (bot, reader):
        await _until(lambda: _has_feeds(reader, goats), is_so=False)
        assert not [p for p in await bot.news.passages() if GOATS.told_in(p.article.text)]
        local.world.invite_bot(goats.guild)
        await eventually(lambda: bot.client.get_guild(goats.guild.id))
        answer = await told(local, goats.reader, goats.channel, "ask", question=QUESTION)
        assert GOATS.told_in(answer.text) == []
        assert SHARED.told_in(answer.text)
        listed = await told(local, goats.admin, goats.channel, "feeds list")
        assert "no feeds of its own" in listed.text
        other = await told(
            local, servers.otters.reader, servers.otters.channel, "ask", question=QUESTION
        )
        assert OTTERS.told_in(other.text)


async def _has_feeds(reader: Following, server: Server) -> bool:
    return server.community in await reader.gathering.feeds.communities()


async def _until_left(left: Any, server: Server) -> None:
    async def is_left() -> bool:
        return server.guild.id in await left()

    await _until(is_left, is_so=True)


async def _until(condition: Any, *, is_so: bool) -> None:
    async with asyncio.timeout(20):
        while await condition() is not is_so:  # noqa: ASYNC110 (looked at from outside)
            await asyncio.sleep(0.02)


async def test_a_feed_that_the_operator_has_paused_stays_so_whatever_its_server_tries(
    servers: TwoServers, reader: Following
):
    local, goats, feeds = servers.local, servers.goats, reader.gathering.feeds
    for reason in ("", "it is asked for by lawyers"):
        (feed,) = [each for each in await feeds.all() if each.community == goats.community]
        await feeds.pause(feed, reason)
        chosen = {"feed": str(feed.id)}
        paused = await told(local, goats.admin, goats.channel, "feeds pause", **chosen)
        assert "paused by whoever runs Pullquote" in paused.text
        assert reason in paused.text
        refused = await told(local, goats.admin, goats.channel, "feeds resume", **chosen)
        assert refused.text == "Whoever runs me has paused that feed; turn to them."
        (still,) = [each for each in await feeds.all() if each.id == feed.id]
        assert still.paused_at is not None
        await feeds.resume(still)
