"""Asking Discord, once and without a gateway, who the bot is and what it may do where."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.client.endings import interruption, refusal
from bot.client.errors import DisconnectedError
from bot.client.inviting import missing

if TYPE_CHECKING:
    from types import SimpleNamespace

_MOST_SERVERS = 200


@dataclass(frozen=True, slots=True)
class Introduction:
    """What Discord says of the bot.

    `lacking` names, by server, the permissions that the bot does not have there; of no more than
    200 servers. `clock_ahead_seconds` is how far this machine's clock is ahead of Discord's, None
    where Discord told no time.
    """

    name: str
    application_id: int
    is_public: bool
    server_count: int
    lacking: dict[str, list[str]]
    clock_ahead_seconds: float | None


async def introduced(token: str, timeout_seconds: float = 10.0) -> Introduction:
    """Return what Discord says of the bot with this token.

    Raises StartError where Discord does not know it, DisconnectedError where Discord cannot be
    reached in time.
    """
    clock = _Clock()
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(clock.read)
    try:
        async with (
            asyncio.timeout(timeout_seconds),
            discord.AutoShardedClient(
                intents=discord.Intents.default(),
                http_trace=trace,
                max_ratelimit_timeout=timeout_seconds + 30,
            ) as client,
        ):
            await client.login(token)
            application = await client.application_info()
            servers = await client.http.get_guilds(_MOST_SERVERS)
            lacking = {each["name"]: missing(int(each["permissions"])) for each in servers}
            return Introduction(
                name=application.name,
                application_id=application.id,
                is_public=application.bot_public,
                server_count=application.approximate_guild_count,
                lacking={name: those for name, those in lacking.items() if those},
                clock_ahead_seconds=clock.ahead_seconds,
            )
    except TimeoutError:
        raise DisconnectedError(
            f"Discord has not answered within {timeout_seconds:.0f} s."
        ) from None
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        known = refusal(error) or interruption(error)
        raise known or DisconnectedError(f"Discord cannot be asked ({error}).") from error


class _Clock:
    """Compares this machine's clock with the times in answers, which are whole seconds."""

    ahead_seconds: float | None = None

    async def read(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        try:
            told = parsedate_to_datetime(ended.response.headers["Date"])
        except (KeyError, ValueError):
            return
        self.ahead_seconds = (datetime.now(UTC) - told).total_seconds()
