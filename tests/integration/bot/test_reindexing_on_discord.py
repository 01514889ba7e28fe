from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import aiosqlite
import pytest
import structlog

from bot.sandbox import CannotInvokeError, Permission
from bot.storage.memory import Memory
from index import IndexingInProgressError, IndexProgress, NewsIndex, StorageError
from index.storage.database import Database
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.live import live_bot
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom
    from index import IndexReport
    from index.seen_news import SeenNews

UNREADABLE = "My news cannot be read just now; whoever runs me finds the reason in the log."
HALFWAY = IndexProgress(2, 1, 1000, 500, 7)


class HeldNews:
    """Real news whose index run waits half way for leave to go on."""

    def __init__(self, news: NewsIndex, error: Exception | None = None):
        self._news = news
        self._error = error
        self.go_on = asyncio.Event()
        self.is_indexing = False

    def seen_by(self, community: str | None) -> SeenNews:
        return self._news.seen_by(community)

    async def reindex(self, on_progress: Callable[[IndexProgress], None]) -> IndexReport:
        if self.is_indexing:
            raise IndexingInProgressError("One is at work.")
        self.is_indexing = True
        try:
            # from another thread, as a worker may do
            await asyncio.to_thread(on_progress, HALFWAY)
            await self.go_on.wait()
            if self._error:
                raise self._error
            return await self._news.reindex(on_progress)
        finally:
            self.is_indexing = False


@pytest.fixture
async def held(data_dir: Path) -> HeldNews:
    async with await NewsIndex.open(data_dir) as news:
        yield HeldNews(news)


def boards(local: LoopbackDiscord, channel: Channel) -> list[Message]:
    messages = local.messages(channel)
    return [each for each in messages if not each.is_ephemeral and "Reading the" in each.text]


def nothing_says(local: LoopbackDiscord, channel: Channel, text: str) -> None:
    assert all(text not in each.text for each in local.messages(channel))


async def board_that_says(local: LoopbackDiscord, channel: Channel, text: str) -> Message:
    await eventually(lambda: any(text in each.text for each in boards(local, channel)))
    return next(each for each in boards(local, channel) if text in each.text)


@pytest.mark.usefixtures("bot")
async def test_reindex_brings_new_articles_in_and_ends_with_a_summary(
    local: LoopbackDiscord, room: Newsroom, news_dir: Path
):
    extra = news_dir / "extra.jsonl"
    article = {"title": "Otters", "text": "The otters of Foxglove Lane won a medal on Friday."}
    extra.write_text(json.dumps(article) + "\nnot json\n", encoding="utf-8")
    asked = local.slash(room.olive, room.general, "reindex")
    told = await asked.final()
    assert told.is_ephemeral
    board = await board_that_says(local, room.general, "is done")
    assert "1 added, 15 unchanged, 1 refused in " in board.content
    assert "extra.jsonl" not in board.content
    await eventually(lambda: "extra.jsonl, line 2" in told.content)
    assert str(news_dir) not in told.content
    found = await local.slash(
        room.alice, room.general, "ask", question="What did the otters of Foxglove Lane win?"
    ).final()
    assert "won a medal" in found.text


@pytest.mark.usefixtures("bot")
async def test_who_asked_for_reindexing_is_shown_where_it_is_told(
    local: LoopbackDiscord, room: Newsroom
):
    told = await local.slash(room.olive, room.general, "reindex").final()
    board = await board_that_says(local, room.general, "is done")
    # nothing was refused, so no details take the link's place
    assert f"/{board.id}" in told.content


async def test_questions_are_answered_while_articles_are_read(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, held: HeldNews
):
    async with live_bot(local, data_dir, news=held):
        local.slash(room.olive, room.general, "reindex")
        board = await board_that_says(local, room.general, "50%")
        assert "1 of 2 files · 7 articles" in board.content
        answered = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
        assert FED_SENTENCE in answered.text
        status = await local.slash(room.alice, room.general, "status").final()
        assert "An index run is at work." in status.text
        second = await local.slash(room.olive, room.general, "reindex").final()
        assert second.is_ephemeral
        assert second.content.startswith("The articles are being read already")
        held.go_on.set()
        assert (await board_that_says(local, room.general, "is done")).id == board.id


async def test_who_manages_the_server_ends_a_run_and_may_begin_another(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, held: HeldNews
):
    async with live_bot(local, data_dir, news=held):
        local.slash(room.olive, room.general, "reindex")
        board = await board_that_says(local, room.general, "50%")
        assert board.button_labels == ["Cancel"]
        no = await local.click(room.alice, board, "Cancel").final()
        assert no.content == "Only members with the permission Manage Server may."
        assert held.is_indexing
        yes = await local.click(room.olive, board, "Cancel").final()
        assert yes.is_ephemeral
        await eventually(lambda: "was cancelled; what was read by then stays" in board.content)
        assert board.button_labels == []
        assert not held.is_indexing
        held.go_on.set()
        local.slash(room.olive, room.general, "reindex")
        assert (await board_that_says(local, room.general, "is done")).button_labels == []


