"""Waits for what the bot writes or edits in a channel."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from bot.sandbox.world.model import Channel, Message
    from bot.sandbox.world.world import Event, World


class MessageWatch:
    """Collects the bot's messages and edits in one channel, while its `with` block runs."""

    def __init__(
        self, world: World, channel: Channel, accepts: Callable[[Message], bool] | None = None
    ) -> None:
        self._world = world
        self._channel = channel
        self._accepts = accepts
        self._posted: asyncio.Queue[Message] = asyncio.Queue()
        self._edited: asyncio.Queue[Message] = asyncio.Queue()

    def __enter__(self) -> Self:
        self._world.subscribe(self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._world.unsubscribe(self._hear)

    async def posted(self, timeout_seconds: float = 5.0) -> Message:
        """Return the next message that was posted. Raises TimeoutError."""
        return await asyncio.wait_for(self._posted.get(), timeout_seconds)

    async def edited(self, timeout_seconds: float = 5.0) -> Message:
        """Return the next message that was edited. Raises TimeoutError."""
        return await asyncio.wait_for(self._edited.get(), timeout_seconds)

    def _hear(self, event: Event) -> None:
        message = event.message
        if message is None or message.channel is not self._channel:
            return
        if message.author is not self._world.bot:
            return
        if self._accepts is not None and not self._accepts(message):
            return
        if event.name == "MESSAGE_CREATE":
            self._posted.put_nowait(message)
        elif event.name == "MESSAGE_UPDATE":
            self._edited.put_nowait(message)
