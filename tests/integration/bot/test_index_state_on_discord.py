from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.commands.verifying import Verifying
from bot.sandbox.errors import CannotInvokeError
from bot.views.index_state import Verified
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.live import NOW, LiveBot, changed, live_bot
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Message, Newsroom

ONLY_MANAGERS = "Only members with the permission Manage Server may."


def bytes_of(data_dir: Path) -> int:
    kept = [data_dir / "pullquote.sqlite3", *(data_dir / "segments").iterdir()]
    kept += data_dir.glob("pullquote.sqlite3-wal")
    return sum(each.stat().st_size for each in kept)


async def asked(local: LoopbackDiscord, room: Newsroom, name: str) -> Message:
    """What Olive is told; a check takes a process of its own, which takes its time to start."""
    return await local.slash(room.olive, room.general, f"index {name}").final(60)


async def test_who_manages_a_server_is_told_how_the_index_is(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    told = await asked(local, room, "status")
    assert told.is_ephemeral
    count = bot.news.searcher.passage_count
    assert f"This server sees **15 articles** in {count} passages.\n" in told.text
    assert "The newest came in <t:" in told.text
    assert f"{count} passages in segments on disk, 0 only in memory · " in told.text
    assert "15 added in " in told.text
    assert str(data_dir) not in told.text
    size = await bot.news.size()
    assert size.byte_count == bytes_of(data_dir)


@pytest.mark.usefixtures("bot")
async def test_what_is_sound_is_found_sound(local: LoopbackDiscord, room: Newsroom, data_dir: Path):
    told = await asked(local, room, "verify")
    assert told.is_ephemeral
    assert told.text.startswith("All is well: ")
    assert str(data_dir) not in told.text


@pytest.mark.usefixtures("bot")
async def test_what_is_wrong_is_told_in_counts_and_without_names(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    await changed(
        data_dir / "pullquote.sqlite3",
        "UPDATE passages SET end_offset = 9999999 WHERE passage_id IN (1, 2)",
    )
    segment = next((data_dir / "segments").glob("*.segment"))
    content = bytearray(segment.read_bytes())
    content[-1] ^= 1
    segment.write_bytes(content)
    told = await asked(local, room, "verify")
    assert "- 2 articles have passages that are not of their text" in told.text
    assert "- the search index does not agree with the articles" in told.text
    assert "`pullquote verify --repair`" in told.text
    for named in (segment.name, "sqlite", str(data_dir), "fed", "hostile"):
        assert named not in told.text


async def test_questions_are_answered_while_everything_is_checked(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    may_end, begun = asyncio.Event(), []

    async def check() -> Verified:
        begun.append(1)
        await may_end.wait()
        return Verified({}, 7, 7)

    async with (
        Verifying(check, lambda: NOW) as verifying,
        live_bot(local, data_dir, verifying=verifying),
    ):
        asked_for = [local.slash(room.olive, room.general, "index verify") for _ in range(2)]
        await eventually(lambda: begun)
        answered = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
        assert FED_SENTENCE in answered.text
        may_end.set()
        for each in asked_for:
            told = await each.final()
            assert told.text.startswith("All is well: 7 passages, 7 of them in segments on disk.")
            assert f"Checked <t:{int(NOW.timestamp())}:R>" in told.text
        assert len(begun) == 1


async def test_who_waits_for_a_check_is_told_that_the_bot_was_stopped(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    begun = []

    async def check() -> Verified:
        begun.append(1)
        await asyncio.Event().wait()
        raise AssertionError

    async with (
        Verifying(check, lambda: NOW) as verifying,
        live_bot(local, data_dir, verifying=verifying) as bot,
    ):
        asked_for = local.slash(room.olive, room.general, "index verify")
        await eventually(lambda: begun)
        await bot.client.close()
        told = await asked_for.final()
        assert told.content.startswith("I was stopped before all was checked")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("name", ["index status", "index verify"])
async def test_nobody_else_is_told(local: LoopbackDiscord, room: Newsroom, name: str):
    with pytest.raises(CannotInvokeError):
        local.slash(room.alice, room.general, name)
    with pytest.raises(CannotInvokeError):
        local.slash(room.olive, local.world.dm(room.olive), name)
    # a server may give the command to all
    command = next(each for each in local.commands() if each["name"] == "index")
    command["default_member_permissions"] = None
    refused = await local.slash(room.alice, room.general, name).final()
    assert refused.is_ephemeral
    assert refused.content == ONLY_MANAGERS
