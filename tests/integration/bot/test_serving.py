from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.app import serve
from bot.client import StartError
from bot.sandbox import point_client
from bot.setting_values import SettingsError
from bot.settings import Settings
from index import NewsIndex, StorageError
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom


pytestmark = pytest.mark.usefixtures("_logging_as_it_was")


def settings(local: LoopbackDiscord, data_dir: Path, **others: str) -> Settings:
    variables = {"DISCORD_TOKEN": local.token, "PULLQUOTE_DATA_DIR": str(data_dir), **others}
    return Settings.read({"PULLQUOTE_REFRESH_SECONDS": "0.1", **variables}, None)


async def test_the_bot_serves_until_a_signal_and_takes_up_new_news_meanwhile(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path, tmp_path: Path
):
    before = signal.getsignal(signal.SIGTERM)
    with point_client(local.api, local.gateway):
        serving = asyncio.create_task(serve(settings(local, data_dir)))
        await local.sessions.until_online()
        asked = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
        assert FED_SENTENCE in asked.text
        article = {"title": "Otters", "text": "The otters of Foxglove Lane won a medal on Friday."}
        (tmp_path / "otters.json").write_text(json.dumps([article]), encoding="utf-8")
        async with await NewsIndex.open(data_dir) as elsewhere:
            await elsewhere.ingest([tmp_path / "otters.json"])
        async with asyncio.timeout(20):
            while True:
                searched = local.slash(room.alice, room.general, "search", query="otters")
                if "won a medal" in (await searched.final()).text:
                    break
                await asyncio.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(serving, 20)
    assert not local.sessions.is_online
    assert signal.getsignal(signal.SIGTERM) == before


async def test_a_signal_is_heeded_before_the_data_are_open(local: LoopbackDiscord, data_dir: Path):
    before = signal.getsignal(signal.SIGTERM)
    with closing(sqlite3.connect(data_dir / "bot.sqlite3", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")  # the start waits for whoever writes
        with point_client(local.api, local.gateway):
            serving = asyncio.create_task(serve(settings(local, data_dir)))
            await eventually(lambda: signal.getsignal(signal.SIGTERM) != before)
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0.05)
            holder.execute("ROLLBACK")
            await asyncio.wait_for(serving, 20)
    assert local.requests == []
    assert signal.getsignal(signal.SIGTERM) == before


async def test_serving_ends_when_discord_does_not_let_the_bot_in(
    local: LoopbackDiscord, data_dir: Path
):
    wrong = settings(local, data_dir, DISCORD_TOKEN="wrong")
    with point_client(local.api, local.gateway), pytest.raises(StartError):
        await asyncio.wait_for(serve(wrong), 5)


async def test_serving_without_a_token_touches_nothing(local: LoopbackDiscord, tmp_path: Path):
    with pytest.raises(SettingsError, match="There is no Discord token"):
        await serve(settings(local, tmp_path / "data", DISCORD_TOKEN=""))
    assert not (tmp_path / "data").exists()


async def test_a_data_directory_of_its_own_can_be_named(local: LoopbackDiscord, tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(StorageError):
        await serve(settings(local, tmp_path / "data"), blocked / "data")
