"""Brings what alerts say to Discord, and tells what its refusals mean for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.commands.alerting import Unsent
from bot.commands.syncing import may_pass
from bot.storage.alerts import Pause

if TYPE_CHECKING:
    from bot.storage.alerts import Target

_log = structlog.stdlib.get_logger(__name__)

_TOO_MANY_REQUESTS = 429
# a person that Discord lets no app write to
_CANNOT_WRITE = {50007, 50033, 50278}


class AlertSending:
    """Sends through a client."""

    def __init__(self, client: discord.Client):
        self._client = client

    async def send(self, target: Target, content: str, nonce: str) -> Pause | Unsent | None:
        """Send a message; None where it has arrived."""
        try:
            channel = await self._channel(target)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            # nothing was sent to it yet
            failure = meaning(error, target)
            return Unsent.SURELY if failure is Unsent.PERHAPS else failure
        try:
            await channel.send(content, nonce=nonce, suppress_embeds=True)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            _log.info("alert not sent", post=nonce, reason=str(error))
            return meaning(error, target)
        return None

    async def _channel(self, target: Target) -> discord.abc.Messageable:
        if target.channel_id is not None:
            return self._client.get_partial_messageable(target.channel_id)
        if target.user_id is None:
            raise ValueError("an alert without a channel has a person")
        return await self._client.create_dm(discord.Object(target.user_id))


def meaning(error: Exception, target: Target) -> Pause | Unsent:
    """Return what it means for an alert that Discord could not be reached, or refused."""
    if isinstance(error, discord.RateLimited | aiohttp.ClientConnectorError):
        return Unsent.SURELY
    if not isinstance(error, discord.HTTPException):
        return Unsent.PERHAPS
    is_direct = target.channel_id is None
    if isinstance(error, discord.NotFound):
        return Pause.GONE
    if isinstance(error, discord.Forbidden) or (is_direct and error.code in _CANNOT_WRITE):
        return Pause.CLOSED if is_direct else Pause.FORBIDDEN
    if error.status == _TOO_MANY_REQUESTS:
        return Unsent.SURELY
    return Unsent.PERHAPS if may_pass(error) else Unsent.NEVER