async def test_the_progress_goes_to_the_asker_where_the_bot_may_not_write(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, held: HeldNews
):
    async with live_bot(local, data_dir, news=held):
        local.world.deny(room.general, local.world.bot, Permission.SEND_MESSAGES)
        told = await local.slash(room.olive, room.general, "reindex").final()
        await eventually(lambda: "50%" in told.content)
        held.go_on.set()
        await eventually(lambda: "is done" in told.content)
        assert boards(local, room.general) == []


async def test_a_board_that_somebody_deleted_does_no_harm(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, held: HeldNews
):
    async with live_bot(local, data_dir, news=held):
        told = await local.slash(room.olive, room.general, "reindex").final()
        board = await board_that_says(local, room.general, "50%")
        del room.general.messages[board.id]
        held.go_on.set()
        await eventually(lambda: "is done" in told.content)


async def test_a_run_that_fails_says_why(local: LoopbackDiscord, room: Newsroom, data_dir: Path):
    async with await NewsIndex.open(data_dir) as news:
        failing = HeldNews(news, StorageError("The disk is full; free some space."))
        failing.go_on.set()
        async with live_bot(local, data_dir, news=failing):
            local.slash(room.olive, room.general, "reindex")
            board = await board_that_says(local, room.general, "stopped")
            assert board.content == f"Reading the articles stopped. {UNREADABLE}"


async def test_a_database_that_is_damaged_is_not_described_to_everyone(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        damaged = b"no database" * 1000
        (data_dir / "pullquote.sqlite3").write_bytes(damaged)
        (data_dir / "pullquote.sqlite3-wal").write_bytes(damaged)
        with structlog.testing.capture_logs() as logs:
            local.slash(room.olive, room.general, "reindex")
            board = await board_that_says(local, room.general, "stopped")
        assert board.content == f"Reading the articles stopped. {UNREADABLE}"
        assert any("pullquote.sqlite3" in str(log.get("reason")) for log in logs)
        nothing_says(local, room.general, str(data_dir))


async def test_a_database_that_somebody_else_holds_is_not_described_to_everyone(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, tmp_path: Path
):
    path = tmp_path / "bot.sqlite3"
    async with (
        await Database.open(path, "bot.storage.migrations"),
        aiosqlite.connect(path, timeout=0.05, isolation_level=None) as writer,
        aiosqlite.connect(path, timeout=0.05, isolation_level=None) as reader,
        live_bot(local, data_dir, memory=Memory(Database(path, writer, reader), 30)),
    ):
        with closing(sqlite3.connect(path, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            with structlog.testing.capture_logs() as logs:
                told = await local.slash(room.olive, room.general, "search", query="storm").final()
        assert told.content == UNREADABLE
        assert any("in use by another program" in str(log.get("reason")) for log in logs)
        nothing_says(local, room.general, str(tmp_path))


async def test_reindexing_again_at_once_is_told_that_it_is_done(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        local.slash(room.olive, room.general, "reindex")
        await board_that_says(local, room.general, "is done")
        again = await local.slash(room.olive, room.general, "reindex").final()
        assert again.is_ephemeral
        assert again.content.startswith("The articles have just been read; wait 10 seconds")
        assert len(boards(local, room.general)) == 1


async def test_stopping_waits_six_seconds_at_most_for_a_discord_that_hangs(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, held: HeldNews
):
    async with live_bot(local, data_dir, news=held) as bot:
        local.slash(room.olive, room.general, "reindex")
        await board_that_says(local, room.general, "50%")
        local.faults.latency_seconds = 60
        started = time.perf_counter()
        await bot.client.close()
        # it is six, and a busy machine's own; who waited for Discord would take a minute
        assert time.perf_counter() - started < 20
        assert not held.is_indexing


async def test_stopping_the_bot_ends_the_run_and_says_so(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, held: HeldNews
):
    async with live_bot(local, data_dir, news=held) as bot:
        await local.slash(room.olive, room.general, "reindex").final()
        board = await board_that_says(local, room.general, "50%")
        await bot.client.close()
        assert board.content.startswith("Pullquote was stopped before all articles were read")
        assert not held.is_indexing


@pytest.mark.usefixtures("bot")
async def test_reindex_is_offered_in_servers_to_those_who_run_them(
    local: LoopbackDiscord, room: Newsroom
):
    with pytest.raises(CannotInvokeError):
        local.slash(room.alice, room.general, "reindex")
    with pytest.raises(CannotInvokeError):
        local.slash(room.olive, local.world.dm(room.olive), "reindex")


@pytest.mark.usefixtures("bot")
async def test_the_permission_is_asked_for_again_where_a_server_gave_the_command_to_all(
    local: LoopbackDiscord, room: Newsroom
):
    command = next(each for each in local.commands() if each["name"] == "reindex")
    command["default_member_permissions"] = None
    refused = await local.slash(room.alice, room.general, "reindex").final()
    assert refused.is_ephemeral
    assert refused.content == "Only members with the permission Manage Server may."
