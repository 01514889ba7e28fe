"""Looking at addresses that people name: one at a time for each server, a few in all, not for long.

Whoever is at an address may never come to an end, and everybody's news needs the same places for
requests. Knows no Discord, and not how it is looked.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.texts import RefusedError, saying

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST_AT_ONCE = 3
# a site names some feeds, which are looked at one after the other
LONGEST_SECONDS = 60.0


class Looking:
    """Knows who is looking."""

    def __init__(self, longest_seconds: float = LONGEST_SECONDS):
        self._longest_seconds = longest_seconds
        self._servers: set[int] = set()

    @asynccontextmanager
    async def at_work(self, server_id: int) -> AsyncIterator[None]:
        """Look for a server inside. Raises RefusedError where it may not, or takes too long."""
        if server_id in self._servers:
            raise RefusedError(
                saying(
                    "An address is being looked at for this server already; wait for that to end, "
                    "then try again."
                )
            )
        if len(self._servers) >= MOST_AT_ONCE:
            raise RefusedError(
                saying("Many addresses are being looked at just now; try again in a minute.")
            )
        self._servers.add(server_id)
        try:
            async with asyncio.timeout(self._longest_seconds):
                yield
        except TimeoutError as error:
            raise RefusedError(
                saying("That address takes too long to answer; try again later.")
            ) from error
        finally:
            self._servers.discard(server_id)
