"""The gateway as clients meet it on a bad day: refused, cut, asked to come back, forgotten."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
import pytest

from bot.sandbox import CannotInvokeError, Intent, LoopbackDiscord, point_client
from tests.integration.sandbox.running import eventually, running
from tests.integration.sandbox.sample_bot import SampleBot

if TYPE_CHECKING:
    from bot.sandbox import Newsroom


async def failed_start(local: LoopbackDiscord, client: discord.Client, token: str) -> None:
    with point_client(local.api, local.gateway):
        async with client:
            await asyncio.wait_for(client.start(token), 5)


async def test_a_wrong_token_is_refused(local: LoopbackDiscord):
    with pytest.raises(discord.LoginFailure):
        await failed_start(local, SampleBot(), "wrong")


async def test_the_gateway_hangs_up_on_a_wrong_token(local: LoopbackDiscord):
    local.gateway_server.token = "another"

    with pytest.raises(discord.ConnectionClosed) as closed:
        await failed_start(local, SampleBot(), local.token)

    assert closed.value.code == 4004


async def test_privileged_intents_must_be_switched_on(local: LoopbackDiscord):
    local.gateway_server.approved_intents = Intent(0)

    with pytest.raises(discord.PrivilegedIntentsRequired):
        await failed_start(local, SampleBot(discord.Intents.all()), local.token)


async def test_a_client_whose_first_connection_fails_dies_with_an_attribute_error(
    local: LoopbackDiscord,
):
    """So a bot needs a new client for every attempt; see what the second one does."""
    local.faults.gateway_refusals = 1
    with pytest.raises(AttributeError):
        await failed_start(local, plain_client(), local.token)

    async with running(plain_client(), local):
        assert local.sessions.identify_count == 1


async def test_a_session_is_resumed_after_the_connection_was_cut(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    await local.sessions.cut()
    await local.sessions.until_resumed()

    answer = await local.ask(newsroom.alice, local.world.dm(newsroom.alice), "the storm?")

    assert "90mph" in answer.content
    assert local.sessions.identify_count == 1
    assert sample_bot.seen == ["the storm?"]


async def test_what_happened_while_the_client_was_away_is_told_when_it_resumes(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    conversation = local.world.dm(newsroom.alice)
    await local.sessions.ask_to_reconnect()
    await local.sessions.until_offline()

    answer = await local.ask(newsroom.alice, conversation, "the storm?")

    assert "90mph" in answer.content
    assert local.sessions.resume_count == 1
    assert sample_bot.seen == ["the storm?"]


async def test_a_forgotten_session_is_identified_again(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    await local.sessions.invalidate()
    await local.sessions.until_identified(2)  # the client sleeps for up to 5 s

    await local.slash(newsroom.alice, newsroom.general, "ask", question="the storm").final()

    assert local.sessions.resume_count == 0
    assert sample_bot.errors == []


async def test_heartbeats_are_acknowledged(local: LoopbackDiscord):
    local.gateway_server.heartbeat_seconds = 0.05
    async with running(SampleBot(), local) as client:
        beats = [each for each in local.gateway_server.received if each["op"] == 1]
        await eventually(lambda: len(beats_so_far(local)) >= len(beats) + 3)

        assert 0 < client.latency < 1


async def test_without_acknowledged_heartbeats_the_client_comes_back(local: LoopbackDiscord):
    local.gateway_server.heartbeat_seconds = 0.2
    async with running(SampleBot(heartbeat_timeout=0.3), local):
        local.faults.heartbeats_are_dropped = True
        await eventually(lambda: len(local.gateway_server.connections) > 1)
        local.faults.clear()

        await local.sessions.until_resumed()


async def test_interactions_need_a_bot_that_is_online(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    await sample_bot.close()
    await local.sessions.until_offline()

    with pytest.raises(CannotInvokeError, match="offline"):
        local.slash(newsroom.alice, newsroom.general, "ask", question="the storm")


def beats_so_far(local: LoopbackDiscord) -> list[object]:
    return [each for each in local.gateway_server.received if each["op"] == 1]


def plain_client() -> discord.Client:
    return discord.Client(intents=discord.Intents.default(), guild_ready_timeout=0.05)
