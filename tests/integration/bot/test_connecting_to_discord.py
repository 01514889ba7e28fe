from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
import pytest
import structlog

from bot.app import stay_connected
from bot.client import DisconnectedError, PullquoteClient, StartError, connect
from bot.commands.message_content import MessageContent
from bot.sandbox import Intent, LoopbackDiscord, point_client
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.live import parts_over
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.commands.catalogue import Parts
    from bot.sandbox import Newsroom

NOWHERE = "http://127.0.0.1:9/api/v10", "ws://127.0.0.1:9/gateway"


@pytest.fixture
async def parts(data_dir: Path) -> AsyncIterator[Parts]:
    async with parts_over(data_dir) as (made, _news):
        yield made


def client(parts: Parts) -> PullquoteClient:
    return PullquoteClient(parts, guild_ready_timeout=0.02)


async def answers(local: LoopbackDiscord, room: Newsroom) -> None:
    reply = await local.ask(room.alice, local.world.dm(room.alice), FED_QUESTION)
    assert FED_SENTENCE in reply.content


@pytest.mark.usefixtures("bot")
async def test_a_cut_connection_is_resumed(local: LoopbackDiscord, room: Newsroom):
    await local.sessions.cut()
    await local.sessions.until_resumed()
    assert local.sessions.identify_count == 1
    await answers(local, room)


@pytest.mark.usefixtures("bot")
async def test_a_question_asked_while_the_bot_reconnects_is_answered(
    local: LoopbackDiscord, room: Newsroom
):
    await local.sessions.ask_to_reconnect()
    await local.sessions.until_offline()
    await answers(local, room)
    assert local.sessions.resume_count == 1


@pytest.mark.usefixtures("bot")
async def test_rate_limits_and_passing_errors_only_delay_an_answer(
    local: LoopbackDiscord, room: Newsroom
):
    local.faults.rate_limit("POST", r"/channels/\d+/messages", retry_after_seconds=0.05)
    await answers(local, room)
    local.faults.fail("POST", r"/channels/\d+/messages", 502)
    await answers(local, room)


async def test_a_wrong_token_is_explained_and_not_tried_again(local: LoopbackDiscord, parts: Parts):
    with point_client(local.api, local.gateway), pytest.raises(StartError) as raised:
        await asyncio.wait_for(stay_connected(lambda: client(parts), "wrong"), 5)
    assert "Discord does not know this token" in str(raised.value)
    assert "wrong" not in str(raised.value)


async def test_a_missing_intent_is_explained_and_not_tried_again(
    local: LoopbackDiscord, parts: Parts
):
    with point_client(local.api, local.gateway):
        task = asyncio.create_task(stay_connected(lambda: client(parts), local.token))
        await local.sessions.until_online()
        await local.sessions.cut(4014)
        with pytest.raises(StartError, match="switch on the privileged intents"):
            await asyncio.wait_for(task, 5)


async def test_the_bot_needs_no_privileged_intent(
    local: LoopbackDiscord, room: Newsroom, parts: Parts
):
    local.gateway_server.approved_intents = Intent(0)
    with point_client(local.api, local.gateway):
        task = asyncio.create_task(connect(made := client(parts), local.token))
        await local.sessions.until_online()
        await answers(local, room)
        await made.close()
        await task


async def test_a_refusal_of_discord_is_explained_and_not_tried_again(
    local: LoopbackDiscord, parts: Parts
):
    local.faults.fail("GET", "/users/@me", 403, message="Banned")
    with point_client(local.api, local.gateway), pytest.raises(StartError, match="Banned"):
        await asyncio.wait_for(stay_connected(lambda: client(parts), local.token), 5)


async def test_a_discord_that_cannot_be_reached_is_tried_again_with_a_new_client(
    local: LoopbackDiscord, room: Newsroom, parts: Parts
):
    made: list[PullquoteClient] = []

    def make_client() -> PullquoteClient:
        made.append(client(parts))
        return made[-1]

    with structlog.testing.capture_logs() as logs:
        with point_client(*NOWHERE):
            task = asyncio.create_task(stay_connected(make_client, local.token, 0.05))
            await eventually(lambda: len(made) == 3)
        waits = [log["wait_seconds"] for log in logs if "wait_seconds" in log]
        # the third attempt may have failed by now, too
        assert waits[:2] == [0.05, 0.1]
        assert all(
            "Discord cannot be reached" in log["event"]
            for log in logs
            if log["log_level"] == "warning"
        )
        with point_client(local.api, local.gateway):
            await local.sessions.until_online()
            await answers(local, room)
            await made[-1].close()
            await task


async def test_a_gateway_that_is_away_at_first_is_waited_for(
    local: LoopbackDiscord, room: Newsroom, parts: Parts
):
    """Stopping works meanwhile, though discord.py would go on for ever."""
    local.faults.gateway_refusals = 1
    with point_client(local.api, local.gateway):
        task = asyncio.create_task(connect(client(parts), local.token))
        await eventually(lambda: local.faults.gateway_refusals == 0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 2)
    assert not local.sessions.is_online
    del room


