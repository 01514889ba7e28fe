"""Discord's description, made stricter than it is, must not refuse what the real client sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import Violation
from tests.integration.sandbox.busy_bot import BusyBot, busy_elsewhere, busy_in_channel, text_file
from tests.integration.sandbox.running import ask_rest, eventually, running

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Newsroom


async def test_nothing_that_the_client_sends_is_refused(local: LoopbackDiscord, newsroom: Newsroom):
    async with running(BusyBot(), local) as client:
        said = local.say(newsroom.alice, newsroom.general, "hello")
        guild = client.get_guild(newsroom.guild.id)
        channel = client.get_channel(newsroom.general.id)
        assert guild is not None
        await busy_in_channel(client, channel, said.id)
        await busy_elsewhere(client, guild, newsroom.alice.id)
        interaction = local.slash(
            newsroom.olive,
            newsroom.general,
            "everything",
            kind="a",
            count=3,
            share=0.5,
            who=newsroom.alice,
            where=newsroom.general,
        )
        await interaction.done()
        await eventually(lambda: local.requests[-1].operation == "delete_original_webhook_message")

    assert client.failures == []
    assert [str(violation) for violation in local.violations] == []
    assert {each.status for each in local.requests} <= {200, 201, 204}
    assert len({each.operation for each in local.requests}) >= 27


async def test_a_file_that_was_sent_can_be_fetched(local: LoopbackDiscord, newsroom: Newsroom):
    async with running(BusyBot(), local) as client:
        channel = client.get_channel(newsroom.general.id)
        sent = await channel.send(file=text_file())

        assert await sent.attachments[0].read() == b"abc"


async def test_a_misspelt_key_is_a_violation(local: LoopbackDiscord, newsroom: Newsroom):
    path = f"/channels/{newsroom.general.id}/messages"

    status, body = await ask_rest(local, "POST", path, {"contents": "hello"})

    (violation,) = local.violations
    assert isinstance(violation, Violation)
    assert "contents: is not a known key" in str(violation)
    assert violation.operation == "create_message"
    assert status == 400
    assert body["code"] == 50035
