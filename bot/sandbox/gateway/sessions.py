"""Sessions outlive connections: each keeps what it was told, so that it can be told again."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.sandbox.gateway.connection import Connection
    from bot.sandbox.wire import Intent, Payload
    from bot.sandbox.world.model import Guild

_KEPT_EVENTS = 5000


@dataclass(frozen=True)
class Dispatch:
    """An event with its place in a session's sequence."""

    sequence: int
    name: str
    payload: Payload


@dataclass(eq=False)
class Session:
    """One identified client (or one shard of it)."""

    intents: Intent
    shard_id: int = 0
    shard_count: int = 1
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    connection: Connection | None = None
    sequence: int = 0
    sent: deque[Dispatch] = field(default_factory=lambda: deque(maxlen=_KEPT_EVENTS))

    def hears_of(self, guild: Guild | None) -> bool:
        """Whether events of this server (None: direct conversations) go to this shard."""
        if guild is None:
            return self.shard_id == 0
        return (guild.id >> 22) % self.shard_count == self.shard_id

    def dispatch(self, name: str, payload: Payload) -> None:
        """Tell the client now, or when it resumes."""
        self.sequence += 1
        dispatch = Dispatch(self.sequence, name, payload)
        self.sent.append(dispatch)
        if self.connection is not None:
            self.connection.enqueue(dispatch)

    def can_replay_from(self, sequence: int) -> bool:
        """Whether everything after `sequence` is still known."""
        return not self.sent or sequence >= self.sent[0].sequence - 1

    def replay_from(self, sequence: int) -> None:
        """Tell again all that came after `sequence`."""
        for dispatch in self.sent:
            if dispatch.sequence > sequence and self.connection is not None:
                self.connection.enqueue(dispatch)


class Sessions:
    """All sessions of the bot, how often it identified and resumed, and ways to disturb it."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self.identify_count = 0
        self.resume_count = 0
        self._changed = asyncio.Event()

    def __iter__(self) -> Iterator[Session]:
        return iter(tuple(self._sessions.values()))

    @property
    def is_online(self) -> bool:
        """Whether the bot is connected now."""
        return any(session.connection is not None for session in self)

    @property
    def connections(self) -> list[Connection]:
        """The connections that are open now."""
        return [session.connection for session in self if session.connection is not None]

    def find(self, session_id: str) -> Session | None:
        """Return a session by its id."""
        return self._sessions.get(session_id)

    def identified(self, session: Session) -> None:
        """Remember a new session."""
        self._sessions[session.id] = session
        self.identify_count += 1
        self.touch()

    def resumed(self) -> None:
        """Count a session that was taken up again."""
        self.resume_count += 1
        self.touch()

    def touch(self) -> None:
        """Wake whoever waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until_online(self, timeout_seconds: float = 10.0) -> None:
        """Wait until the bot is connected. Raises TimeoutError."""
        await self._until(lambda: self.is_online, timeout_seconds)

    async def until_offline(self, timeout_seconds: float = 10.0) -> None:
        """Wait until no connection is left. Raises TimeoutError."""
        await self._until(lambda: not self.is_online, timeout_seconds)

    async def until_resumed(self, count: int = 1, timeout_seconds: float = 10.0) -> None:
        """Wait until the bot has resumed so many times. Raises TimeoutError."""
        await self._until(lambda: self.resume_count >= count, timeout_seconds)

    async def until_identified(self, count: int = 1, timeout_seconds: float = 10.0) -> None:
        """Wait until the bot has identified so many times. Raises TimeoutError."""
        await self._until(lambda: self.identify_count >= count, timeout_seconds)

    async def cut(self, code: int = 4000) -> None:
        """Close every connection; sessions can be resumed."""
        for connection in self.connections:
            await connection.close(code)

    async def ask_to_reconnect(self) -> None:
        """Send RECONNECT: the client shall come back and resume."""
        for connection in self.connections:
            await connection.ask_to_reconnect()

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Send INVALID SESSION; unless resumable, the sessions are forgotten."""
        for session in self:
            if session.connection is None:
                continue
            if not resumable:
                del self._sessions[session.id]
            await session.connection.invalidate(resumable=resumable)

    async def _until(self, is_met: Callable[[], bool], timeout_seconds: float) -> None:
        async with asyncio.timeout(timeout_seconds):
            while not is_met():
                await self._changed.wait()
