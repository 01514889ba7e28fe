"""Points the unmodified discord.py client at another Discord, and back again.

Nothing in the library is replaced: two addresses change. This is the only module that knows it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import yarl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

API_VARIABLE = "DISCORD_LOOPBACK_API"
GATEWAY_VARIABLE = "DISCORD_LOOPBACK_GATEWAY"


@contextmanager
def point_client(api: str, gateway: str) -> Iterator[None]:
    """Let every client made within talk to `api` and `gateway`; restores what was there before.

    The client looks at the addresses whenever it asks or connects, so stay within for as long as
    it runs. The addresses are the library's own, so this holds for the whole process.
    """
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, yarl.URL(gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@contextmanager
def point_client_by_environment(environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """Do the same with the addresses of two variables; without them, do nothing.

    `LoopbackDiscord.environment` holds them, for a bot in a process of its own.
    """
    variables = os.environ if environment is None else environment
    if API_VARIABLE not in variables or GATEWAY_VARIABLE not in variables:
        yield
        return
    with point_client(variables[API_VARIABLE], variables[GATEWAY_VARIABLE]):
        yield
