"""Servers that the bot was removed from: forgotten after a while, as if it had never been there.

Whoever adds it again in time finds all as it was; later, nothing comes back. A server that Discord
cannot reach for a while is not left. Knows no client, only the ids of servers.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from index.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.commands.ports import FollowedFeeds
    from bot.storage.servers import Servers

FORGETTING_SECONDS = 3600.0
_log = structlog.stdlib.get_logger(__name__)


class Leaving:
    """Notes where the bot is; `clock` gives aware times.

    Never raises: what could not be noted is, at the next start.
    """

    def __init__(
        self,
        servers: Servers,
        left_days: int,
        clock: Callable[[], datetime],
        feeds: FollowedFeeds,
    ):
        self._servers = servers
        self._feeds = feeds
        self._grace = timedelta(days=left_days)
        self._clock = clock
        self._is_reconciled = False
        self._unnoted: dict[int, datetime] = {}

    async def leave(self, server_id: int) -> None:
        """Note that it has been removed from a server."""
        self._unnoted.pop(server_id, None)
        try:
            await self._servers.leave(server_id, self._clock())
        except StorageError as error:
            _log.warning("removal from a server not noted", reason=str(error))

    async def come_back(self, server_id: int, at: datetime | None = None) -> None:
        """Note that it is in a server, since an aware time or just now."""
        since = at or self._clock()
        try:
            if server_id in await self._servers.left_too_long(since, self._grace):
                # before it is forgotten that it was left, or its feeds could outlive that
                await self._feeds.forget_community(str(server_id))
            await self._servers.come_back(server_id, since, self._grace)
            self._unnoted.pop(server_id, None)
        except StorageError as error:
            self._unnoted[server_id] = since
            _log.warning("return to a server not noted", reason=str(error))

    async def reconcile(self, joined_at: Mapping[int, datetime | None]) -> None:
        """Note all servers that it is in, and since when; it has been removed from the others."""
        try:
            left, known = set(await self._servers.left()), await self._servers.known()
            known |= {int(each) for each in await self._feeds.communities() if each.isdecimal()}
        except StorageError as error:
            _log.warning("servers not read", reason=str(error))
            return
        for server_id in left & joined_at.keys():
            await self.come_back(server_id, joined_at[server_id])
        for server_id in known - left - joined_at.keys():
            await self.leave(server_id)
        self._is_reconciled = True

    async def forget(self) -> None:
        """Forget the servers that it was removed from too long ago.

        None before it is known where the bot is: it may have been added again meanwhile.
        """
        if not self._is_reconciled:
            return
        # or they would be forgotten as servers that it is not in
        for server_id, since in dict(self._unnoted).items():
            await self.come_back(server_id, since)
        if self._unnoted:
            return
        try:
            now = self._clock()
            for server_id in await self._servers.left_too_long(now, self._grace):
                # before it is forgotten that it was left, or its feeds could outlive that
                await self._feeds.forget_community(str(server_id))
            purged = await self._servers.purge(now, self._grace)
        except StorageError as error:
            _log.warning("servers not forgotten", reason=str(error))
            return
        if purged:
            _log.info("servers forgotten", count=len(purged))


async def keep_forgetting(
    leaving: Leaving, is_online: Callable[[], bool], every_seconds: float = FORGETTING_SECONDS
) -> None:
    """Forget, for ever, what is due; nothing while Discord does not tell where the bot is."""
    while True:
        await asyncio.sleep(every_seconds)
        if is_online():
            await leaving.forget()
