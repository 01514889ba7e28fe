"""How the connection stands, as its events tell. Asks Discord nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from typing import Any, TypeAlias

    Listener: TypeAlias = Callable[..., Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether every shard is connected, and how well.

    `latency_seconds` is not finite before the first heartbeat was answered. `silence_seconds` is
    the time since the gateway last told of anything, None before it ever did; in quiet servers
    that may be long.
    """

    is_connected: bool
    latency_seconds: float
    server_count: int
    silence_seconds: float | None


class Shards:
    """Which shards are lost at the moment, and when any was last heard."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lost: set[int | None] = set()
        self._heard_at: float | None = None

    @property
    def are_all_there(self) -> bool:
        """Whether none is lost."""
        return not self._lost

    @property
    def silence_seconds(self) -> float | None:
        """How long nothing was heard, None before anything was."""
        return None if self._heard_at is None else self._clock() - self._heard_at

    def listeners(self) -> Iterable[Listener]:
        """Return what is to be told of events, each by the name of its event."""
        yield self.on_socket_event_type
        yield self.on_shard_disconnect
        yield self.on_shard_connect
        yield self.on_shard_resumed

    async def on_socket_event_type(self, _name: str) -> None:
        """Note that the gateway is not silent."""
        self._heard_at = self._clock()

    async def on_shard_disconnect(self, shard_id: int | None) -> None:
        """Note that a shard is away; discord.py makes its connection anew."""
        self._lost.add(shard_id)

    async def on_shard_connect(self, shard_id: int | None) -> None:
        """Note that it is back."""
        self._lost.discard(shard_id)

    async def on_shard_resumed(self, shard_id: int | None) -> None:
        """Note that it is back, and has missed nothing."""
        self._lost.discard(shard_id)
