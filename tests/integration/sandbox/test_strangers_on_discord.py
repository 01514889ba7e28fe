"""Sites elsewhere cannot use the browser of whoever runs the local Discord to speak with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.sandbox import LoopbackDiscord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox import Newsroom

ORIGINS = ["https://evil.example", "http://127.0.0.1:1", "null"]
HOSTS = ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::2]:80", ""]


@pytest.fixture
async def http(local: LoopbackDiscord) -> AsyncIterator[aiohttp.ClientSession]:
    """Hold the token, so that only the guard can be what refuses."""
    headers = {"Authorization": f"Bot {local.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        yield session


@pytest.mark.parametrize("headers", [{"Origin": each} for each in ORIGINS])
async def test_the_gateway_opens_for_no_other_site(
    local: LoopbackDiscord, http: aiohttp.ClientSession, headers: dict[str, str]
):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await http.ws_connect(f"{local.gateway}?v=10&encoding=json", headers=headers)

    assert refusal.value.status == 403
    assert local.gateway_server.connections == []


async def test_the_gateway_opens_under_no_other_name(
    local: LoopbackDiscord, http: aiohttp.ClientSession
):
    headers = {"Host": "evil.example"}
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await http.ws_connect(f"{local.gateway}?v=10&encoding=json", headers=headers)

    assert refusal.value.status == 403


@pytest.mark.parametrize(
    "headers", [{"Origin": each} for each in ORIGINS] + [{"Host": each} for each in HOSTS]
)
async def test_the_api_takes_no_orders_from_strangers(
    local: LoopbackDiscord,
    newsroom: Newsroom,
    http: aiohttp.ClientSession,
    headers: dict[str, str],
):
    address = f"{local.api}/channels/{newsroom.general.id}/messages"

    async with http.post(address, json={"content": "hello"}, headers=headers) as response:
        assert response.status == 403

    assert newsroom.general.messages == {}
    assert local.requests == []


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
async def test_this_machine_is_served_by_each_of_its_names(
    local: LoopbackDiscord, http: aiohttp.ClientSession, name: str
):
    for host in (name, f"{name}:{local.port}"):
        headers = {"Host": host}
        async with http.get(f"{local.api}/users/@me", headers=headers) as response:
            assert response.status == 200


async def test_uploads_are_shown_to_no_other_site(
    local: LoopbackDiscord, http: aiohttp.ClientSession
):
    address = f"{local.world.address}/attachments/1/article.txt"
    async with http.get(address, headers={"Host": "evil.example"}) as response:
        assert response.status == 403
    async with http.get(address) as response:
        assert response.status == 404


def test_each_local_discord_has_a_token_of_its_own():
    first, second = LoopbackDiscord(judged=False).token, LoopbackDiscord(judged=False).token

    assert first != second
    assert re.fullmatch(r"[\w.-]{43,}", first)


def test_a_token_can_be_chosen():
    assert LoopbackDiscord(token="mine", judged=False).token == "mine"
