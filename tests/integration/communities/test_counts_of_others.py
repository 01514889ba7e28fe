"""How much news a server has of its own is told to no other, not even to those who manage it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.integration.communities.test_what_servers_are_told import publish_everywhere

if TYPE_CHECKING:
    from tests.integration.communities.two_servers import Server, TwoServers
    from tests.integration.gathering.following import Following, TurnableClock

_MOMENT = re.compile(r"<t:\d+:\w>")


async def told(servers: TwoServers, server: Server, command: str) -> str:
    asked = servers.local.slash(server.admin, server.channel, command)
    return _MOMENT.sub("<a moment>", (await asked.final(60)).text)


@pytest.mark.parametrize("command", ["index status", "index verify", "status", "sources"])
async def test_the_same_is_told_however_much_news_others_have(
    servers: TwoServers, reader: Following, clock: TurnableClock, command: str
):
    before = await told(servers, servers.otters, command)
    (feed,) = [
        each
        for each in await reader.gathering.feeds.all()
        if each.community == servers.goats.community
    ]
    publish_everywhere(servers, clock)
    others = [each for each in await reader.gathering.feeds.all() if each.id != feed.id]
    for each in others:
        await reader.gathering.feeds.pause(each)
    clock.turn(hours=1)
    count = (await reader.news.statistics()).article_count
    await reader.round()
    assert (await reader.news.statistics()).article_count > count
    for each in others:
        await reader.gathering.feeds.resume(each)
    assert await told(servers, servers.otters, command) == before
