"""What becomes of a message whose fate is unknown, and of a round in which everything fails."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from bot.commands.alert_sending import meaning
from bot.commands.alerting import SPACING, SURE_FOR, Alerting, Unsent, keep_telling
from bot.commands.speaking import Speaking
from bot.storage.alerts import NewAlert, Pause, Target
from bot.storage.memory import Memory
from bot.storage.servers import ServerLanguages
from bot.texts import Languages
from index.model import Passage, Query
from index.storage.story_store import Announcement
from tests.unit.bot.answering.small_corpora import over, story

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from index import Searcher

START = datetime(2026, 3, 4, 12, tzinfo=UTC)


@dataclass
class NewsAtHand:
    """Stories that come in one after the other, each about rain."""

    count: int = 0
    searcher: Searcher = field(default_factory=lambda: over(story("x", "The sun shone.")))

    def seen_by(self, _community: str | None) -> NewsAtHand:
        return self

    async def newest_announcement(self) -> int:
        return self.count

    async def announcements(self, after: int, limit: int) -> list[Announcement]:
        numbers = range(after + 1, self.count + 1)
        return [Announcement(n, f"story{n}", False) for n in numbers][:limit]

    async def passages_of(self, article_id: str) -> list[Passage]:
        text = f"It rained on {article_id}."
        return [Passage(1, story(article_id, text, article_id), 0, len(text))]


@dataclass
class Sending:
    """Notes what is sent; answers as it is told, and that it arrived when it is told nothing."""

    answers: list[Pause | Unsent | None] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, _target: Target, content: str, nonce: str) -> Pause | Unsent | None:
        self.sent.append((nonce, content))
        return self.answers.pop(0) if self.answers else None


@dataclass
class Desk:
    """Everything at once, with a clock to turn."""

    memory: Memory
    news: NewsAtHand = field(default_factory=NewsAtHand)
    sending: Sending = field(default_factory=Sending)
    now: datetime = START

    def __post_init__(self) -> None:
        speaking = Speaking(Languages.shipped(), ServerLanguages(self.memory.servers))
        self.alerting = Alerting(self.news, self.memory, speaking, self.sending, lambda: self.now)  # type: ignore[arg-type]

    async def round(self, *answers: Pause | Unsent | None, later: timedelta = timedelta()) -> bool:
        self.now += later
        self.sending.answers = list(answers)
        return await self.alerting.round()

    @property
    def told(self) -> Sequence[str]:
        return [content for _, content in self.sending.sent]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with await Memory.open(tmp_path, now=START) as memory:
        desk = Desk(memory)
        assert await desk.round()
        await memory.alerts.add(NewAlert(Target(7), "rain", Query("rain"), "en", None, 0), START)
        desk.news.count = 1
        yield desk


async def test_a_message_whose_fate_is_unknown_is_sent_again_with_the_same_nonce(desk: Desk):
    assert not await desk.round(Unsent.PERHAPS)
    assert await desk.round(later=SURE_FOR)
    assert await desk.round(later=SURE_FOR)
    first, second = desk.sending.sent
    assert first == second


async def test_it_is_given_up_when_discord_may_have_forgotten_the_nonce(desk: Desk):
    await desk.round(Unsent.PERHAPS)
    assert await desk.round(later=SURE_FOR + timedelta(seconds=1))
    assert len(desk.told) == 1
    desk.news.count = 2
    await desk.round(later=SPACING)
    assert ["story1" in text for text in desk.told] == [True, False]


async def test_what_certainly_did_not_arrive_is_sent_however_late(desk: Desk):
    assert not await desk.round(Unsent.SURELY)
    assert await desk.round(later=timedelta(days=1))
    assert await desk.round(later=timedelta(days=1))
    assert ["story1" in text for text in desk.told] == [True, True]


async def test_what_discord_takes_from_nobody_is_not_tried_for_ever(desk: Desk):
    assert await desk.round(Unsent.NEVER)
    assert await desk.round(later=SPACING)
    assert len(desk.told) == 1


async def test_many_stories_at_once_are_told_in_one_message(desk: Desk):
    desk.news.count = 120
    assert await desk.round()
    (text,) = desk.told
    assert "115 more stories since then" in text
    assert await desk.round(later=SPACING)
    assert len(desk.told) == 1


async def test_what_a_server_decides_holds_for_the_alerts_of_its_channels(desk: Desk):
    here = Target(7, guild_id=21, channel_id=31)
    kept = await desk.memory.alerts.add(NewAlert(here, "sun", Query("rain"), "en", None, 0), START)

    async def decide(**decided: object) -> None:
        await desk.memory.servers.change(21, lambda known: replace(known, **decided))  # type: ignore[arg-type]

    await decide(language="de", allowed_channel_ids=frozenset({31}))
    await desk.round()
    assert desk.told[-1].startswith("In den Nachrichten zu „sun“:")
    await decide(allowed_channel_ids=frozenset({32}))
    desk.news.count = 2
    await desk.round(later=SPACING)
    assert len(desk.told) == 3  # of the other alert, which tells a person
    paused = await desk.memory.alerts.find(kept.id)
    assert paused is not None
    assert paused.paused is Pause.DISALLOWED


async def test_where_the_news_are_others_than_before_what_is_new_there_is_told(desk: Desk):
    await desk.round()
    desk.news.count = 0
    await desk.round(later=SPACING)
    desk.news.count = 1
    await desk.memory.alerts.add(
        NewAlert(Target(7), "rained", Query("rained"), "en", None, 0), START
    )
    await desk.round(later=SPACING)
    # the first alert has had a story by this name
    assert len(desk.told) == 2


async def test_rounds_go_on_whatever_fails():
    done = asyncio.Event()

    class Failing:
        count = 0

        async def round(self) -> bool:
            self.count += 1
            if self.count > 2:
                done.set()
            raise RuntimeError(self.count)

    going = asyncio.create_task(
        keep_telling(Failing(), lambda: True, 0.001, longest_wait_seconds=0.002)  # type: ignore[arg-type]
    )
    async with asyncio.timeout(5):
        await done.wait()
    assert not going.done()
    going.cancel()


class _Response:
    reason = "said so"

    def __init__(self, status: int):
        self.status = status


def http_error(kind: type[discord.HTTPException], status: int, code: int = 0) -> Exception:
    return kind(_Response(status), {"code": code, "message": "no"})  # type: ignore[arg-type]


DIRECT, CHANNEL = Target(1), Target(1, 2, 3)


@pytest.mark.parametrize(
    ("error", "target", "expected"),
    [
        (http_error(discord.Forbidden, 403, 50007), DIRECT, Pause.CLOSED),
        (http_error(discord.HTTPException, 400, 50033), DIRECT, Pause.CLOSED),
        (http_error(discord.Forbidden, 403, 50013), CHANNEL, Pause.FORBIDDEN),
        (http_error(discord.NotFound, 404, 10003), CHANNEL, Pause.GONE),
        (http_error(discord.HTTPException, 429), CHANNEL, Unsent.SURELY),
        (discord.RateLimited(90.0), CHANNEL, Unsent.SURELY),
        (http_error(discord.DiscordServerError, 503), CHANNEL, Unsent.PERHAPS),
        (aiohttp.ServerDisconnectedError(), CHANNEL, Unsent.PERHAPS),
        (http_error(discord.HTTPException, 400, 50035), CHANNEL, Unsent.NEVER),
    ],
)
def test_what_a_refusal_means(error: Exception, target: Target, expected: Pause | Unsent):
    assert meaning(error, target) is expected


async def test_a_clock_that_is_put_back_does_not_silence_an_alert(desk: Desk):
    assert await desk.round()
    desk.news.count = 2
    assert await desk.round(later=-timedelta(hours=5))
    assert ["story1" in text for text in desk.told] == [True, False]
    # and how much time there is between two is counted by the new time
    desk.news.count = 3
    assert await desk.round(later=SPACING / 2)
    assert len(desk.told) == 2
    assert await desk.round(later=SPACING / 2)
    assert len(desk.told) == 3


@pytest.mark.parametrize("hours", [-5, 5])
async def test_what_may_have_arrived_is_not_sent_twice_when_the_clock_is_moved(desk: Desk, hours):
    assert not await desk.round(Unsent.PERHAPS)
    assert await desk.round(later=timedelta(hours=hours))
    assert await desk.round(later=SURE_FOR)
    assert len(desk.told) == 1
