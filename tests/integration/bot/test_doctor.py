"""`pullquote doctor` and `invite`, as they are typed, beside a Discord that answers or does not."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.wire import EVERYONE_MAY, Permission
from index import NewsIndex
from index.storage.feed_store import FeedStore
from tests.integration.bot.test_bot_process import environment
from tests.integration.operations.stored_news import execute
from tests.integration.typed import run_as_typed

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom

SECRET = "MTA5NDY2NTk3NjE0NzY0MDM0.GhXbZk.x_4vN2mQ8sT1uW5yA7cE9gI3kM6oR0pL2dF4hJ"


async def typed(
    local: LoopbackDiscord, data_dir: Path, *arguments: str, **variables: str
) -> tuple[int | None, str, str]:
    done = await asyncio.to_thread(
        run_as_typed,
        *("bot.sandbox.launch", "-m", "bot", *arguments),
        environment=environment(local, data_dir, **variables),
        directory=data_dir,  # where no developer's .env is
    )
    return done.returncode, done.stdout, done.stderr


async def examined(
    local: LoopbackDiscord, data_dir: Path, *options: str, **variables: str
) -> tuple[int | None, dict[str, dict[str, Any]]]:
    """The exit status, and the checks by name; of several with one name, the last."""
    status, output, errors = await typed(local, data_dir, "doctor", "--json", *options, **variables)
    assert errors == ""
    said = json.loads(output)
    assert said["ok"] == (status == 0)
    assert local.token not in output
    assert SECRET not in output
    return status, {check["name"]: check for check in said["checks"]}


async def test_what_is_well_is_told_as_well(local: LoopbackDiscord, room: Newsroom, data_dir: Path):
    status, checks = await examined(local, data_dir)
    assert status == 0
    for name in ("versions", "settings", "data directory", "news and search index", "feeds"):
        assert checks[name]["mark"] == "ok", checks[name]
    assert local.world.bot.name in checks["Discord"]["told"]
    assert "(servers: 1)" in checks["Discord"]["told"]
    assert checks["permissions"]["mark"] == "ok"
    assert checks["clock"]["mark"] == "ok"
    assert f"client_id={local.world.application_id}" in checks["invite"]["told"]
    assert room.guild.name not in str(checks)
    assert checks["token"]["mark"] == "warning"  # the local Discord's tokens look like none


async def test_permissions_that_are_missing_are_named(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    room.guild.everyone_may = EVERYONE_MAY & ~Permission.READ_MESSAGE_HISTORY
    status, checks = await examined(local, data_dir)
    assert status == 0
    found = checks["permissions"]
    assert found["mark"] == "warning"
    assert found["told"] == "in 'Newsroom' the bot lacks Read Message History"


async def test_a_token_that_discord_does_not_know_is_wrong(local: LoopbackDiscord, data_dir: Path):
    status, checks = await examined(local, data_dir, DISCORD_TOKEN=SECRET)
    assert status == 1
    assert checks["token"]["mark"] == "ok"
    assert checks["Discord"]["mark"] == "wrong"
    assert "does not know this token" in checks["Discord"]["told"]
    assert "copy the bot's token again" in checks["Discord"]["advice"]
    assert checks["news and search index"]["mark"] == "ok"


async def test_a_missing_token_is_wrong_and_the_rest_is_examined(
    local: LoopbackDiscord, data_dir: Path
):
    status, checks = await examined(local, data_dir, DISCORD_TOKEN="")
    assert status == 1
    assert checks["token"]["told"] == "There is no Discord token"
    assert checks["news and search index"]["mark"] == "ok"


async def test_a_discord_that_is_away_is_told_and_no_failure(
    local: LoopbackDiscord, data_dir: Path
):
    away = {"DISCORD_LOOPBACK_API": "http://127.0.0.1:9/api/v10"}
    status, checks = await examined(local, data_dir, **away)
    assert status == 0
    assert checks["Discord"]["mark"] == "warning"
    assert "--offline" in checks["Discord"]["advice"]


async def test_discord_is_not_asked_offline(local: LoopbackDiscord, data_dir: Path):
    _, checks = await examined(local, data_dir, "--offline", DISCORD_TOKEN=SECRET)
    assert "Discord" not in checks
    assert "client_id=109466597614764034" in checks["invite"]["told"]
    assert local.requests == []


async def test_every_wrong_setting_is_told(local: LoopbackDiscord, data_dir: Path):
    status, output, _ = await typed(
        local, data_dir, "doctor", PULLQUOTE_KEPT_DAYS="0", PULLQUOTE_LOGLEVEL="info"
    )
    assert status == 1
    lines = [line for line in output.splitlines() if line.startswith("wrong    settings: ")]
    assert len(lines) == 2
    assert "PULLQUOTE_KEPT_DAYS is '0'; it must be a whole number" in output


async def test_what_is_wrong_with_the_data_is_told_with_its_remedy(
    local: LoopbackDiscord, data_dir: Path
):
    (data_dir / "segments" / "manifest.json").write_text("no manifest", encoding="utf-8")
    _, checks = await examined(local, data_dir, "--offline")
    assert "next start of this version changes" in checks["news"]["told"]
    execute(data_dir / "pullquote.sqlite3", "PRAGMA user_version = 99")
    status, checks = await examined(local, data_dir, "--offline")
    assert (status, checks["news"]["advice"]) == (1, "upgrade Pullquote")


async def test_damaged_segments_are_told(local: LoopbackDiscord, data_dir: Path):
    next((data_dir / "segments").glob("*.segment")).unlink()
    status, checks = await examined(local, data_dir, "--offline")
    assert status == 1
    assert "--repair" in checks["segments"]["advice"]


async def test_no_news_is_no_failure_and_nothing_is_made(local: LoopbackDiscord, data_dir: Path):
    new = data_dir / "new"
    status, output, _ = await typed(local, data_dir, "doctor", "--offline", "--data-dir", str(new))
    assert status == 0
    assert f"there is none in {new} yet" in output
    assert not new.exists()


async def test_feeds_that_nobody_polls_are_told(local: LoopbackDiscord, data_dir: Path):
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        execute(
            news.database.path,
            "INSERT INTO feeds (url, kind, title, added_at, next_poll_at, failure) VALUES"
            " ('https://paper.example/feed', 'feed', 'The Paper', '2026-01-01T00:00:00+00:00',"
            " '2026-01-01T00:00:00+00:00', 'it is away')",
        )
        assert len(await FeedStore(news.database).all()) == 1
    status, output, _ = await typed(local, data_dir, "doctor", "--offline")
    assert status == 0
    assert "feeds: 1 failed last: The Paper; see `pullquote feeds list`" in output
    assert "no process polls; start `pullquote run`" in output


@pytest.mark.parametrize("token", [SECRET])
async def test_the_invitation_is_made_from_the_token(
    local: LoopbackDiscord, data_dir: Path, token: str
):
    status, output, _ = await typed(local, data_dir, "invite", DISCORD_TOKEN=token)
    assert status == 0
    assert output.startswith("https://discord.com/oauth2/authorize?client_id=109466597614764034&")
    assert local.requests == []
    status, _, errors = await typed(local, data_dir, "invite")
    assert status == 1
    assert errors.startswith("pullquote: The token has no application's id in it")
