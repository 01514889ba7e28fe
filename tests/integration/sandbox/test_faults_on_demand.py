"""Trouble that a bot must live with: rate limits, failing servers, slow answers."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from bot.sandbox import LoopbackDiscord, open_newsroom
from tests.integration.sandbox.running import ask_rest

if TYPE_CHECKING:
    from bot.sandbox import Exchange, Newsroom
    from tests.integration.sandbox.sample_bot import SampleBot

MESSAGES = r"/channels/\d+/messages$"


@pytest.mark.parametrize("is_global", [False, True])
async def test_the_client_waits_out_a_rate_limit(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot, *, is_global: bool
):
    local.faults.rate_limit("POST", MESSAGES, retry_after_seconds=0.1, times=2, is_global=is_global)
    started = time.monotonic()

    await local.ask(newsroom.alice, local.world.dm(newsroom.alice), "the storm?")

    assert time.monotonic() - started >= 0.2
    assert [each.status for each in sent_messages(local)] == [429, 429, 200]
    assert local.violations == []
    assert sample_bot.errors == []


async def test_the_client_tries_again_when_discord_fails(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    local.faults.fail("POST", MESSAGES, 502)

    answer = await local.ask(newsroom.alice, local.world.dm(newsroom.alice), "the storm?")

    assert "90mph" in answer.content
    assert [each.status for each in sent_messages(local)] == [502, 200]
    assert len(sample_bot.seen) == 1


async def test_answers_can_be_slow(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    local.faults.latency_seconds = 0.1

    interaction = await local.slash(newsroom.alice, newsroom.general, "publisher").done()

    assert interaction.latency_seconds is not None
    assert interaction.latency_seconds >= 0.1
    assert sample_bot.errors == []


async def test_faults_can_be_cleared(local: LoopbackDiscord):
    local.faults.fail("GET", "/users/@me", 500, times=5)
    assert (await ask_rest(local, "GET", "/users/@me"))[0] == 500

    local.faults.clear()

    assert (await ask_rest(local, "GET", "/users/@me"))[0] == 200


@pytest.mark.parametrize("path", ["/channels/general/messages", "/channels/1/messages?limit=x"])
async def test_parameters_are_judged_too(local: LoopbackDiscord, path: str):
    status, answer = await ask_rest(local, "GET", path)

    assert (status, answer["code"]) == (400, 50035)
    assert len(local.violations) == 1


async def test_without_a_judge_only_the_rules_are_kept():
    async with LoopbackDiscord(judged=False) as local:
        room = open_newsroom(local.world)
        path = f"/channels/{room.general.id}/messages"
        assert (await ask_rest(local, "POST", path, {"content": "x", "unknown": 1}))[0] == 200
        assert (await ask_rest(local, "POST", path, {"content": "x" * 2001}))[0] == 400
        assert local.violations == []


def test_jsonschema_rs_is_needed_for_judging_alone():
    code = (
        "import sys; sys.modules['jsonschema_rs'] = None\n"
        "from bot.sandbox import LoopbackDiscord, SandboxError\n"
        "LoopbackDiscord(judged=False)\n"
        "try: LoopbackDiscord()\n"
        "except SandboxError as error: print(error)"
    )

    done = subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )

    assert done.stdout == (
        "Judging the traffic needs jsonschema-rs: install it, or say judged=False.\n"
    )


async def test_what_does_not_exist_is_a_violation(local: LoopbackDiscord):
    status, _ = await ask_rest(local, "GET", "/nowhere")
    not_offered, _ = await ask_rest(local, "GET", "/voice/regions")
    wrong_token, _ = await ask_rest(local, "GET", "/users/@me", token="wrong")

    assert (status, not_offered, wrong_token) == (404, 501, 401)
    assert [violation.part for violation in local.violations] == ["route", "route"]


def sent_messages(local: LoopbackDiscord) -> list[Exchange]:
    return [each for each in local.requests if each.operation == "create_message"]
