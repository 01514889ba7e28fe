from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.commands.cooldown import Cooldown
from bot.operations.metrics import Metrics
from index import NewsIndex
from tests.integration.bot.corpus import FED, FED_QUESTION
from tests.integration.bot.live import NOW, LiveBot, live_bot
from tests.unit.bot.operations.test_metrics import samples

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User

LABEL, FIELD = "Follow up", "Your question"
QUESTION = "What did Mayor Jane Dunmore say about the harbour?"
OF_HARBOUR = "Mayor Jane Dunmore said about the harbour that it would be dredged in autumn."
OF_TRAMS = "Mayor Jane Dunmore said about the trams that they would run until midnight."
OF_OTHERS = "Asked about the trams, Mayor Jane Dunmore said elsewhere that fares would rise."


@pytest.fixture(autouse=True)
async def _more_news(data_dir: Path, tmp_path: Path) -> None:
    told = {"harbour": OF_HARBOUR, "trams": OF_TRAMS}
    rows = [
        {**FED, "id": name, "title": name, "text": text, "author": None}
        for name, text in told.items()
    ]
    rows.append({**rows[1], "id": "others", "text": OF_OTHERS, "publisher": "Harbour Post"})
    file = tmp_path / "dunmore.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    async with await NewsIndex.open(data_dir) as news:
        await news.ingest([file])


async def asked(local: LoopbackDiscord, room: Newsroom, **options: Any) -> Message:
    options = {"question": QUESTION, **options}
    return await local.slash(room.alice, room.general, "ask", **options).final()


async def follow_up(local: LoopbackDiscord, person: User, message: Message, text: str) -> Message:
    """What is answered to a follow-up that somebody writes in the form."""
    opened = await local.click(person, message, LABEL).done()
    return await local.submit(opened, {FIELD: text}).final()


async def test_what_a_follow_up_leaves_out_is_filled_in_and_shown_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        message = await asked(local, room)
        assert f"> {OF_HARBOUR}" in message.text
        opened = await local.click(room.olive, message, LABEL).done()
        assert opened.modal is not None
        assert QUESTION in json.dumps(opened.modal)
    async with live_bot(local, data_dir):
        sending = local.submit(opened, {FIELD: "and what did she say about the trams?"})
        answer = await sending.final()
        assert not answer.is_ephemeral
        assert answer.text.startswith(
            "-# Follow-up, read as: What did Mayor Jane Dunmore say about the trams?"
        )
        assert OF_TRAMS in answer.text
        # one follow-up leads to the next
        third = await follow_up(local, room.alice, answer, "and the harbour?")
        assert "read as: What did Mayor Jane Dunmore say about the harbour?" in third.text
        assert f"> {OF_HARBOUR}" in third.text


@pytest.mark.usefixtures("bot")
async def test_a_question_that_stands_alone_is_answered_as_it_was_typed(
    local: LoopbackDiscord, room: Newsroom
):
    answer = await follow_up(local, room.alice, await asked(local, room), FED_QUESTION)
    assert answer.text.startswith(f"-# In answer to: {FED_QUESTION}")
    hostile = "@everyone <@1> **Where** did the endless gargoyle parade march?"
    answer = await follow_up(local, room.alice, answer, hostile)
    assert answer.mentioned_ids == frozenset()
    assert "\\*\\*Where\\*\\*" in answer.text


async def test_a_reply_to_an_answer_is_a_follow_up_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async def replied(channel: Channel, message: Message, text: str) -> str:
        return (await local.ask(room.alice, channel, text, reply_to=message)).text

    dm = local.world.dm(room.alice)
    async with live_bot(local, data_dir):
        laid_out = await asked(local, room)
        mentioned = await local.ask(
            room.alice, room.general, f"{local.world.bot.mention} {QUESTION}"
        )
        private = await local.ask(room.alice, dm, QUESTION)
    async with live_bot(local, data_dir):
        for channel, message in (
            (room.general, laid_out),
            (room.general, mentioned),
            (dm, private),
        ):
            text = await replied(channel, message, "and about the trams?")
            assert "read as: What did Mayor Jane Dunmore say about the trams?" in text
            assert OF_TRAMS in text
        # to nothing in particular
        text = (await local.ask(room.alice, dm, "and about the trams?")).text
        assert "-# In answer to: and about the trams?" in text
        usage = await local.ask(room.alice, room.general, f" {local.world.bot.mention} ")
        text = await replied(room.general, usage, "and about the trams?")
        assert "-# In answer to: and about the trams?" in text


