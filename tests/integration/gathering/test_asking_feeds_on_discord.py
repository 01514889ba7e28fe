"""Those who manage a server have feeds asked at once, by whoever follows the news."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.commands.asking_feeds import ALL_OF_THEM, PATIENCE
from bot.sandbox import Permission
from index.gathering.asking import LEAST_BETWEEN
from index.gathering.model import EventKind
from tests.integration.gathering.serving import serving
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.news_site.misbehaving import statuses
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User
    from index.model import Feed
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.site import NewsSite

FULL = FeedFormat.FULL_RSS
NO_SUCH_FEED = "This server has no such feed; choose one from the list."
CANCELLED = "Asking for news was cancelled"


def boards(local: LoopbackDiscord, channel: Channel) -> list[Message]:
    return [each for each in local.messages(channel) if not each.is_ephemeral]


async def board_that_says(local: LoopbackDiscord, channel: Channel, text: str) -> Message:
    await eventually(lambda: any(text in each.text for each in boards(local, channel)))
    return next(each for each in boards(local, channel) if text in each.text)


async def refused(local: LoopbackDiscord, user: User, where: Channel, feed: str) -> str:
    """What somebody is told alone who asks a feed that is not asked then."""
    told = await local.slash(user, where, "reindex", feed=feed).final()
    assert told.is_ephemeral
    return told.text


async def choices(local: LoopbackDiscord, user: User, where: Channel, typed: str = "") -> list[str]:
    offered = await local.autocomplete(user, where, "reindex", "feed", feed=typed)
    return [each["name"] for each in offered]


async def followed(reader: Following, outlet: Outlet, clock: TurnableClock) -> Feed:
    """A feed that everybody sees, and that was asked more than a minute ago."""
    feed = await reader.follow(outlet.feed_url(FULL))
    await reader.round()
    clock.turn(minutes=2)
    return await reader.feed(str(feed.id))


async def test_a_feed_is_asked_at_once_and_its_news_comes_in(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    daily.publish()
    async with serving(local, site, clock, tmp_path / "data") as reader:
        feed = await followed(reader, daily, clock)
        story = daily.publish()
        assert await reader.round(everything=False) == {}  # its turn has not come
        async with reader.going_on():
            told = await local.slash(room.olive, room.general, "reindex", feed="daily").final()
            assert told.is_ephemeral
            board = await board_that_says(local, room.general, "Asked for news: 1 new")
            assert f"/{board.id}" in told.content
            assert "- The Daily · 1 new" in board.content
            assert board.button_labels == []
        assert await reader.says(story.paragraphs[0])
        now = await reader.feed(str(feed.id))
        assert now.next_poll_at is not None
        assert now.next_poll_at > clock() + timedelta(minutes=10)

        # not twice a minute, and then there is nothing new
        assert "The Daily: asked less than a minute ago" in await refused(
            local, room.olive, room.general, str(feed.id)
        )
        clock.turn(seconds=LEAST_BETWEEN.total_seconds() + 1)
        async with reader.going_on():
            local.slash(room.olive, room.general, "reindex", feed=str(feed.id))
            again = await board_that_says(local, room.general, "Asked for news: nothing new")
            assert "- The Daily · nothing new" in again.content


async def test_who_wants_to_be_left_alone_is_and_those_who_asked_learn_why(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    async with serving(local, site, clock, tmp_path / "data") as reader:
        feed = await followed(reader, daily, clock)
        daily.misbehaves(statuses.too_many_requests("7200"))
        async with reader.going_on():
            asked = local.slash(room.olive, room.general, "reindex", feed=str(feed.id))
            board = await board_that_says(local, room.general, "cannot be read just now")
            told = await asked.final()
            await eventually(lambda: "Feeds in trouble" in told.content)
            assert "The Daily: fails, " in told.content
            assert "fails" not in board.content
        site.visits.clear()
        clock.turn(minutes=10)
        async with reader.going_on():
            text = await refused(local, room.olive, room.general, str(feed.id))
        failing = await reader.feed(str(feed.id))
        assert failing.next_poll_at is not None
        assert f"asked again <t:{int(failing.next_poll_at.timestamp())}:R>" in text
        assert len(site.visits) == 0


async def test_where_nobody_follows_the_news_that_is_told_and_the_feed_is_next(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    async with serving(local, site, clock, tmp_path / "data") as reader:
        feed = await followed(reader, daily, clock)
        local.slash(room.olive, room.general, "reindex", feed=str(feed.id))
        board = await board_that_says(local, room.general, "0 of 1 answered")
        second = await refused(local, room.olive, room.general, str(feed.id))
        assert second.startswith("Feeds are being asked already")
        clock.turn(seconds=PATIENCE.total_seconds() + 1)
        ended = await board_that_says(local, room.general, "Nobody asks for news just now")
        assert ended.id == board.id
        assert "- The Daily · not asked yet" in ended.content
        assert ended.button_labels == []
        daily.publish()
        assert (await reader.round(everything=False))[EventKind.STORED] == 1


async def test_who_manages_the_server_ends_it_and_the_feed_keeps_its_turn(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    async with serving(local, site, clock, tmp_path / "data") as reader:
        feed = await followed(reader, daily, clock)
        for _ in range(2):  # the button of the second is none the worse for the end of the first
            local.slash(room.olive, room.general, "reindex", feed=str(feed.id))
            board = await board_that_says(local, room.general, "0 of 1 answered")
            assert board.button_labels == ["Cancel"]
            no = await local.click(room.alice, board, "Cancel").final()
            assert no.content == "Only members with the permission Manage Server may."
            assert (await reader.feed(str(feed.id))).next_poll_at != feed.next_poll_at
            yes = await local.click(room.olive, board, "Cancel").final()
            assert yes.is_ephemeral
            await eventually(lambda: CANCELLED in board.content)  # noqa: B023 (it is met at once)
            assert board.button_labels == []
            assert (await reader.feed(str(feed.id))).next_poll_at == feed.next_poll_at
        assert await reader.round(everything=False) == {}


async def test_what_two_servers_have_asked_is_not_taken_back_by_one(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    other = local.world.add_channel(local.world.add_guild("Other", room.olive), "general")
    async with serving(local, site, clock, tmp_path / "data") as reader:
        feed = await followed(reader, daily, clock)
        shown = []
        for where in (room.general, other):
            local.slash(room.olive, where, "reindex", feed=str(feed.id))
            shown.append(await board_that_says(local, where, "0 of 1 answered"))
        local.click(room.olive, shown[0], "Cancel")
        await board_that_says(local, room.general, CANCELLED)
        assert await reader.round(everything=False) == {EventKind.UNCHANGED: 1}
        await board_that_says(local, other, "Asked for news: nothing new")


async def test_a_button_of_a_bot_that_was_killed_answers_politely(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    async with serving(local, site, clock, tmp_path / "data") as reader:
        feed = await followed(reader, daily, clock)
        local.slash(room.olive, room.general, "reindex", feed=str(feed.id))
        stopped = await board_that_says(local, room.general, "0 of 1 answered")
    assert stopped.content.startswith("Pullquote was stopped")
    assert stopped.button_labels == []
    clock.turn(minutes=2)
    async with serving(local, site, clock, tmp_path / "data"):
        local.slash(room.olive, room.general, "reindex", feed=str(feed.id))
        board = await board_that_says(local, room.general, "0 of 1 answered")
        # who is killed says nothing more
        local.faults.fail("PATCH", f"/channels/{room.general.id}/messages/", 403, times=9)
    local.faults.clear()
    assert board.button_labels == ["Cancel"]
    async with serving(local, site, clock, tmp_path / "data"):
        told = await local.click(room.olive, board, "Cancel").final()
        assert told.is_ephemeral
        assert told.content.startswith("That is not at work any more; /reindex begins it anew")


async def test_a_server_asks_its_own_feeds_and_everybodys_and_no_others(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    folder: Path,
    tmp_path: Path,
):
    elsewhere = local.world.add_guild("Other", room.olive)
    own, other = site.outlet("own.test", name="The Own"), site.outlet("other.test")
    async with serving(local, site, clock, tmp_path / "data") as reader:
        feeds = reader.gathering.feeds
        await feeds.add_for(str(room.guild.id), own.feed_url(FULL), 5)
        (foreign,) = await feeds.add_for(str(elsewhere.id), other.feed_url(FULL), 5)
        shared = await followed(reader, daily, clock)
        await feeds.add(str(folder))  # looked at all the time anyway
        offered = ["All of this server's feeds", "The Own", "The Daily"]
        assert await choices(local, room.olive, room.general) == offered
        assert await choices(local, room.olive, room.general, "own") == ["The Own"]
        assert await choices(local, room.olive, room.general, "other") == []
        # what an address holds behind its path is not found by typing it
        assert await choices(local, room.olive, room.general, ".test") == []
        site.visits.clear()
        for nothing in (str(foreign.id), "The Other", "0", " "):
            assert await refused(local, room.olive, room.general, nothing) == NO_SUCH_FEED

        async with reader.going_on():
            local.slash(room.olive, room.general, "reindex", feed=ALL_OF_THEM)
            board = await board_that_says(local, room.general, "Asked for news")
            assert "- The Own · nothing new" in board.content
        assert {each.host for each in site.visits.all} == {"own.test"}
        assert (await reader.feed(str(shared.id))).polled_at == shared.polled_at

        await feeds.forget_community(str(room.guild.id))
        assert await choices(local, room.olive, room.general) == ["The Daily"]
        text = await refused(local, room.olive, room.general, ALL_OF_THEM)
        assert text.startswith("This server has no feeds of its own")


@pytest.mark.parametrize("feed", ["1", ALL_OF_THEM])
async def test_nobody_else_has_feeds_asked(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
    feed: str,
):
    async with serving(local, site, clock, tmp_path / "data") as reader:
        await followed(reader, daily, clock)
        command = next(each for each in local.commands() if each["name"] == "reindex")
        command["default_member_permissions"] = None  # a server may give the command to all
        assert await choices(local, room.alice, room.general) == []
        text = await refused(local, room.alice, room.general, feed)
        assert text == "Only members with the permission Manage Server may."
        assert await reader.round(everything=False) == {}


async def test_where_the_bot_may_not_write_who_asked_sees_it_and_can_end_it(
    local: LoopbackDiscord,
    room: Newsroom,
    site: NewsSite,
    daily: Outlet,
    clock: TurnableClock,
    tmp_path: Path,
):
    async with serving(local, site, clock, tmp_path / "data") as reader:
        feed = await followed(reader, daily, clock)
        local.world.deny(room.general, local.world.bot, Permission.SEND_MESSAGES)
        told = await local.slash(room.olive, room.general, "reindex", feed=str(feed.id)).final()
        await eventually(lambda: told.button_labels == ["Cancel"])
        assert told.is_ephemeral
        local.click(room.olive, told, "Cancel")
        await eventually(lambda: CANCELLED in told.content)
        assert told.button_labels == []
        assert boards(local, room.general) == []
