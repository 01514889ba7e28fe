"""Stories are published, and those who wait for them are told, once."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.wire import Permission
from tests.integration.bot.live import live_bot
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, User
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.site import NewsSite
    from tests.integration.news_site.stories import Story

# several rounds of the alerts, which go on every 0.05 s
A_WHILE = 0.3


@asynccontextmanager
async def at_work(
    local: LoopbackDiscord, site: NewsSite, clock: TurnableClock, tmp_path: Path
) -> AsyncIterator[Following]:
    """The bot on Discord, and what follows the news for it."""
    async with (
        live_bot(local, tmp_path / "data", clock=clock) as bot,
        following(bot.news, site, clock) as reader,
    ):
        yield reader


def town_of(story: Story) -> str:
    return story.title.split()[0]


def about(daily: Outlet, town: str) -> Story:
    """Another story in which a town is spoken of."""
    story = daily.write()
    first = f"{story.paragraphs[0]} In {town} nobody had heard of it."
    return daily.publish(replace(story, paragraphs=(first, *story.paragraphs[1:])))


async def told(local: LoopbackDiscord, channel: Channel, count: int = 0) -> list[str]:
    """What the bot has said in a channel: so much, and then it has had the time to say more."""
    await eventually(lambda: len(local.messages(channel)) >= count)
    await asyncio.sleep(A_WHILE)
    return [each.text for each in local.messages(channel) if not each.is_ephemeral]


async def answer(
    local: LoopbackDiscord, user: User, where: Channel, name: str, /, **options: object
) -> str:
    return (await local.slash(user, where, name, **options).final()).text  # type: ignore[arg-type]


async def until_paused(local: LoopbackDiscord, user: User, where: Channel, count: int) -> list[str]:
    """Why so many of somebody's alerts are paused, once they are, in the order of the list."""
    async with asyncio.timeout(20):
        while True:
            listed = await answer(local, user, where, "alerts list")
            reasons = re.findall(r"Paused: ([^;]+)", listed)
            if len(reasons) == count:
                return reasons
            await asyncio.sleep(0.05)


async def test_a_new_story_arrives_once_also_after_a_restart(
    local, room, site, daily, clock, tmp_path
):
    dm = local.world.dm(room.alice)
    other = site.outlet("other.test", name="The Other")
    old, awaited = daily.publish(), daily.write()
    town = town_of(awaited)
    async with at_work(local, site, clock, tmp_path) as reader:
        for query in (town, town_of(old)):
            said = await answer(local, room.alice, room.general, "alerts add", query=query)
            assert f"“{query}” is told by direct message" in said
        await reader.follow(daily.feed_url(FeedFormat.ATOM))
        await reader.follow(other.feed_url(FeedFormat.ATOM))
        await reader.round()
        assert await told(local, dm) == []  # a feed's first stories are old

        daily.publish(awaited)
        daily.publish()
        await reader.round()
        (text,) = await told(local, dm, 1)
        assert f"In the news for “{town}”:\n**{awaited.title}**" in text
        assert town in text.partition("> ")[2]
        assert f"<{daily.page_url(awaited)}" in text
        (message,) = local.messages(dm)
        assert message.content  # what a push notification shows

    async with at_work(local, site, clock, tmp_path) as reader:
        assert len(await told(local, dm)) == 1
        clock.turn(hours=1)
        daily.syndicate(awaited, to=other)
        daily.revise(awaited)
        await reader.round()
        assert len(await told(local, dm)) == 1
        about(daily, town)
        await reader.round()
        assert len(await told(local, dm, 2)) == 2


async def test_who_is_not_answered_can_be_told_when_it_is_in_the_news(
    local, room, site, daily, clock, tmp_path
):
    story = daily.write()
    question = story.facts[0].question
    daily.publish()
    async with at_work(local, site, clock, tmp_path) as reader:
        await reader.follow(daily.feed_url())
        await reader.round()
        asked = local.slash(room.alice, room.general, "ask", question=question)
        abstention = await asked.final()
        assert "Tell me when it is in the news" in abstention.button_labels
    async with at_work(local, site, clock, tmp_path) as reader:
        for person in (room.alice, room.olive, room.alice):
            pressed = local.click(person, abstention, "Tell me when it is in the news")
            said = await pressed.final()
            assert said.is_ephemeral
            assert f"news about “{question}” is told by direct message" in said.text
        daily.publish()
        daily.publish(story)
        await reader.round()
        for person in (room.alice, room.olive):
            (text,) = await told(local, local.world.dm(person), 1)
            assert f"**{story.title}**" in text
        answered = local.slash(room.alice, room.general, "ask", question=question)
        labels = (await answered.final()).button_labels
        assert "Why this?" in labels
        assert "Tell me when it is in the news" not in labels