async def test_an_error_of_our_own_at_the_start_is_not_taken_for_a_bad_connection(
    local: LoopbackDiscord, data_dir: Path
):
    class Broken:
        searches = questions = servers = None

        @property
        def command_hashes(self) -> object:
            raise KeyError("a mistake")

    never = MessageContent("never")
    async with parts_over(data_dir, memory=Broken(), content=never) as (parts, _news):
        with point_client(local.api, local.gateway), pytest.raises(KeyError, match="a mistake"):
            await connect(client(parts), local.token)


@pytest.mark.parametrize(
    ("close_code", "told"),
    [
        (4004, "does not know this token"),
        (4010, "invalid shard"),
        (4011, "sharding required"),
        (4012, "no longer speaks the version"),
        (4013, "does not know the intents"),
        (4014, "switch on the privileged intents"),
    ],
)
async def test_a_gateway_that_refuses_for_good_is_explained_and_not_tried_again(
    local: LoopbackDiscord, room: Newsroom, parts: Parts, close_code: int, told: str
):
    del room
    with point_client(local.api, local.gateway):
        refused = client(parts)
        task = asyncio.create_task(stay_connected(lambda: refused, local.token))
        await eventually(lambda: refused.was_ready)
        await local.sessions.cut(close_code)
        with pytest.raises(StartError, match=told):
            await asyncio.wait_for(task, 5)


@pytest.mark.parametrize(("status", "told"), [(401, "know this token"), (403, "refuses the bot")])
async def test_a_gateway_address_that_is_refused_is_explained_and_not_tried_again(
    local: LoopbackDiscord, parts: Parts, status: int, told: str
):
    local.faults.fail("GET", "/gateway/bot", status)
    with point_client(local.api, local.gateway), pytest.raises(StartError, match=told):
        await asyncio.wait_for(stay_connected(lambda: client(parts), local.token), 5)


async def test_commands_that_cannot_be_registered_now_do_not_keep_the_bot_away(
    local: LoopbackDiscord, room: Newsroom, parts: Parts
):
    local.faults.fail("PUT", "/commands", 503)
    with point_client(local.api, local.gateway):
        task = asyncio.create_task(connect(made := client(parts), local.token))
        with structlog.testing.capture_logs() as logs:
            await local.sessions.until_online()
        await answers(local, room)
        await made.close()
        await task
    assert [log["event"] for log in logs if log["log_level"] == "warning"] == [
        "commands not registered; the next start tries again"
    ]
    assert local.commands() == []


async def test_commands_that_are_refused_for_good_are_an_error(
    local: LoopbackDiscord, parts: Parts
):
    local.faults.fail("PUT", "/commands", 403, message="Not yours")
    with point_client(local.api, local.gateway), pytest.raises(StartError, match="Not yours"):
        await asyncio.wait_for(connect(client(parts), local.token), 5)


async def test_the_next_attempt_waits_for_as_long_as_discord_asks(parts: Parts):
    class Limited(PullquoteClient):
        async def start(self, token: str, *, reconnect: bool = True) -> None:
            del token, reconnect
            raise discord.RateLimited(90.0)

    with structlog.testing.capture_logs() as logs:
        task = asyncio.create_task(stay_connected(lambda: Limited(parts), "token", 0.01))
        await eventually(lambda: any("wait_seconds" in log for log in logs))
        task.cancel()
        await asyncio.wait({task})
    assert [log["wait_seconds"] for log in logs if "wait_seconds" in log] == [90.0]


async def test_the_time_to_wait_is_read_from_the_answer_too(parts: Parts):
    class Limited(PullquoteClient):
        async def start(self, token: str, *, reconnect: bool = True) -> None:
            del token, reconnect
            raise discord.HTTPException(Reply(429, {"Retry-After": "120"}), "slow down")

    with pytest.raises(DisconnectedError) as raised:
        await connect(Limited(parts), "token")
    assert raised.value.retry_after_seconds == 120.0


class Reply:
    """As much of an HTTP reply as discord.py's errors look at."""

    def __init__(self, status: int, headers: dict[str, str] | None = None):
        self.status = status
        self.headers = headers or {}
        self.reason = "Because"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (discord.HTTPException(Reply(503), "down"), "Discord has a problem (503"),
        (discord.HTTPException(Reply(429), "slow down"), "Discord has a problem (429"),
        (discord.GatewayNotFound(), "Discord cannot be reached"),
        (TimeoutError(), "Discord cannot be reached (TimeoutError)"),
        (AttributeError("'NoneType' has no 'sequence'"), "The connection broke ('NoneType'"),
    ],
)
async def test_whatever_may_pass_is_worth_another_attempt(
    parts: Parts, error: Exception, told: str
):
    class Breaking(PullquoteClient):
        async def start(self, token: str, *, reconnect: bool = True) -> None:
            del token, reconnect
            self.is_set_up = True
            raise error

    with pytest.raises(DisconnectedError) as raised:
        await connect(Breaking(parts), "token")
    assert str(raised.value).startswith(told)
