"""Where answers come from: a server is told of its own sources, and nobody else is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.views import limits
from index.storage.entry_store import EntryStore
from tests.integration.gathering.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User
    from tests.integration.gathering.following import TurnableClock
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.site import NewsSite


async def sources(local: LoopbackDiscord, user: User, where: Channel) -> Message:
    return await local.slash(user, where, "sources").final()


async def turned(local: LoopbackDiscord, person: User, message: Message, label: str) -> str:
    with local.watch(message.channel) as watch:
        local.click(person, message, label)
        return (await watch.edited()).text


async def test_a_servers_own_sources_are_told_to_it_alone(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    elsewhere = local.world.add_channel(local.world.add_guild("Other", room.olive), "general")
    private = site.outlet("private.test", name="The Private")
    for _ in range(2):
        daily.publish()
    private.publish()
    async with serving(local, site, clock, tmp_path / "data") as reader:
        nothing = await sources(local, room.alice, room.general)
        assert nothing.text.startswith("There is no news yet")
        await reader.follow(daily.feed_url())
        await reader.gathering.feeds.add_for(str(room.guild.id), private.feed_url(), 5)
        await reader.round()

        own = await sources(local, room.alice, room.general)
        assert "**2 publishers**\n- The Daily · 2 articles · newest: <t:" in own.text
        assert "- The Private · 1 article · newest: <t:" in own.text
        assert "**2 feeds** followed · last polled <t:" in own.text
        assert own.mentioned_ids == frozenset()
        for where in (elsewhere, local.world.dm(room.olive)):
            text = (await sources(local, room.olive, where)).text
            assert "**1 publisher**\n- The Daily · 2 articles" in text
            assert "**1 feed** followed" in text
            assert "rivate" not in text


async def test_pages_outlive_a_restart_and_tell_how_it_is_then(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    clock: TurnableClock,
    tmp_path: Path,
):
    outlets = [
        site.outlet(f"outlet{number}.test", name=f"Outlet {number:02} @everyone **x**")
        for number in range(14)
    ]
    for outlet in outlets:
        outlet.publish()
    async with serving(local, site, clock, tmp_path / "data") as reader:
        for outlet in outlets:
            await reader.follow(outlet.feed_url())
        await reader.round()
        assert await EntryStore(reader.news.database).waiting_count() == 0
        message = await sources(local, room.alice, room.general)
        assert "page 1 of 3" in message.text
        assert message.text.count("\n- ") == 12
        assert limits.length(message.text) <= limits.LAYOUT_TEXT_LENGTH
        assert message.button_labels == ["Previous", "Next"]
    async with serving(local, site, clock, tmp_path / "data") as reader:
        second = await turned(local, room.olive, message, "Next")
        assert "page 2 of 3" in second
        assert "**14 publishers**" in second
        assert "**14 feeds** followed" in second
        third = await turned(local, room.alice, message, "Next")
        assert "page 3 of 3" in third
        for text in (message.text, second, third):
            assert "@everyone" not in text
            assert "**x**" not in text
        # what there is no more of has no page of its own
        for feed in await reader.gathering.feeds.all():
            await reader.gathering.feeds.remove(feed, with_articles=True)
        assert "There is no news yet" in await turned(local, room.alice, message, "Previous")


async def test_the_state_of_the_index_counts_what_a_server_sees(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    elsewhere = local.world.add_channel(local.world.add_guild("Other", room.olive), "general")
    private = site.outlet("private.test", name="The Private")
    daily.publish()
    async with serving(local, site, clock, tmp_path / "data") as reader:
        empty = await local.slash(room.olive, room.general, "index status").final()
        assert "None has come in yet." in empty.text
        await reader.follow(daily.feed_url())
        await reader.round()
        shared_at = await reader.news.seen_by(None).articles.newest_arrival()
        clock.turn(hours=2)
        private.publish()
        await reader.gathering.feeds.add_for(str(room.guild.id), private.feed_url(), 5)
        await reader.round()
        own_at = await reader.news.seen_by(str(room.guild.id)).articles.newest_arrival()
        assert shared_at is not None
        assert own_at is not None
        assert own_at - shared_at >= timedelta(hours=2)
        for where, count, at in (
            (room.general, "2 articles", own_at),
            (elsewhere, "1 article", shared_at),
        ):
            told = await local.slash(room.olive, where, "index status").final()
            assert f"This server sees **{count}**" in told.text
            assert f"The newest came in <t:{int(at.timestamp())}:R>." in told.text
