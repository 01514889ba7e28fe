from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.views import limits
from tests.integration.bot.corpus import FED
from tests.integration.bot.live import NOW, LiveBot, live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Message, Newsroom, User


async def latest(local: LoopbackDiscord, room: Newsroom, **options: Any) -> Message:
    return await local.slash(room.alice, room.general, "latest", **options).final()


async def turned(local: LoopbackDiscord, person: User, message: Message, label: str) -> str:
    with local.watch(message.channel) as watch:
        local.click(person, message, label)
        return (await watch.edited()).text


def order(text: str, *parts: str) -> list[str]:
    return sorted(parts, key=text.index)


async def test_the_newest_stories_come_first_and_pages_outlive_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        message = await latest(local, room)
        about = await latest(local, room, topic="storm coast")
        assert "The newest stories · page 1 of 2" in message.text
        newest = ("Gargoyles", "Zeppelin", "Fed holds rates", "Storm report 12", "Storm report 11")
        assert order(message.text, *reversed(newest)) == list(newest)
        assert message.mentioned_ids == frozenset()
        assert limits.length(message.text) <= limits.LAYOUT_TEXT_LENGTH
        assert "The newest stories about “storm coast” · page 1 of 2" in about.text
        assert "Fed holds rates" not in about.text
    async with live_bot(local, data_dir):
        assert "Storm report 1**" in await turned(local, room.olive, message, "Next")
        told = await turned(local, room.olive, about, "Next")
        assert "about “storm coast” · page 2 of 2" in told
        assert "page 1 of 2" in await turned(local, room.alice, message, "Previous")


async def test_a_story_of_several_publishers_is_told_once(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, tmp_path: Path
):
    rows = [
        {**FED, "id": f"fed-{name}", "publisher": name, "url": f"https://{name}.example/fed"}
        for name in ("Wire", "Echo")
    ]
    file = tmp_path / "more.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    await bot.news.ingest([file])
    for message in (await latest(local, room), await latest(local, room, topic="inflation")):
        assert message.text.count("**Fed holds rates**") == 1
        assert message.text.count("also in ") == 1
        for name in ("Wire", "Echo", "The Example"):
            assert name in message.text


async def test_what_has_no_stories_or_is_forgotten_is_told(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    nothing = await latest(local, room, topic="xylophone")
    assert nothing.text == "Nothing in the news I have is about “xylophone”."
    wrong = await latest(local, room, topic="-storm")
    assert wrong.is_ephemeral
    about = await latest(local, room, topic="storm")
    await bot.memory.searches.forget_old(NOW.replace(year=NOW.year + 1))
    told = await local.click(room.alice, about, "Next").follow_up()
    assert told.is_ephemeral
    assert "ask for new ones with /latest" in told.content


@pytest.mark.usefixtures("bot")
async def test_a_search_shows_the_newest_first_where_that_is_wanted(
    local: LoopbackDiscord, room: Newsroom
):
    asked = local.slash(room.alice, room.general, "search", query="storm winds", sort=1)
    message = await asked.final()
    newest = ("Storm report 12", "Storm report 11", "Storm report 10", "Storm report 9")
    assert order(message.text, *reversed(newest)) == list(newest)
    told = await turned(local, room.olive, message, "Next")
    assert "page 2 of 3" in told
    assert order(told, "Storm report 6", "Storm report 7") == ["Storm report 7", "Storm report 6"]


@pytest.mark.usefixtures("bot")
async def test_headlines_are_offered_as_queries_while_typing(
    local: LoopbackDiscord, room: Newsroom
):
    for typed, offered in {
        "fed ho": [("Fed holds rates", "Fed holds rates")],
        "zepp": [("@everyone **Zeppelin** <@1> ||seen||", "everyone Zeppelin 1 seen")],
        "zzz": [],
    }.items():
        choices = await local.autocomplete(room.alice, room.general, "search", "query", query=typed)
        assert [(each["name"], each["value"]) for each in choices] == offered
