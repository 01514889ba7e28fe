"""Turns: how many requests are under way at once, and how soon one host is asked again.

Whoever waits first is served first, one host at a time. Knows no HTTP, and no clock but the one
it is given.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

_FEW_HOSTS = 64


@dataclass(slots=True)
class _Host:
    """What is remembered of a host. `turn_count` are those who have a turn or wait for one."""

    places: asyncio.Semaphore
    next_start: float = 0.0
    turn_count: int = 0
    line: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """Hands out turns, at most `count` at once, of each host at most `host_count`."""

    def __init__(
        self,
        count: int,
        host_count: int,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ):
        self._places = asyncio.Semaphore(count)
        self._host_count = host_count
        self._now = now
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._many_hosts = _FEW_HOSTS

    @property
    def host_count(self) -> int:
        """How many hosts are remembered."""
        return len(self._hosts)

    @asynccontextmanager
    async def turn(self, host: str, spacing_seconds: float) -> AsyncIterator[None]:
        """Wait for a turn at a host; the next one starts at least `spacing_seconds` later."""
        self._forget_idle()
        state = self._hosts.get(host)
        if state is None:
            state = self._hosts[host] = _Host(asyncio.Semaphore(self._host_count))
        state.turn_count += 1
        try:
            async with state.places:
                await self._start(state, spacing_seconds)
                try:
                    yield
                finally:
                    self._places.release()
        finally:
            state.turn_count -= 1

    async def _start(self, state: _Host, spacing_seconds: float) -> None:
        """Wait for the host's time, then for a place among all; the first is told the start."""
        async with state.line:
            while (wait := state.next_start - self._now()) > 0:
                await self._sleep(wait)
            await self._places.acquire()
            state.next_start = self._now() + spacing_seconds

    def _forget_idle(self) -> None:
        """Drop hosts that nobody waits for, each time their number has doubled."""
        if len(self._hosts) < self._many_hosts:
            return
        now = self._now()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.turn_count or host.next_start > now
        }
        self._many_hosts = max(_FEW_HOSTS, 2 * len(self._hosts))