async def test_stories_that_come_while_the_bot_is_away_are_told_when_it_is_back(
    local, room, site, daily, clock, tmp_path
):
    dm = local.world.dm(room.alice)
    story = daily.write()
    async with at_work(local, site, clock, tmp_path) as reader:
        await answer(local, room.alice, dm, "alerts add", query=town_of(story))
        daily.publish()
        await reader.follow(daily.feed_url())
        await reader.round()
    from index import NewsIndex

    async with (
        await NewsIndex.open(tmp_path / "data") as news,
        following(news, site, clock) as reader,
    ):
        daily.publish(story)
        await reader.round()
    async with live_bot(local, tmp_path / "data", clock=clock):
        await eventually(lambda: len(local.messages(dm)) == 2)
    assert story.title in local.messages(dm)[-1].text


async def test_a_channels_alert_rests_in_quiet_hours_and_between_two_messages(
    local, room, site, daily, clock, tmp_path
):
    story = daily.write()
    town, manager = town_of(story), room.olive
    news = local.world.add_channel(room.guild, "news")
    daily.publish()
    async with at_work(local, site, clock, tmp_path) as reader:
        await reader.follow(daily.feed_url())
        await reader.round()
        options = {"query": town, "channel": news}
        refused = await answer(local, room.alice, room.general, "alerts add", **options)
        assert "Only members with the permission Manage Server may." in refused
        now = clock()
        quiet = {
            "quiet-from": f"{now:%H}:00",
            "quiet-until": f"{(now.hour + 2) % 24:02}:00",
            "zone": "utc",
        }
        said = await answer(local, manager, room.general, "alerts add", **options, **quiet)
        assert f"<#{news.id}>" in said
        assert "(UTC)" in said

        daily.publish(story)
        about(daily, town)
        await reader.round()
        assert await told(local, news) == []
        clock.turn(hours=2)
        await eventually(lambda: len(local.messages(news)) == 1)
        (text,) = await told(local, news)
        assert text.count("> ") >= 2  # both stories, in one message

        third = about(daily, town)
        await reader.round()
        assert len(await told(local, news)) == 1
        clock.turn(minutes=10)
        await eventually(lambda: len(local.messages(news)) == 2)
        assert third.title in local.messages(news)[-1].text

        assert "no alerts" in await answer(local, room.alice, room.general, "alerts list")
        listed = await answer(local, manager, room.general, "alerts list")
        assert f"“{town}” · in <#{news.id}> · quiet" in listed


async def test_an_alert_that_cannot_be_told_is_paused_and_says_why(
    local, room, site, daily, clock, tmp_path
):
    first, second = daily.write(), daily.write()
    alice, dm = room.alice, local.world.dm(room.alice)
    gone = local.world.add_channel(room.guild, "gone")
    closed = local.world.add_channel(room.guild, "closed")
    daily.publish()
    async with at_work(local, site, clock, tmp_path) as reader:
        await reader.follow(daily.feed_url())
        await reader.round()
        town = town_of(first)
        await answer(local, alice, room.general, "alerts add", query=town)
        for channel in (gone, closed):
            options = {"query": town, "channel": channel}
            await answer(local, room.olive, room.general, "alerts add", **options)
        alice.accepts_direct_messages = False
        local.world.delete_channel(gone)
        local.world.deny(closed, local.world.bot, Permission.SEND_MESSAGES)
        daily.publish(first)
        await reader.round()
        assert await until_paused(local, alice, room.general, 1) == [
            "Discord does not let me write to you"
        ]
        assert await until_paused(local, room.olive, room.general, 2) == [
            "that channel is not there any more",
            "I may not write there",
        ]

        choices = await local.autocomplete(
            room.olive, room.general, "alerts remove", "alert", alert=""
        )
        for choice in choices:
            removed = await answer(
                local, room.olive, room.general, "alerts remove", alert=choice["value"]
            )
            assert f"“{town}” is removed" in removed
        assert "no alerts" in await answer(local, room.olive, room.general, "alerts list")

        alice.accepts_direct_messages = True
        await answer(local, alice, room.general, "alerts add", query=town)
        later = about(daily, town)
        daily.publish(second)
        await reader.round()
        await eventually(lambda: len(local.messages(dm)) == 1)
        assert later.title in local.messages(dm)[-1].text


async def test_trouble_at_discord_neither_loses_a_story_nor_tells_it_twice(
    local, room, site, daily, clock, tmp_path
):
    dm = local.world.dm(room.alice)
    story = daily.write()
    daily.publish()
    async with at_work(local, site, clock, tmp_path) as reader:
        await reader.follow(daily.feed_url())
        await reader.round()
        await answer(local, room.alice, room.general, "alerts add", query=town_of(story))
        local.faults.fail("POST", f"/channels/{dm.id}/messages", 503, times=6)
        daily.publish(story)
        await reader.round()
        assert await told(local, dm) == []
    # the bot was ended while Discord was in trouble
    local.faults.clear()
    async with live_bot(local, tmp_path / "data", clock=clock):
        await eventually(lambda: len(local.messages(dm)) == 1)
        assert len(await told(local, dm)) == 1
