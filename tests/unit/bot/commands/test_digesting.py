"""A digest is told once, whatever becomes of its message and of the bot meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.commands.alerting import SURE_FOR, Unsent
from bot.commands.digesting import Digesting
from bot.commands.speaking import Speaking
from bot.storage.alerts import Pause, Target
from bot.storage.memory import Memory
from bot.storage.schedule import Schedule
from bot.storage.servers import ServerLanguages
from bot.texts import Languages
from index.model import Article, CopyPlace, PublicationTime

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.digests import Digest

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
ANNA, BEN = Target(7), Target(8)
DAY = timedelta(days=1)
MORNING = Schedule(time(7), "UTC")


def story(name: str, at: datetime, *others: str) -> Article:
    places = tuple(CopyPlace(other, f"https://{other}.test/{name}") for other in others)
    url = f"https://daily.test/{name}"
    return Article(
        name, name, f"{name}.", url, "Daily", None, PublicationTime.of(at), also_in=places
    )


@dataclass
class ArticlesAtHand:
    all: list[Article] = field(default_factory=list)

    async def newest(self, before: datetime, limit: int) -> list[Article]:
        known = [each for each in self.all if each.published and each.published.at < before]
        known.sort(key=lambda each: each.published.at if each.published else START, reverse=True)
        return known[:limit]


@dataclass
class NewsAtHand:
    articles: ArticlesAtHand = field(default_factory=ArticlesAtHand)

    def seen_by(self, _community: str | None) -> NewsAtHand:
        return self


@dataclass
class Sending:
    """Notes what is sent; answers as it is told, and that it arrived when it is told nothing."""

    answers: list[Pause | Unsent | None] = field(default_factory=list)
    sent: list[tuple[Target, str, str]] = field(default_factory=list)

    async def send(self, target: Target, content: str, nonce: str) -> Pause | Unsent | None:
        self.sent.append((target, content, nonce))
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
        self.digesting = Digesting(
            self.news,  # type: ignore[arg-type]
            self.memory,
            speaking,
            self.sending,
            lambda: self.now,
        )

    async def start(self, target: Target = ANNA, schedule: Schedule = MORNING) -> Digest:
        return await self.memory.digests.start(target, schedule, "en", self.now)

    async def round(self, *answers: Pause | Unsent | None, later: timedelta = timedelta()) -> bool:
        self.now += later
        self.sending.answers = list(answers)
        return await self.digesting.round()

    def publish(self, name: str, *others: str, ago: timedelta = timedelta(hours=1)) -> None:
        self.news.articles.all.append(story(name, self.now - ago, *others))

    @property
    def told(self) -> list[str]:
        return [content for _, content, _ in self.sending.sent]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with await Memory.open(tmp_path, now=START) as memory:
        yield Desk(memory)


async def test_the_stories_that_most_publishers_tell_come_first_at_the_time_and_once(desk: Desk):
    await desk.start()
    desk.publish("Small")
    desk.publish("Large", "Courier", "Post", ago=timedelta(hours=5))
    desk.publish("Middle", "Courier")
    desk.publish("Old", "Courier", "Post", "Gazette", ago=timedelta(days=3))
    assert await desk.round(later=timedelta(hours=18, minutes=59))
    assert desk.told == []
    for _ in range(3):
        assert await desk.round(later=timedelta(minutes=1))
    (text,) = desk.told
    assert text.startswith("**Top stories of the day**\n**Large**")
    assert text.index("Large") < text.index("Middle") < text.index("Small")
    assert "Old" not in text
    assert "also in [Courier](<https://courier.test/Large>), [Post](" in text


async def test_no_story_is_told_twice_and_a_digest_without_any_is_left_out(desk: Desk):
    await desk.start()
    desk.publish("First")
    await desk.round(later=DAY)
    # what the next one looks at overlaps; and a copy of it comes under another headline
    published = PublicationTime.of(desk.now - timedelta(hours=9))
    original = CopyPlace("Daily", "https://daily.test/First")
    desk.news.articles.all.append(
        Article("copy", "Copy", "x", "https://x.test", "X", None, published, also_in=(original,))
    )
    await desk.round(later=DAY)
    assert len(desk.told) == 1
    desk.publish("Second")
    await desk.round(later=DAY)
    assert len(desk.told) == 2
    assert "Second" in desk.told[1]
    assert "First" not in desk.told[1]


async def test_one_digest_is_told_for_all_that_were_missed(desk: Desk):
    await desk.start()
    for days in range(5):
        desk.now = START + days * DAY
        desk.publish(f"Story {days}")
    await desk.round(later=timedelta(hours=1))
    await desk.round(later=timedelta(minutes=5))
    (text,) = desk.told
    assert all(f"Story {days}" in text for days in range(5))
    desk.publish("Later")
    await desk.round(later=timedelta(hours=1))
    assert len(desk.told) == 1
    await desk.round(later=DAY)
    assert len(desk.told) == 2


async def test_a_message_whose_fate_is_unknown_is_sent_again_word_for_word_after_a_restart(
    desk: Desk,
):
    await desk.start()
    desk.publish("Story")
    assert not await desk.round(Unsent.PERHAPS, later=DAY)
    again = Desk(desk.memory, desk.news, desk.sending, desk.now)
    desk.publish("Meanwhile", ago=timedelta())
    assert await again.round(later=SURE_FOR)
    assert await again.round()
    first, second = desk.sending.sent
    assert first == second


async def test_it_is_given_up_when_discord_may_have_forgotten_the_nonce(desk: Desk):
    await desk.start()
    desk.publish("Story")
    assert not await desk.round(Unsent.PERHAPS, later=DAY)
    assert await desk.round(later=SURE_FOR + timedelta(seconds=1))
    assert len(desk.told) == 1
    desk.publish("Next")
    assert await desk.round(later=DAY)
    assert "Next" in desk.told[1]
    assert "**Story**" not in desk.told[1]


async def test_what_was_certainly_not_sent_is_told_however_long_that_takes(desk: Desk):
    await desk.start()
    desk.publish("Story")
    assert not await desk.round(Unsent.SURELY, later=DAY)
    assert not await desk.round(Unsent.SURELY, later=timedelta(hours=2))
    assert await desk.round(later=timedelta(hours=2))
    assert await desk.round(later=timedelta(hours=2))
    assert len(desk.told) == 3
    assert all("**Story**" in text for text in desk.told)


async def test_one_that_is_refused_for_good_is_paused_and_the_others_go_on(desk: Desk):
    await desk.start(ANNA)
    await desk.start(BEN)
    desk.publish("Story")
    assert await desk.round(Pause.CLOSED, later=DAY)
    assert [target for target, _, _ in desk.sending.sent] == [ANNA, BEN]
    paused = await desk.memory.digests.at(ANNA)
    assert paused is not None
    assert paused.paused is Pause.CLOSED
    desk.publish("Next")
    await desk.round(later=DAY)
    assert [target for target, _, _ in desk.sending.sent] == [ANNA, BEN, BEN]
    # who starts it again is told again, from then on
    await desk.start(ANNA)
    desk.publish("Last")
    await desk.round(later=DAY)
    assert {target for target, _, _ in desk.sending.sent[3:]} == {ANNA, BEN}


async def test_one_that_is_refused_for_what_it_says_is_left_out(desk: Desk):
    await desk.start()
    desk.publish("Story")
    assert await desk.round(Unsent.NEVER, later=DAY)
    assert await desk.round()
    assert len(desk.told) == 1


async def test_a_weekly_one_covers_the_week_and_a_new_time_takes_the_place_of_the_old(desk: Desk):
    await desk.start(schedule=MORNING)
    await desk.start(schedule=Schedule(time(7), "UTC", 0))
    desk.publish("Early", ago=timedelta(days=1))
    desk.now = datetime(2026, 3, 9, 7, tzinfo=UTC)
    desk.publish("Late")
    await desk.round()
    (text,) = desk.told
    assert text.startswith("**Top stories of the week**")
    assert "Early" in text
    assert "Late" in text


async def test_one_that_is_stopped_while_it_is_made_is_not_sent(desk: Desk):
    digest = await desk.start()
    desk.now += DAY
    assert await desk.memory.digests.stop(ANNA)
    assert await desk.memory.digests.begin(digest, "text", ["story"], desk.now) is None
    assert not await desk.memory.digests.stop(ANNA)
    await desk.round()
    assert desk.told == []


async def test_a_channel_that_is_not_to_be_used_any_more_is_told_nothing(desk: Desk):
    channel = Target(7, guild_id=21, channel_id=31)
    await desk.start(channel)
    desk.publish("Story")
    await desk.memory.servers.change(
        21, lambda settings: replace(settings, allowed_channel_ids=frozenset({32}))
    )
    assert await desk.round(later=DAY)
    assert desk.told == []
    kept = await desk.memory.digests.at(channel)
    assert kept is not None
    assert kept.paused is Pause.DISALLOWED


async def test_a_channel_is_told_in_the_language_that_its_server_has_chosen(desk: Desk):
    await desk.start(Target(7, guild_id=21, channel_id=31))
    desk.publish("Story")
    await desk.memory.servers.change(21, lambda settings: replace(settings, language="de"))
    await desk.round(later=DAY)
    assert desk.told[0].startswith("**Die wichtigsten Meldungen des Tages**")


async def test_a_clock_that_is_ahead_for_a_while_tells_a_digest_once(desk: Desk):
    await desk.start()
    desk.publish("First")
    assert await desk.round(later=timedelta(hours=20))
    assert len(desk.told) == 1
    assert await desk.round(later=-timedelta(hours=20))
    # its time comes again, by the right clock
    desk.publish("Second")
    assert await desk.round(later=timedelta(hours=20))
    assert len(desk.told) == 1
    desk.publish("Third")
    assert await desk.round(later=DAY)
    assert ["Third" in text for text in desk.told] == [False, True]


async def test_a_clock_that_was_ahead_by_a_year_does_not_silence_a_digest(desk: Desk):
    desk.now += 365 * DAY
    await desk.start()
    assert await desk.round(later=-365 * DAY)
    desk.publish("First")
    assert await desk.round(later=timedelta(hours=18))
    assert desk.told == []
    assert await desk.round(later=timedelta(hours=1))
    assert len(desk.told) == 1
