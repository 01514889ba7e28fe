"""How long one request may take in all, whatever it consists of. Knows nothing of the web."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class TimeBudget:
    """The seconds that a request has for all its redirects; waiting for a turn costs none."""

    def __init__(self, seconds: float):
        self._left = seconds

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Raise TimeoutError when what is done within takes longer than what is left."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self._left -= loop.time() - started
