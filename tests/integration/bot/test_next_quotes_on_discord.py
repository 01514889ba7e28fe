from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from index import NewsIndex
from tests.integration.bot.corpus import FED
from tests.integration.bot.live import NOW, LiveBot, live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Message, Newsroom, User

QUESTION = "What did Mayor Jane Dunmore say about the harbour?"
NO_MORE = "That is all; nothing more in the news I have answers that."
SAID = [
    f"Mayor Jane Dunmore said about the harbour that {what}."
    for what in (
        "it would be dredged in autumn",
        "new cranes were ordered from Rotterdam",
        "fishing licences cost nothing until June",
        "the lighthouse needs white paint",
        "ferries leave every hour on Sundays",
        "seals had come back to its piers",
        "a museum of whaling opens nearby",
    )
]
_QUOTED = re.compile(r"^> (.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
async def _more_news(data_dir: Path, tmp_path: Path) -> None:
    rows = [
        {**FED, "id": f"harbour-{n}", "title": f"Harbour {n}", "text": text, "author": None}
        for n, text in enumerate(SAID)
    ]
    file = tmp_path / "dunmore.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    async with await NewsIndex.open(data_dir) as news:
        await news.ingest([file])


async def asked(local: LoopbackDiscord, room: Newsroom) -> Message:
    return await local.slash(room.alice, room.general, "ask", question=QUESTION).final()


async def more_of(local: LoopbackDiscord, person: User, message: Message) -> Message:
    told = await local.click(person, message, "More").final()
    assert told.is_ephemeral
    assert told.mentioned_ids == frozenset()
    return told


async def test_what_comes_next_is_shown_until_there_is_no_more_also_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        message = await asked(local, room)
        first = message.text
        assert _QUOTED.findall(first)
    told = _QUOTED.findall(first)
    shown = message
    # a bot of its own for each press: nothing but the button knows what was shown
    for _ in SAID:
        async with live_bot(local, data_dir):
            shown = await more_of(local, room.olive, shown)
        if shown.content == NO_MORE:
            break
        assert shown.text.startswith(f"-# More in answer to: {QUESTION}")
        told += _QUOTED.findall(shown.text)
    assert shown.content == NO_MORE
    assert len(told) == len(set(told))
    assert set(SAID) <= set(told)
    assert message.text == first


@pytest.mark.usefixtures("bot")
async def test_everybody_is_shown_the_same_next_and_why(local: LoopbackDiscord, room: Newsroom):
    message = await asked(local, room)
    told = await more_of(local, room.olive, message)
    assert (await more_of(local, room.alice, message)).text == told.text
    why = await local.click(room.olive, told, "Why this?").final()
    assert "may differ" not in why.text
    around = await local.click(room.olive, told, "Context").final()
    assert set(_QUOTED.findall(told.text)) <= set(_QUOTED.findall(around.text))


@pytest.mark.usefixtures("bot")
async def test_more_is_said_by_direct_message_and_in_german(local: LoopbackDiscord, room: Newsroom):
    dm = await local.ask(room.alice, local.world.dm(room.alice), QUESTION)
    assert _QUOTED.findall((await more_of(local, room.alice, dm)).text)
    greta = local.world.add_user("Greta", locale="de")
    room.guild.members[greta.id] = greta
    message = await asked(local, room)
    told = await local.click(greta, message, "More").final()
    assert told.text.startswith("-# Weitere Antworten auf: ")
    assert "Mehr" in told.button_labels


async def test_what_is_forgotten_has_no_more(bot: LiveBot, local: LoopbackDiscord, room: Newsroom):
    message = await asked(local, room)
    await bot.memory.questions.forget_old(NOW.replace(year=NOW.year + 1))
    told = await more_of(local, room.alice, message)
    assert told.content.startswith("That answer is from too long ago")
