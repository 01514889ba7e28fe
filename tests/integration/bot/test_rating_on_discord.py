from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.commands.measures import Unmeasured
from bot.operations.metrics import Metrics
from bot.storage.ratings import RatingCounts
from tests.integration.bot.corpus import FED_QUESTION, NOT_IN_THE_NEWS
from tests.integration.bot.live import NOW, LiveBot, live_bot
from tests.integration.sandbox.running import eventually
from tests.unit.bot.operations.test_metrics import samples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User

HELPFUL, UNHELPFUL = "Helpful", "Not helpful"
NOTED = "Noted: the answer is helpful to you. The other button takes that back."
NOTED_OTHERWISE = "Noted: the answer does not help you. The other button takes that back."


async def asked(
    local: LoopbackDiscord, room: Newsroom, question: str = FED_QUESTION, *, private: bool = False
) -> Message:
    asking = local.slash(room.alice, room.general, "ask", question=question, private=private)
    return await asking.final()


async def rate(local: LoopbackDiscord, person: User, message: Message, label: str) -> str:
    """What somebody is told alone who rates an answer."""
    told = await local.click(person, message, label).final()
    assert told.is_ephemeral
    return told.text


async def test_everybody_who_sees_an_answer_has_one_word_on_it_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir) as bot:
        message = await asked(local, room)
        mentioned = await local.ask(
            room.alice, room.general, f"{local.world.bot.mention} {FED_QUESTION}"
        )
        before = message.text
        assert await rate(local, room.alice, message, HELPFUL) == NOTED
        assert await rate(local, room.alice, message, HELPFUL) == NOTED
        assert await rate(local, room.olive, message, HELPFUL) == NOTED
        assert await rate(local, room.olive, mentioned, HELPFUL) == NOTED
        assert await bot.memory.ratings.counts() == RatingCounts(helpful=3)
    async with live_bot(local, data_dir) as bot:
        assert await rate(local, room.alice, message, UNHELPFUL) == NOTED_OTHERWISE
        assert await bot.memory.ratings.counts() == RatingCounts(helpful=2, unhelpful=1)
        assert message.text == before


@pytest.mark.parametrize("private", [True, False])
async def test_answers_and_abstentions_alike_are_rated_on_every_route(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, private: bool
):
    dm = local.world.dm(room.alice)
    messages = (
        await asked(local, room, NOT_IN_THE_NEWS, private=private),
        await asked(local, room, private=private),
        await local.ask(room.alice, dm, NOT_IN_THE_NEWS),
    )
    for message in messages:
        assert message.button_labels[-3:-1] == [HELPFUL, UNHELPFUL]
        assert await rate(local, room.alice, message, UNHELPFUL) == NOTED_OTHERWISE
    assert await bot.memory.ratings.counts() == RatingCounts(unhelpful=3)


async def test_an_answer_from_too_long_ago_is_not_rated(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    message = await asked(local, room)
    await rate(local, room.olive, message, HELPFUL)
    await bot.memory.questions.forget_old(NOW.replace(year=NOW.year + 1))
    told = await rate(local, room.alice, message, HELPFUL)
    assert told == "That answer is from too long ago to be rated; ask again."
    assert await bot.memory.ratings.counts() == RatingCounts()


class Ended(Unmeasured):
    """Knows what has ended: what is told after a first answer comes before that."""

    def __init__(self) -> None:
        self.routes: list[str] = []

    def ended(self, route: str, outcome: str, seconds: float) -> None:
        del outcome, seconds
        self.routes.append(route)


@pytest.fixture
async def ended(local: LoopbackDiscord, room: Newsroom, data_dir: Path) -> AsyncIterator[Ended]:
    """Of a bot that is online."""
    del room  # the server is there before the bot is
    measures = Ended()
    async with live_bot(local, data_dir, measures=measures):
        yield measures


async def test_who_manages_the_server_learns_alone_how_answers_were_rated(
    ended: Ended, local: LoopbackDiscord, room: Newsroom
):
    def told_alone(channel: Channel, user: User) -> list[str]:
        every = local.messages(channel, user)
        return [each.text for each in every if each.is_ephemeral and "days found" in each.text]

    message = await asked(local, room)
    await local.slash(room.olive, room.general, "status").final()
    await eventually(lambda: ended.routes.count("status") == 1)
    assert told_alone(room.general, room.olive) == []
    await rate(local, room.alice, message, HELPFUL)
    await rate(local, room.olive, message, UNHELPFUL)
    for person in (room.alice, room.olive):
        status = await local.slash(person, room.general, "status").final()
        assert "helpful" not in status.text
    await eventually(lambda: ended.routes.count("status") == 3)
    assert told_alone(room.general, room.olive) == [
        "Answers of the last 30 days found helpful: 1, not helpful: 1"
    ]
    assert told_alone(room.general, room.alice) == []


async def test_ratings_are_counted_for_prometheus(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    metrics = Metrics()
    async with live_bot(local, data_dir, measures=metrics):
        message = await asked(local, room)
        for label in (HELPFUL, HELPFUL, UNHELPFUL):
            await rate(local, room.alice, message, label)
    seen = samples(metrics)
    assert seen["pullquote_ratings_total", "helpful"] == 1
    assert seen["pullquote_ratings_total", "unhelpful"] == 1


async def test_ratings_go_with_all_else_that_is_kept_of_a_person(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    # of an answer that stays: it is somebody else's question
    message = await local.slash(room.olive, room.general, "ask", question=FED_QUESTION).final()
    await rate(local, room.alice, message, HELPFUL)
    await rate(local, room.olive, message, UNHELPFUL)
    asking = await local.slash(room.alice, room.general, "privacy delete").final()
    assert "- 1 answer rated" in asking.text
    click = await local.click(room.alice, asking, "Delete all of it").done()
    await click.edited()
    assert await bot.memory.ratings.counts() == RatingCounts(unhelpful=1)
    with closing(sqlite3.connect(data_dir / "bot.sqlite3")) as connection:
        assert not any(str(room.alice.id) in line for line in connection.iterdump())
