"""Two communities: set up, fed, asked, told, restarted in the middle, and one of them undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import CannotInvokeError
from tests.integration.communities.test_what_servers_are_told import (
    publish_everywhere,
    told,
    until_told,
)
from tests.integration.communities.two_servers import (
    GOATS,
    OTTERS,
    QUESTION,
    SHARED,
    TOWN,
    at_work,
)
from tests.integration.news_site.misbehaving import wires
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message
    from tests.integration.communities.two_servers import Server, TwoServers
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.site import NewsSite


async def set_up(local: LoopbackDiscord, server: Server, log: Channel) -> None:
    message = await told(local, server.admin, server.channel, "setup")
    with local.watch(server.channel) as watch:
        local.select(server.admin, message, (log,), custom_id="setup:log")
        await watch.edited()


async def add_feed(local: LoopbackDiscord, server: Server, reader: Following) -> None:
    address = server.outlet.feed_url()
    sample = await told(local, server.admin, server.channel, "feeds test", address=address)
    assert "has 4 stories." in sample.text
    assert await reader.gathering.feeds.seen_by(server.community) == (
        await reader.gathering.feeds.seen_by(None)
    )
    added = await told(local, server.admin, server.channel, "feeds add", address=address)
    assert added.is_ephemeral
    assert added.text.startswith("Followed for this server from now on:")
    with pytest.raises(CannotInvokeError):
        local.slash(server.reader, server.channel, "feeds add", address=address)
    await reader.round()
    listed = await told(local, server.admin, server.channel, "feeds list")
    assert f"{server.secrets.publisher} · 4 articles" in listed.text


async def ask(local: LoopbackDiscord, server: Server, question: str = QUESTION) -> Message:
    return await told(local, server.reader, server.channel, "ask", question=question)


async def press(local: LoopbackDiscord, server: Server, message: Message, label: str) -> Message:
    return await local.click(server.reader, message, label).final()


async def test_two_communities_share_a_bot_and_nothing_that_is_theirs(
    servers: TwoServers, site: NewsSite, clock: TurnableClock, tmp_path: Path
):
    local, goats, otters = servers.local, servers.goats, servers.otters
    log = local.world.add_channel(goats.guild, "log")
    dm = local.world.dm(otters.reader)
    async with at_work(servers, site, clock, tmp_path / "data") as (_, reader):
        await reader.follow(servers.shared.feed_url())
        await reader.round()
        await set_up(local, goats, log)
        await add_feed(local, goats, reader)
        answer = await ask(local, goats)
        assert GOATS.told_in(answer.text)
        mention = local.world.bot.mention
        said = await local.ask(goats.reader, goats.channel, f"{mention} {QUESTION}")
        further = await local.ask(goats.reader, goats.channel, "and who watched it?", reply_to=said)
        assert GOATS.told_in(further.text)

        assert GOATS.told_in((await ask(local, otters)).text) == []
        unanswered = await ask(local, otters, GOATS.mistyped)
        assert GOATS.told_in(unanswered.text) == []
        wanted = await press(local, otters, unanswered, "Tell me when it is in the news")
        assert "is told by direct message" in wanted.text
        for server in (goats, otters):
            options = {"query": f"ferry {TOWN}", "channel": server.channel}
            await told(local, server.admin, server.channel, "alerts add", **options)

    async with at_work(servers, site, clock, tmp_path / "data") as (_, reader):
        # what was said before is still good for more, to whom it was said
        for label in ("Context", "Why this?", "More"):
            assert GOATS.told_in((await press(local, goats, answer, label)).text), label
        assert GOATS.told_in((await ask(local, otters)).text) == []
        await add_feed(local, otters, reader)
        assert OTTERS.told_in((await ask(local, otters)).text)
        assert OTTERS.told_in((await ask(local, goats)).text) == []

        publish_everywhere(servers, clock)
        clock.turn(hours=1)
        await reader.round()
        assert await until_told(servers, goats.channel, clock, GOATS, SHARED) == [GOATS, SHARED]
        assert OTTERS in await until_told(servers, otters.channel, clock, OTTERS, SHARED)
        assert local.messages(dm) == []

        options = {"feed": GOATS.publisher}
        paused = await told(local, goats.admin, goats.channel, "feeds pause", **options)
        assert "paused by those whose feed it is" in paused.text
        await told(local, goats.admin, goats.channel, "feeds resume", **options)
        removed = await told(local, goats.admin, goats.channel, "feeds remove", **options)
        assert removed.text.startswith("Removed, with its articles:")
        assert GOATS.told_in((await press(local, goats, answer, "Context")).text) == []
        assert SHARED.told_in((await ask(local, goats)).text)
        await eventually(lambda: len(local.messages(log)) >= 5)
    logged = [each.content for each in local.messages(log)]
    assert all(each.startswith(f"{goats.admin.mention}") for each in logged)
    assert ["Followed" in logged[1], "Paused" in logged[2], "Removed" in logged[-1]] == [True] * 3
    assert not any(OTTERS.told_in(each) for each in logged)


async def test_one_address_at_a_time_is_looked_at_for_a_server(
    servers: TwoServers, site: NewsSite, clock: TurnableClock, tmp_path: Path
):
    local = servers.local
    hanging = site.outlet("hangs.test")
    hanging.misbehaves(wires.silence())
    ours, theirs = servers.goats, servers.otters
    async with at_work(servers, site, clock, tmp_path / "data"):
        local.slash(ours.admin, ours.channel, "feeds test", address=hanging.feed_url())
        await eventually(lambda: site.visits.to("hangs.test"))
        refused = await told(
            local, ours.admin, ours.channel, "feeds add", address=ours.outlet.feed_url()
        )
        assert refused.text.startswith("An address is being looked at for this server already;")
        other = await told(
            local, theirs.admin, theirs.channel, "feeds test", address=theirs.outlet.feed_url()
        )
        assert "has 4 stories." in other.text
