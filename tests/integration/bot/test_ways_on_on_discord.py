from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.views import limits
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE, NOT_IN_THE_NEWS
from tests.integration.bot.live import NOW, LiveBot, live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Message, Newsroom, User

MISTYPED = "What did the Fedaral Reservve do with intrest rates?"
MEANT = f"Did you mean: {FED_QUESTION}"
ANY_TIME = "Ask of any time"


async def asked(
    local: LoopbackDiscord, room: Newsroom, question: str, **options: object
) -> Message:
    return await local.slash(room.alice, room.general, "ask", question=question, **options).final()


async def pressed(local: LoopbackDiscord, person: User, message: Message, label: str) -> Message:
    told = await local.click(person, message, label).final()
    assert told.is_ephemeral
    assert told.mentioned_ids == frozenset()
    return told


async def test_what_was_meant_is_asked_at_a_press_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        message = await asked(local, room, MISTYPED)
        dm = await local.ask(room.alice, local.world.dm(room.alice), MISTYPED)
        assert "This comes nearest" in message.text
        assert MEANT in message.button_labels
        assert MEANT in dm.button_labels
    async with live_bot(local, data_dir):
        for person, shown in ((room.olive, message), (room.alice, message), (room.alice, dm)):
            told = await pressed(local, person, shown, MEANT)
            assert told.text.startswith(f"-# In answer to: {FED_QUESTION}")
            assert f"> {FED_SENTENCE}" in told.text
            assert "More" in told.button_labels


@pytest.mark.usefixtures("bot")
async def test_nothing_is_offered_that_is_not_answered(local: LoopbackDiscord, room: Newsroom):
    for question in (
        FED_QUESTION,
        NOT_IN_THE_NEWS,
        "Who won the Fedaral Reservve lottery in Ghent?",
    ):
        message = await asked(local, room, question)
        assert not [each for each in message.button_labels if each.startswith("Did you mean")]
        assert ANY_TIME not in message.button_labels


@pytest.mark.usefixtures("bot")
async def test_the_longest_question_has_a_label_that_discord_takes(
    local: LoopbackDiscord, room: Newsroom
):
    question = f"{MISTYPED} @everyone <@1> ".ljust(limits.QUESTION_LENGTH, "?")
    message = await asked(local, room, question)
    label = next(each for each in message.button_labels if each.startswith("Did you mean"))
    assert len(label) <= limits.BUTTON_LABEL_LENGTH
    told = await pressed(local, room.olive, message, label)
    assert FED_SENTENCE in told.text


async def test_dates_are_left_out_at_a_press_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        typed = await asked(local, room, f"{FED_QUESTION} until:2026-02-01")
        chosen = await asked(local, room, FED_QUESTION, until="2026-02-01")
        said = await asked(local, room, f"{FED_QUESTION[:-1]} yesterday?")
    async with live_bot(local, data_dir):
        for message in (typed, chosen, said):
            assert ANY_TIME in message.button_labels
            told = await pressed(local, room.olive, message, ANY_TIME)
            assert told.text.startswith("-# In answer to: ")
            assert f"> {FED_SENTENCE}" in told.text
            assert "articles" not in told.text
            assert "Newer" in told.button_labels
            why = await pressed(local, room.olive, told, "Why this?")
            assert "may differ" not in why.text
            newer = await pressed(local, room.olive, told, "Newer")
            assert newer.content == "Nothing newer in the news I have answers that."


@pytest.mark.usefixtures("bot")
async def test_no_dates_are_left_out_where_nothing_of_another_time_comes_near(
    local: LoopbackDiscord, room: Newsroom
):
    message = await asked(local, room, "Qwertz asdfgh?", until="2026-02-01")
    assert ANY_TIME not in message.button_labels
    message = await asked(local, room, FED_QUESTION, since="2026-03-01")
    assert ANY_TIME not in message.button_labels


async def test_an_alert_made_at_a_press_says_how_to_end_it(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    message = await asked(local, room, NOT_IN_THE_NEWS)
    told = await pressed(local, room.olive, message, "Tell me when it is in the news")
    assert "by direct message" in told.text
    assert "alerts remove" in told.text
    assert len(await bot.memory.alerts.of_person(room.olive.id)) == 1
    assert not await bot.memory.alerts.of_person(room.alice.id)


async def test_what_is_forgotten_is_not_asked_again(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    mistyped = await asked(local, room, MISTYPED)
    dated = await asked(local, room, FED_QUESTION, until="2026-02-01")
    await bot.memory.questions.forget_old(NOW.replace(year=NOW.year + 1))
    for message, label in ((mistyped, MEANT), (dated, ANY_TIME)):
        told = await pressed(local, room.alice, message, label)
        assert told.content == "That answer is from too long ago; ask your question anew."
