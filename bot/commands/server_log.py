"""What those who run a server are told in a channel of their choice: what changed, what is wrong.

Whatever it tells is also in the program's own log or in an answer, so nothing here ever fails.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import discord
import structlog

from bot.commands.askers import community_of
from bot.commands.failures import UNSENT
from bot.commands.lately import SaidLately
from bot.views.server_log import (
    changed_content,
    feeds_content,
    lacking_content,
    lacking_threads_content,
    paused_content,
)
from bot.views.settings import changes_told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.commands.speaking import Speaking
    from bot.storage.alerts import Alert, Pause
    from bot.storage.servers import Servers, ServerSettings
    from bot.texts import Texts
    from index.model import Feed

_log = structlog.stdlib.get_logger(__name__)


class ServerLog:
    """Writes to the channels that servers have chosen, in their languages."""

    def __init__(self, client: discord.Client, servers: Servers, speaking: Speaking):
        self._client = client
        self._servers = servers
        self._speaking = speaking
        self._lately = SaidLately()
        self._threads_lately = SaidLately()

    async def changed(
        self,
        interaction: discord.Interaction[Any],
        before: ServerSettings,
        after: ServerSettings,
    ) -> None:
        """Tell who changed what; also where it was told so far, if that is another channel now."""
        person_id, languages = interaction.user.id, self._speaking.languages

        def content(texts: Texts) -> str:
            return changed_content(person_id, changes_told(before, after, languages, texts), texts)

        if interaction.guild_id is not None and before != after:
            for channel_id in dict.fromkeys((before.log_channel_id, after.log_channel_id)):
                await self._tell(interaction.guild_id, channel_id, content)

    async def lacking(self, channel: discord.abc.GuildChannel | discord.Thread) -> None:
        """Tell that the bot may not write in a channel in which it was asked; once an hour."""
        in_thread = isinstance(channel, discord.Thread)
        channel_id = channel.id
        if self._lately.is_new(channel_id):
            await self._tell_server(
                channel.guild.id,
                lambda texts: lacking_content(channel_id, texts, in_thread=in_thread),
            )

    async def lacking_threads(self, channel: discord.TextChannel) -> None:
        """Tell that the bot may not open threads in a channel; once an hour."""
        channel_id = channel.id
        if self._threads_lately.is_new(channel_id):
            _log.warning(
                "may not open threads; give the bot Create Public Threads and Send Messages in "
                "Threads there",
                channel=str(channel_id),
            )
            await self._tell_server(
                channel.guild.id, lambda texts: lacking_threads_content(channel_id, texts)
            )

    async def paused(self, alert: Alert, reason: Pause) -> None:
        """Tell that an alert of one of a server's channels cannot be told any more."""
        if alert.target.guild_id is not None:
            await self._tell_server(
                alert.target.guild_id, lambda texts: paused_content(alert, reason, texts)
            )

    async def broken(self, feeds: Sequence[Feed]) -> None:
        """Tell every server that there is trouble with everybody's feeds, or with its own."""
        for guild_id in self._servers.decided() if feeds else ():
            seen = [each for each in feeds if each.community in {None, community_of(guild_id)}]
            if seen:
                await self._tell_server(guild_id, partial(feeds_content, seen))

    async def told(self, guild_id: int | None, content: Callable[[Texts], str]) -> None:
        """Tell a server something that was done for it."""
        if guild_id is not None:
            await self._tell_server(guild_id, content)

    async def _tell_server(self, guild_id: int, content: Callable[[Texts], str]) -> None:
        await self._tell(guild_id, self._servers.of(guild_id).log_channel_id, content)

    async def _tell(
        self, guild_id: int, channel_id: int | None, content: Callable[[Texts], str]
    ) -> None:
        guild = self._client.get_guild(guild_id)
        if channel_id is None or guild is None or guild.unavailable:
            return
        texts = await self._speaking.in_server(guild)
        channel = self._client.get_partial_messageable(channel_id, guild_id=guild_id)
        try:
            await channel.send(content(texts), suppress_embeds=True)
        except UNSENT as error:
            # /diagnose tells why
            _log.info("server not told", server=str(guild_id), reason=str(error))
