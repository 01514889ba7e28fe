"""The gateway's protocol, spoken by hand where the client would not go."""

from __future__ import annotations

import json
import zlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest
import zstandard

from bot.sandbox import Intent
from tests.integration.sandbox.running import eventually, running
from tests.integration.sandbox.sample_bot import SampleBot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.sandbox import LoopbackDiscord, Newsroom


def plain() -> Callable[[Any], str]:
    return lambda received: str(received.data)


def zlib_stream() -> Callable[[Any], str]:
    unpack = zlib.decompressobj()
    return lambda received: unpack.decompress(received.data).decode()


def zstd_stream() -> Callable[[Any], str]:
    unpack = zstandard.ZstdDecompressor().decompressobj()
    return lambda received: unpack.decompress(received.data).decode()


class HastyBot(SampleBot):
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify the next shard at once, not after 5 seconds."""


class RawClient:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse, decode: Callable[[Any], str]):
        self.socket = socket
        self._decode = decode

    async def hear(self) -> dict[str, Any]:
        received = await self.socket.receive(timeout=2)
        message: dict[str, Any] = json.loads(self._decode(received))
        return message

    async def hear_event(self, name: str) -> Any:
        while True:
            message = await self.hear()
            if message["t"] == name:
                return message["d"]

    async def say(self, opcode: int, payload: Any) -> None:
        await self.socket.send_json({"op": opcode, "d": payload})

    async def identify(self, local: LoopbackDiscord, **more: Any) -> None:
        asked = {"token": local.token, "intents": int(Intent.GUILDS), "properties": {}}
        await self.say(2, asked | more)

    async def close_code(self) -> int | None:
        while not self.socket.closed:
            await self.socket.receive(timeout=2)
        return self.socket.close_code


@asynccontextmanager
async def raw_client(
    local: LoopbackDiscord, compress: str | None = None, version: int = 10
) -> AsyncIterator[RawClient]:
    decoders = {None: plain, "zlib-stream": zlib_stream, "zstd-stream": zstd_stream}
    query = f"?v={version}&encoding=json" + (f"&compress={compress}" if compress else "")
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(local.gateway + query) as socket,
    ):
        yield RawClient(socket, decoders[compress]())


@pytest.mark.parametrize("compress", [None, "zlib-stream", "zstd-stream"])
async def test_a_session_opens_with_hello_ready_and_the_servers(
    local: LoopbackDiscord, newsroom: Newsroom, compress: str | None
):
    async with raw_client(local, compress) as client:
        hello = await client.hear()
        await client.identify(local)
        ready, created = await client.hear(), await client.hear()

    assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
    assert (ready["t"], ready["s"], ready["d"]["user"]["username"]) == ("READY", 1, "pullquote")
    assert (created["t"], created["d"]["name"]) == ("GUILD_CREATE", newsroom.guild.name)


async def test_the_client_speaks_with_zstd(local: LoopbackDiscord):
    async with running(SampleBot(), local):
        (connection,) = local.gateway_server.connections
        assert connection.compression == "zstd-stream"
        assert 0 < connection.packed_byte_count < connection.unpacked_byte_count


@pytest.mark.parametrize(
    ("opcode", "payload", "code"),
    [
        (2, {"token": "wrong", "intents": 0}, 4004),
        (2, {}, 4002),
        (2, "nonsense", 4002),
        (4, {}, 4001),
        (11, {}, 4001),
        (8, {"guild_id": "1"}, 4003),
    ],
)
async def test_the_gateway_hangs_up_with_the_code_for_the_mistake(
    local: LoopbackDiscord, opcode: int, payload: dict[str, Any], code: int
):
    async with raw_client(local) as client:
        await client.hear()
        await client.say(opcode, payload)

        assert await client.close_code() == code


async def test_a_shard_beyond_the_last_is_refused(local: LoopbackDiscord):
    async with raw_client(local) as client:
        await client.identify(local, shard=[2, 2])

        assert await client.close_code() == 4010


async def test_nobody_identifies_twice(local: LoopbackDiscord):
    async with raw_client(local) as client:
        await client.identify(local)
        await client.identify(local)

        assert await client.close_code() == 4005


async def test_other_versions_of_the_protocol_are_not_spoken(local: LoopbackDiscord):
    async with raw_client(local, version=9) as client:
        assert await client.close_code() == 4012


async def test_a_silent_gateway_accepts_a_connection_and_says_nothing(local: LoopbackDiscord):
    local.faults.gateway_is_silent = True
    async with raw_client(local) as client:
        await client.identify(local)
        with pytest.raises(TimeoutError):
            await client.socket.receive(timeout=0.1)
        assert not client.socket.closed

    local.faults.clear()

    async with raw_client(local) as client:
        assert (await client.hear())["op"] == 10


async def test_an_open_session_is_not_answered_while_the_gateway_is_silent(local: LoopbackDiscord):
    async with raw_client(local) as client:
        await client.identify(local)
        await client.hear_event("READY")
        local.faults.gateway_is_silent = True
        await client.say(1, None)
        with pytest.raises(TimeoutError):
            await client.socket.receive(timeout=0.1)

        local.faults.gateway_is_silent = False

        await client.say(1, None)
        assert (await client.hear())["op"] == 11


async def test_an_unknown_session_is_not_resumed(local: LoopbackDiscord):
    async with raw_client(local) as client:
        await client.hear()
        await client.say(6, {"token": local.token, "session_id": "unknown", "seq": 1})
        answer = await client.hear()

    assert (answer["op"], answer["d"]) == (9, False)


@pytest.mark.parametrize(
    ("intents", "text", "heard"),
    [
        (discord.Intents(guilds=True, guild_messages=True), "hello", [""]),
        (
            discord.Intents(guilds=True, guild_messages=True, message_content=True),
            "hello",
            ["hello"],
        ),
        (discord.Intents(guilds=True), "hello", []),
    ],
)
async def test_a_message_is_told_by_intent(
    local: LoopbackDiscord,
    newsroom: Newsroom,
    intents: discord.Intents,
    text: str,
    heard: list[str],
):
    async with running(SampleBot(intents), local) as client:
        local.say(newsroom.alice, newsroom.general, text)
        await local.slash(newsroom.alice, newsroom.general, "alert").done()  # told afterwards

        assert client.seen == heard


async def test_content_is_told_without_the_intent_where_it_is_meant_for_the_bot(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    mention = f"{local.world.bot.mention} storm?"
    answer = await local.ask(newsroom.alice, newsroom.general, mention)
    await local.ask(newsroom.alice, newsroom.general, "merger?", reply_to=answer)
    await local.ask(newsroom.alice, local.world.dm(newsroom.alice), "rates?")

    assert sample_bot.seen == [mention, "merger?", "rates?"]


async def test_each_shard_hears_of_its_own_servers(local: LoopbackDiscord, newsroom: Newsroom):
    local.world.recommended_shard_count = 2
    other = local.world.add_guild("Other", newsroom.olive)
    while (other.id >> 22) % 2 == (newsroom.guild.id >> 22) % 2:
        other.id = local.world.snowflakes.next()
    local.world.guilds = {guild.id: guild for guild in (newsroom.guild, other)}
    elsewhere = local.world.add_channel(other, "elsewhere")

    async with running(HastyBot(), local) as client:
        assert len(client.shards) == local.sessions.identify_count == 2
        for channel in (newsroom.general, elsewhere):
            await local.slash(newsroom.olive, channel, "ask", question="storm?").final()

    told = [{each.name for each in session.sent} for session in local.sessions]
    assert [names >= {"GUILD_CREATE", "INTERACTION_CREATE"} for names in told] == [True, True]


async def test_members_are_told_when_asked_for(newsroom: Newsroom, sample_bot: SampleBot):
    guild = sample_bot.get_guild(newsroom.guild.id)
    assert guild is not None

    found = await guild.query_members("al")
    by_id = await guild.query_members(user_ids=[newsroom.olive.id, 5])

    assert [member.id for member in found] == [newsroom.alice.id]
    assert [member.id for member in by_id] == [newsroom.olive.id]


async def test_the_client_learns_of_servers_it_joins_and_leaves(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    other = local.world.add_guild("Other", newsroom.olive, has_bot=False)
    local.world.add_channel(other, "elsewhere")

    local.world.invite_bot(other)
    await eventually(lambda: sample_bot.get_guild(other.id))
    local.world.remove_bot(other)

    await eventually(lambda: sample_bot.get_guild(other.id) is None)
