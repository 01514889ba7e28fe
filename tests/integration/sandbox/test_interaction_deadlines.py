"""Interactions are answered in time, once, and with a token that lives for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.sandbox import InteractionType
from tests.integration.sandbox.running import ask_rest, eventually

if TYPE_CHECKING:
    from bot.sandbox import Interaction, LoopbackDiscord, Newsroom
    from tests.integration.sandbox.sample_bot import SampleBot


async def answer(
    local: LoopbackDiscord, interaction: Interaction, kind: int = 4, content: str = "x"
) -> tuple[int, Any]:
    path = f"/interactions/{interaction.id}/{interaction.token}/callback"
    return await ask_rest(local, "POST", path, {"type": kind, "data": {"content": content}})


async def follow_up(local: LoopbackDiscord, token: str) -> tuple[int, Any]:
    path = f"/webhooks/{local.world.application_id}/{token}"
    return await ask_rest(local, "POST", path, {"content": "x"})


async def test_an_answer_after_the_deadline_finds_no_interaction(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    local.world.deadlines.acknowledge_seconds = 0.1

    interaction = local.slash(newsroom.alice, newsroom.general, "slow")
    await eventually(lambda: sample_bot.errors)

    assert not interaction.is_acknowledged
    (error,) = sample_bot.errors
    assert isinstance(error, discord.NotFound)
    assert error.code == 10062
    with pytest.raises(TimeoutError):
        await interaction.done(0.01)


async def test_a_token_dies(local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot):
    assert local.world.deadlines.token_seconds == 15 * 60
    local.world.deadlines.token_seconds = 0.0

    await local.slash(newsroom.alice, newsroom.general, "chatty", times=1).done()
    await eventually(lambda: sample_bot.errors)

    (error,) = sample_bot.errors
    assert isinstance(error, discord.HTTPException)
    assert (error.status, error.code) == (401, 50027)


async def test_an_interaction_is_acknowledged_once(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    interaction = local.slash(newsroom.alice, newsroom.general, "publisher")
    await interaction.done()

    status, body = await answer(local, interaction)

    assert sample_bot.errors == []
    assert (status, body["code"]) == (400, 40060)


async def test_an_unknown_token_leads_nowhere(local: LoopbackDiscord, newsroom: Newsroom):
    interaction = local.world.open_interaction(
        InteractionType.COMMAND, newsroom.alice, newsroom.general
    )

    assert (await follow_up(local, "unknown"))[1]["code"] == 10015
    assert (await follow_up(local, interaction.token))[1]["code"] == 10015
    status, body = await ask_rest(
        local, "POST", f"/interactions/{interaction.id}/unknown/callback", {"type": 5}
    )
    assert (status, body["code"]) == (404, 10062)


@pytest.mark.parametrize(
    ("acted", "callback"), [("COMMAND", 7), ("COMMAND", 6), ("COMMAND", 8), ("AUTOCOMPLETE", 4)]
)
async def test_an_answer_fits_what_was_asked(
    local: LoopbackDiscord, newsroom: Newsroom, acted: str, callback: int
):
    interaction = local.world.open_interaction(
        InteractionType[acted], newsroom.alice, newsroom.general
    )
    body = {"choices": []} if callback == 8 else {"content": "x"}
    path = f"/interactions/{interaction.id}/{interaction.token}/callback"

    status, refused = await ask_rest(local, "POST", path, {"type": callback, "data": body})

    assert (status, refused["code"]) == (400, 50035)
    assert not interaction.is_acknowledged


async def test_in_a_server_without_the_bot_an_interaction_has_five_follow_ups(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    foreign = local.world.add_guild("Elsewhere", newsroom.olive, has_bot=False)
    channel = local.world.add_channel(foreign, "general")

    interaction = local.slash(newsroom.alice, channel, "chatty", times=6)
    await eventually(lambda: sample_bot.errors)

    assert len(interaction.follow_ups) == 5
    (error,) = sample_bot.errors
    assert isinstance(error, discord.HTTPException)
    assert error.code == 40094