@pytest.mark.usefixtures("bot")
async def test_a_reply_to_somebody_else_that_mentions_the_bot_is_a_question_of_its_own(
    local: LoopbackDiscord, room: Newsroom
):
    theirs = local.say(room.olive, room.general, QUESTION)
    text = f"{local.world.bot.mention} and about the trams?"
    answer = await local.ask(room.alice, room.general, text, reply_to=theirs)
    assert "-# In answer to: and about the trams?" in answer.text


@pytest.mark.usefixtures("bot")
async def test_options_of_the_question_hold_for_what_goes_on_from_it(
    local: LoopbackDiscord, room: Newsroom
):
    message = await asked(local, room, publisher="The Example", private=True)
    answer = await follow_up(local, room.alice, message, "and about the trams?")
    assert answer.is_ephemeral
    assert "-# Understood as: from The Example" in answer.text
    assert OF_TRAMS in answer.text
    assert OF_OTHERS not in answer.text
    alone = "What did Mayor Jane Dunmore say elsewhere about fares?"
    answer = await follow_up(local, room.alice, message, alone)
    assert OF_OTHERS in answer.text


async def test_what_is_forgotten_is_not_gone_on_from(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    message = await asked(local, room)
    await bot.memory.questions.forget_old(NOW.replace(year=NOW.year + 1))
    refused = await local.click(room.alice, message, LABEL).final()
    assert refused.is_ephemeral
    assert refused.content == "That answer is from too long ago; ask your question anew."
    answer = await local.ask(room.alice, room.general, "and about the trams?", reply_to=message)
    assert "-# In answer to: and about the trams?" in answer.text


async def test_follow_ups_count_as_questions_and_are_counted(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    metrics = Metrics()
    cooldown = Cooldown(3, 60.0)
    async with live_bot(local, data_dir, cooldown=cooldown, measures=metrics):
        message = await asked(local, room)
        opened = await local.click(room.alice, message, LABEL).done()
        for text in ("and about the trams?", "why?"):
            answer = await local.submit(opened, {FIELD: text}).final()
        assert answer.is_ephemeral
        assert "please wait" in answer.content
    seen = samples(metrics)
    assert seen["pullquote_questions_total", "answered", "follow-up"] == 1
    assert seen["pullquote_questions_total", "refused", "follow-up"] == 1


@pytest.mark.usefixtures("bot")
async def test_what_makes_no_question_is_refused_in_a_sentence(
    local: LoopbackDiscord, room: Newsroom
):
    message = await asked(local, room)
    for text, told in (
        ("\u200b\u200b", "There is no question in that"),
        ("rain since:once", "not a date that I understand"),
    ):
        answer = await follow_up(local, room.alice, message, text)
        assert told in answer.text


async def test_german_follow_ups_are_filled_in_from_a_german_question(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, tmp_path: Path
):
    said = {
        "zoll": "Der Kanzler sagte zu Zöllen, dass sie im Herbst fallen würden.",
        "hafen": "Der Kanzler sagte zum Hafen, dass er ausgebaut werde.",
    }
    rows = [{**FED, "id": n, "title": n, "text": text, "author": None} for n, text in said.items()]
    file = tmp_path / "kanzler.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    await bot.news.ingest([file])
    message = await asked(local, room, question="Was sagte der Kanzler zum Hafen?")
    assert said["hafen"] in message.text
    answer = await follow_up(local, room.alice, message, "Und was sagte er zu Zöllen?")
    assert "read as: Was sagte der Kanzler zu Zöllen?" in answer.text
    assert said["zoll"] in answer.text
    dm = local.world.dm(room.alice)
    first = await local.ask(room.alice, dm, "Was sagte der Kanzler zum Hafen?")
    text = (await local.ask(room.alice, dm, "und zu Zöllen?", reply_to=first)).text
    assert "read as: Was sagte der Kanzler zu Zöllen?" in text
