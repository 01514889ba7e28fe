from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.commands.cooldown import Cooldown
from bot.sandbox import MessageFlag
from bot.views import limits
from tests.integration.bot.corpus import (
    FED,
    FED_QUESTION,
    FED_SENTENCE,
    HOSTILE_QUESTION,
    NOT_IN_THE_NEWS,
)
from tests.integration.bot.live import NOW, LiveBot, changed, live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Message, Newsroom, User

SURE = "that the news answers: confidence "
CHANGED = "has changed since I answered"
LABEL = "Why this?"


async def why(local: LoopbackDiscord, person: User, message: Message) -> Message:
    """What somebody is shown who presses the button."""
    return await local.click(person, message, LABEL).final()


async def asked(local: LoopbackDiscord, room: Newsroom, question: str = FED_QUESTION) -> Message:
    return await local.slash(room.alice, room.general, "ask", question=question).final()


@pytest.mark.usefixtures("bot")
async def test_the_asker_is_told_why_alone(local: LoopbackDiscord, room: Newsroom):
    message = await asked(local, room)
    before = message.text
    told = await why(local, room.alice, message)
    assert told.is_ephemeral
    assert not told.is_visible_to(room.olive)
    assert f"-# Asked: {FED_QUESTION}\n-# Understood as it was typed." in told.text
    assert SURE in told.text
    assert "**Quote 1, The Example:**" in told.text
    assert "-# Its passage: rank 1 of " in told.text
    assert "`+" in told.text
    assert CHANGED not in told.text
    assert limits.length(told.text) <= limits.CONTENT_LENGTH
    assert message.text == before


@pytest.mark.usefixtures("bot")
async def test_everybody_who_sees_an_answer_may_know_why(local: LoopbackDiscord, room: Newsroom):
    message = await asked(local, room)
    told = await why(local, room.olive, message)
    assert told.is_ephemeral
    assert not told.is_visible_to(room.alice)
    assert SURE in told.text
    assert told.text == (await why(local, room.alice, message)).text


@pytest.mark.usefixtures("bot")
async def test_every_route_has_the_button(local: LoopbackDiscord, room: Newsroom):
    mention = f"{local.world.bot.mention} {FED_QUESTION}"
    dm = local.world.dm(room.alice)
    private = local.slash(room.alice, room.general, "ask", question=FED_QUESTION, private=True)
    messages = (
        await asked(local, room),
        await local.ask(room.alice, room.general, mention),
        await local.ask(room.alice, dm, FED_QUESTION),
        await local.slash(room.alice, dm, "ask", question=FED_QUESTION).final(),
        await private.final(),
    )
    told = []
    for message in messages:
        assert LABEL in message.button_labels
        assert FED_SENTENCE in message.text
        told.append((await why(local, room.alice, message)).text)
    assert len(set(told)) == 1
    assert SURE in told[0]
    assert MessageFlag.COMPONENTS_V2 not in messages[1].flags


@pytest.mark.usefixtures("bot")
async def test_an_abstention_tells_why_too(local: LoopbackDiscord, room: Newsroom):
    message = await asked(local, room, NOT_IN_THE_NEWS)
    told = await why(local, room.alice, message)
    assert "ar from sure that the news answers" in told.text or "Not sure enough" in told.text
    assert NOT_IN_THE_NEWS in told.text


@pytest.mark.usefixtures("bot")
async def test_hostile_news_does_no_harm_in_an_explanation(local: LoopbackDiscord, room: Newsroom):
    told = await why(local, room.alice, await asked(local, room, HOSTILE_QUESTION))
    assert told.mentioned_ids == frozenset()
    assert "@here" not in told.text.replace("@\u200b", "")
    assert "\\`Rogue\\` \\*Press\\*" in told.text


@pytest.mark.usefixtures("bot")
async def test_what_has_no_quotes_has_no_such_button(local: LoopbackDiscord, room: Newsroom):
    found = await local.slash(room.alice, room.general, "search", query="storm winds").final()
    usage = await local.ask(room.alice, room.general, f" {local.world.bot.mention} ")
    assert LABEL not in found.button_labels
    assert usage.button_labels == []


async def test_the_button_works_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        message = await asked(local, room)
        mentioned = await local.ask(room.alice, local.world.dm(room.alice), FED_QUESTION)
        before = await why(local, room.alice, message)
    async with live_bot(local, data_dir):
        for answered in (message, mentioned):
            after = await why(local, room.alice, answered)
            assert after.text == before.text


async def test_news_that_came_since_is_owned_up_to(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, tmp_path: Path
):
    message = await asked(local, room)
    later = {**FED, "id": "later", "title": "Fed raises rates", "published": "2026-03-06"}
    later["text"] = "The Federal Reserve raised interest rates to five percent on Friday."
    file = tmp_path / "later.jsonl"
    file.write_text(json.dumps(later), encoding="utf-8")
    await bot.news.ingest([file])
    told = await why(local, room.alice, message)
    assert CHANGED in told.text
    assert SURE in told.text


async def test_a_question_that_is_gone_is_told_in_a_sentence(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    message = await asked(local, room)
    await bot.memory.questions.forget_old(NOW.replace(year=NOW.year + 1))
    told = await why(local, room.alice, message)
    assert told.is_ephemeral
    assert told.content == "That question is from too long ago; ask it again to learn why."


async def test_pressing_counts_as_asking(local: LoopbackDiscord, room: Newsroom, data_dir: Path):
    async with live_bot(local, data_dir, cooldown=Cooldown(2, 60.0)):
        message = await asked(local, room)
        await why(local, room.alice, message)
        refused = await why(local, room.alice, message)
        other = await why(local, room.olive, message)
    assert refused.is_ephemeral
    assert "please wait" in refused.content
    assert SURE in other.text


@pytest.mark.usefixtures("bot")
async def test_an_answer_that_cannot_be_kept_is_given_without_a_button(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    await changed(data_dir / "bot.sqlite3", "DROP TABLE questions")
    message = await asked(local, room)
    assert FED_SENTENCE in message.text
    assert message.button_labels == []


@pytest.mark.usefixtures("bot")
async def test_articles_of_another_time_that_answer_are_shown(
    local: LoopbackDiscord, room: Newsroom
):
    message = await asked(local, room, f"{FED_QUESTION} until:2026-02-20")
    assert "**Articles until Friday, 20 February 2026 do not say; later ones do:**" in message.text
    assert f"> {FED_SENTENCE}" in message.text
    assert "4 March 2026" in message.text
    told = await why(local, room.alice, message)
    assert "-# With articles of any time, the confidence is " in told.text
