"""Stories are published, and digests tell those that the most outlets have, once."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.sandbox import CannotInvokeError
from bot.sandbox.wire import Permission
from index import NewsIndex
from tests.integration.bot.live import live_bot
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, User
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.site import NewsSite

# several rounds of what is told, which go on every 0.05 s
A_WHILE = 0.3
DAILY, MONDAY = -1, 0


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


async def told(local: LoopbackDiscord, channel: Channel) -> list[str]:
    """What the bot has said in a channel, when it has had the time to say more."""
    await asyncio.sleep(A_WHILE)
    return [each.text for each in local.messages(channel) if not each.is_ephemeral]


async def answer(
    local: LoopbackDiscord, user: User, where: Channel, name: str, /, **options: object
) -> str:
    message = await local.slash(user, where, name, **options).final()  # type: ignore[arg-type]
    assert message.is_ephemeral
    return message.text


def soon(clock: TurnableClock) -> str:
    """A time of day that has come when the clock is turned by two hours."""
    return f"{clock() + timedelta(hours=1):%H:%M}"


async def test_the_top_stories_arrive_once_also_after_a_restart(
    local, room, site, daily, clock, tmp_path
):
    dm = local.world.dm(room.alice)
    other = site.outlet("other.test", name="The Other")
    alone, shared = daily.publish(), daily.publish()
    daily.syndicate(shared, to=other)
    daily.publish()
    async with at_work(local, site, clock, tmp_path) as reader:
        for outlet in (daily, other):
            await reader.follow(outlet.feed_url(FeedFormat.ATOM))
        await reader.round()
        said = await answer(
            local, room.alice, room.general, "digest start", every=DAILY, at=soon(clock), zone="utc"
        )
        assert "The top stories are told by direct message every day, next on <t:" in said
        assert await told(local, dm) == []
        clock.turn(hours=2)
        await eventually(lambda: local.messages(dm))
        (text,) = await told(local, dm)
        assert text.startswith(f"**Top stories of the day**\n**{shared.title}**")
        assert "also in " in text.partition(alone.title)[0]
        assert alone.title in text
        (message,) = local.messages(dm)
        assert message.content  # what a push notification shows
        assert message.mentioned_ids == frozenset()
    async with at_work(local, site, clock, tmp_path) as reader:
        assert len(await told(local, dm)) == 1
        late = daily.publish()
        await reader.round()
        clock.turn(hours=24)
        await eventually(lambda: len(local.messages(dm)) == 2)
        texts = await told(local, dm)
        assert late.title in texts[1]
        assert shared.title not in texts[1]


async def test_a_digest_that_was_due_while_the_bot_was_away_is_told_when_it_is_back(
    local, room, site, daily, clock, tmp_path
):
    dm = local.world.dm(room.alice)
    async with at_work(local, site, clock, tmp_path) as reader:
        await answer(local, room.alice, dm, "digest start", every=DAILY, at=soon(clock))
        await reader.follow(daily.feed_url())
    story = daily.publish()
    async with (
        await NewsIndex.open(tmp_path / "data") as news,
        following(news, site, clock) as reader,
    ):
        await reader.round()
    clock.turn(hours=30)
    async with live_bot(local, tmp_path / "data", clock=clock):
        await eventually(lambda: local.messages(dm, room.olive))
        said = [text for text in await told(local, dm) if text.startswith("**Top")]
        assert len(said) == 1
        assert story.title in said[0]


async def test_a_channels_digest_is_for_those_who_run_the_server_and_says_why_it_is_paused(
    local, room, site, daily, clock, tmp_path
):
    manager = room.olive
    news = local.world.add_channel(room.guild, "news")
    closed = local.world.add_channel(room.guild, "closed")
    daily.publish()
    async with at_work(local, site, clock, tmp_path) as reader:
        await reader.follow(daily.feed_url())
        await reader.round()
        options = {"every": DAILY, "at": soon(clock)}
        for name in ("digest start", "digest stop"):
            more = options if name.endswith("start") else {}
            refused = await answer(local, room.alice, room.general, name, channel=news, **more)
            assert "Only members with the permission Manage Server may." in refused
        for channel in (news, closed):
            said = await answer(
                local, manager, room.general, "digest start", channel=channel, **options
            )
            assert f"<#{channel.id}> every day" in said
        local.world.deny(closed, local.world.bot, Permission.SEND_MESSAGES)
        clock.turn(hours=2)
        await eventually(lambda: local.messages(news))
        (text,) = await told(local, news)
        assert "Top stories of the day" in text
        listed = await answer(local, manager, room.general, "digest list")
        assert f"- in <#{news.id}> · every day · " in listed
        assert "paused: I may not write there" in listed
        assert "no digest" in await answer(local, room.alice, room.general, "digest list")
        for channel in (news, closed):
            said = await answer(local, manager, room.general, "digest stop", channel=channel)
            assert said == "The digest is told no more."
        said = await answer(local, manager, room.general, "digest stop", channel=news)
        assert said == "There is no digest to stop there."
        clock.turn(hours=24)
        assert len(await told(local, news)) == 1


async def test_what_cannot_be_understood_is_told_in_a_sentence(
    local, room, site, daily, clock, tmp_path
):
    del daily
    async with at_work(local, site, clock, tmp_path):
        start = (local, room.alice, room.general, "digest start")
        assert "is no time of day; write it like" in await answer(*start, every=DAILY, at="25:00")
        said = await answer(*start, every=DAILY, at="7", zone="Atlantis")
        assert "I know no time zone “Atlantis”" in said
        with pytest.raises(CannotInvokeError):
            await answer(*start, every=9, at="7")
        said = await answer(*start, every=MONDAY, at="7", zone="europe/berlin")
        assert "every Monday" in said
        listed = await answer(local, room.alice, local.world.dm(room.alice), "digest list")
        assert "every Monday · 07:00 (Europe/Berlin)" in listed


async def test_a_digest_goes_with_all_else_that_is_kept_of_a_person(
    local, room, site, daily, clock, tmp_path
):
    dm = local.world.dm(room.alice)
    daily.publish()
    async with at_work(local, site, clock, tmp_path) as reader:
        await reader.follow(daily.feed_url())
        await reader.round()
        await answer(local, room.alice, dm, "digest start", every=DAILY, at=soon(clock))
        shown = await answer(local, room.alice, room.general, "privacy show")
        assert "Your digest, of which there is 1 now" in shown
        asking = await local.slash(room.alice, room.general, "privacy delete").final()
        assert "- 1 digest" in asking.text
        click = await local.click(room.alice, asking, "Delete all of it").done()
        await click.edited()
        clock.turn(hours=2)
        assert await told(local, dm) == []
