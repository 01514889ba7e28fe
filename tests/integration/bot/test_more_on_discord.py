from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.commands.cooldown import Cooldown
from bot.views import limits
from tests.integration.bot.corpus import FED, FED_QUESTION, FED_SENTENCE, HOSTILE_QUESTION
from tests.integration.bot.live import NOW, LiveBot, live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Message, Newsroom, User

LABELS = [
    *("Context", "Newer", "Older", "More", "Why this?"),
    *("Helpful", "Not helpful", "Follow up"),
]
LATER = "The Federal Reserve raised interest rates to five percent on Friday."
EARLIER = "The Federal Reserve lowered interest rates to two percent in January."


async def asked(local: LoopbackDiscord, room: Newsroom, question: str = FED_QUESTION) -> Message:
    return await local.slash(room.alice, room.general, "ask", question=question).final()


async def pressed(local: LoopbackDiscord, person: User, message: Message, label: str) -> Message:
    """What somebody is shown alone who presses a button."""
    told = await local.click(person, message, label).final()
    assert told.is_ephemeral
    assert told.mentioned_ids == frozenset()
    return told


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    file = folder / "more.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


async def add_other_times(bot: LiveBot, folder: Path) -> None:
    later = {**FED, "id": "later", "title": "Fed raises", "text": LATER, "published": "2026-03-06"}
    earlier = {**FED, "id": "early", "title": "Fed cuts", "text": EARLIER}
    earlier["published"] = "2026-01-20T09:00:00Z"
    await bot.news.ingest([write(folder, later, earlier)])


async def test_the_paragraph_around_a_quote_is_shown_after_a_restart_and_to_others(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        message = await asked(local, room)
        hostile = await asked(local, room, HOSTILE_QUESTION)
        dm = await local.ask(room.alice, local.world.dm(room.alice), FED_QUESTION)
        assert message.button_labels == LABELS
        before = message.text
    async with live_bot(local, data_dir):
        for person, shown in ((room.olive, message), (room.alice, dm)):
            told = await pressed(local, person, shown, "Context")
            assert f"**Fed holds rates**\n> {FED['text']}\n-# The Example" in told.text
            assert "#:~:text=" in told.text
        assert message.text == before
        told = await pressed(local, room.olive, hostile, "Context")
        assert "@here" not in told.text.replace("@\u200b", "")
        assert limits.length(told.text) <= limits.LAYOUT_TEXT_LENGTH


async def test_answers_of_other_times_are_found_from_one_another(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, tmp_path: Path
):
    message = await asked(local, room)
    for label in ("Newer", "Older"):
        told = await pressed(local, room.olive, message, label)
        assert told.content == f"Nothing {label.lower()} in the news I have answers that."
    await add_other_times(bot, tmp_path)
    newer = await pressed(local, room.olive, message, "Newer")
    assert LATER in newer.text
    assert FED_SENTENCE not in newer.text
    older = await pressed(local, room.olive, message, "Older")
    assert EARLIER in older.text
    assert FED_SENTENCE not in older.text
    assert older.button_labels == LABELS
    back = await pressed(local, room.olive, older, "Newer")
    assert FED_SENTENCE in back.text or LATER in back.text


async def test_what_has_become_of_an_article_since_is_said(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, tmp_path: Path
):
    story = {**FED, "id": "own", "title": "Own", "text": "The quokka Zebulon won the rodeo prize."}
    file = write(tmp_path, story)
    await bot.news.ingest([file])
    message = await asked(local, room, "Which prize did the quokka Zebulon win?")
    assert "Zebulon won the rodeo prize" in message.text
    write(tmp_path, {**story, "text": "Correction: the quokka Zebulon lost everything."})
    await bot.news.ingest([file])
    told = await pressed(local, room.alice, message, "Context")
    assert "“Own” (The Example) was revised since" in told.text
    file.unlink()
    await bot.news.ingest([tmp_path], prune=True)
    await bot.news.ingest([file.parent], prune=True)


async def test_a_forgotten_answer_and_too_many_presses_are_told_in_a_sentence(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir, cooldown=Cooldown(6, 60.0)) as bot:
        message = await asked(local, room)
        await bot.memory.questions.forget_old(NOW.replace(year=NOW.year + 1))
        for label in LABELS[:4]:
            told = await pressed(local, room.alice, message, label)
            assert told.content.startswith("That answer is from too long ago")
        await pressed(local, room.alice, message, "Context")
        told = await pressed(local, room.alice, message, "Context")
        assert "please wait" in told.content


@pytest.mark.usefixtures("bot")
async def test_a_question_is_narrowed_by_options_and_answered_to_one_person(
    local: LoopbackDiscord, room: Newsroom
):
    options = {"question": FED_QUESTION, "private": True, "publisher": "the example"}
    options |= {"since": "2026-03-01", "until": "2026-03-05"}
    message = await local.slash(room.alice, room.general, "ask", **options).final()
    assert message.is_ephemeral
    assert f"> {FED_SENTENCE}" in message.text
    assert "from The Example" in message.text
    elsewhere = {"question": FED_QUESTION, "publisher": "Harbour Post"}
    message = await local.slash(room.alice, room.general, "ask", **elsewhere).final()
    assert FED_SENTENCE not in message.text
    for wrong, told in (
        ({"publisher": "Nobody"}, "There is no news from “Nobody”"),
        ({"since": "once"}, "not a date that I understand"),
        ({"since": "2026-03-04", "until": "2026-03-03"}, "No time is both since"),
    ):
        asking = local.slash(room.alice, room.general, "ask", question=FED_QUESTION, **wrong)
        message = await asking.final()
        assert message.is_ephemeral
        assert told in message.content
    choices = await local.autocomplete(
        room.alice, room.general, "ask", "publisher", question="x", publisher="post"
    )
    assert [choice["value"] for choice in choices] == ["Harbour Post"]
