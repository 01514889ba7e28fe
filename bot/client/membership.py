"""Where the bot is, as events tell. What that means for what is kept is known elsewhere."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from datetime import datetime
    from typing import Any

    import discord

    from bot.client.standing import Listener
    from bot.commands.at_work import AtWork
    from bot.commands.leaving import Leaving


class Membership:
    """Notes the servers that the bot comes to and is removed from, until it ends."""

    def __init__(self, leaving: Leaving, at_work: AtWork):
        self._leaving = leaving
        self._at_work = at_work
        self._is_ending = False

    def end(self) -> None:
        """Note nothing any more: files are closed soon, and the next start notes what is left."""
        self._is_ending = True

    def listeners(self) -> Iterable[Listener]:
        """Return what is to be told of events, each by the name of its event."""
        yield self.on_guild_join
        yield self.on_guild_available
        yield self.on_guild_remove

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that the bot is in a server, which it may have been removed from before."""
        await self._note(self._leaving.come_back(guild.id))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Note the same, where an outage hid that the bot was added."""
        await self._note(self._leaving.come_back(guild.id, _joined_at(guild)))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that it is no more; an outage of Discord is told in another way."""
        await self._note(self._leaving.leave(guild.id))

    async def reconcile(self, guilds: Iterable[discord.Guild]) -> None:
        """Note where the bot is, since it may have missed some of it."""
        joined_at = {guild.id: _joined_at(guild) for guild in guilds}
        await self._note(self._leaving.reconcile(joined_at))

    async def _note(self, noting: Coroutine[Any, Any, None]) -> None:
        with closing(noting):
            if not self._is_ending:
                self._at_work.join()
                await noting


def _joined_at(guild: discord.Guild) -> datetime | None:
    # of a server in an outage nothing is known but its id
    return None if guild.unavailable else guild.me.joined_at
