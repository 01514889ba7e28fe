"""One interaction from the person's act to the message they end up reading."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from bot.sandbox.wire import CallbackType, InteractionType, Payload

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.world.model import Channel, Message, User


class Interaction:
    """What a person did, and everything that the app answered.

    `command_name` is set where a command was invoked. `original` is the first answer's message,
    or the message that was updated. `callback_type` and `callback` are the acknowledgement as it
    came.
    """

    def __init__(
        self,
        interaction_id: int,
        token: str,
        kind: InteractionType,
        user: User,
        channel: Channel,
        message: Message | None = None,
        *,
        deadline_seconds: float = 3.0,
    ) -> None:
        self.id = interaction_id
        self.token = token
        self.type = kind
        self.user = user
        self.channel = channel
        self.message = message
        self.deadline_seconds = deadline_seconds
        self.command_name: str | None = None
        self.callback_type: CallbackType | None = None
        self.callback: Payload = {}
        self.original: Message | None = None
        self.follow_ups: list[Message] = []
        self.follow_up_count = 0
        self.edit_count = 0
        self._created_at = time.monotonic()
        self._acknowledged_at: float | None = None
        self._changed = asyncio.Event()

    @property
    def age_seconds(self) -> float:
        """How long ago the person acted."""
        return time.monotonic() - self._created_at

    @property
    def is_acknowledged(self) -> bool:
        """Whether the app has answered or deferred."""
        return self._acknowledged_at is not None

    @property
    def latency_seconds(self) -> float | None:
        """From the act to the acknowledgement; None while there is none."""
        if self._acknowledged_at is None:
            return None
        return self._acknowledged_at - self._created_at

    @property
    def is_thinking(self) -> bool:
        """Whether the person still reads "thinking…"."""
        return self.original is not None and self.original.is_loading

    @property
    def modal(self) -> Payload | None:
        """The modal that the app opened, in wire form."""
        return self.callback if self.callback_type is CallbackType.MODAL else None

    @property
    def choices(self) -> list[Payload]:
        """What the app offered to complete an option with."""
        return list(self.callback.get("choices") or ())

    @property
    def messages(self) -> list[Message]:
        """The original and the follow-ups, in order."""
        return ([self.original] if self.original else []) + self.follow_ups

    def acknowledge(self, kind: CallbackType, callback: Payload, message: Message | None) -> None:
        """Record the first answer."""
        self._acknowledged_at = time.monotonic()
        self.callback_type, self.callback, self.original = kind, callback, message
        self.touch()

    def touch(self) -> None:
        """Wake whoever waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def done(self, timeout_seconds: float | None = None) -> Interaction:
        """Wait for the acknowledgement. Raises TimeoutError where none comes in time."""
        patience = self.deadline_seconds if timeout_seconds is None else timeout_seconds
        await self._until(lambda: self.is_acknowledged, patience)
        return self

    async def final(self, timeout_seconds: float = 10.0) -> Message:
        """Wait for the message that the person ends up reading: a deferral is waited out.

        Raises TimeoutError where none comes: no answer, or one without a message (a modal).
        """
        await self.done()
        await self._until(lambda: bool(self.original) and not self.is_thinking, timeout_seconds)
        if self.original is None:
            raise TimeoutError
        return self.original

    async def follow_up(self, number: int = 1, timeout_seconds: float = 10.0) -> Message:
        """Wait for the n-th follow-up message (from 1; what resolves a deferral is none)."""
        await self._until(lambda: len(self.follow_ups) >= number, timeout_seconds)
        return self.follow_ups[number - 1]

    async def edited(self, count: int = 1, timeout_seconds: float = 10.0) -> Message:
        """Wait until the original was edited so many times, and return it."""
        await self._until(lambda: self.edit_count >= count, timeout_seconds)
        if self.original is None:
            raise TimeoutError
        return self.original

    async def _until(self, is_met: Callable[[], bool], timeout_seconds: float) -> None:
        async with asyncio.timeout(timeout_seconds):
            while not is_met():
                await self._changed.wait()
