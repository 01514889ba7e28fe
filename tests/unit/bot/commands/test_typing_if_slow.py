from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.commands.typing_if_slow import typing_if_slow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Room:
    """A channel that notes whether somebody types in it."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.ended = asyncio.Event()

    @asynccontextmanager
    async def typing(self) -> AsyncIterator[None]:
        self.began.set()
        yield
        self.ended.set()


async def answer_after(event: asyncio.Event) -> str:
    await event.wait()
    return "the answer"


async def test_nobody_types_for_what_is_answered_at_once():
    room, ready = Room(), asyncio.Event()
    ready.set()
    assert await typing_if_slow(cast("Any", room), answer_after(ready)) == "the answer"
    assert not room.began.is_set()


async def test_typing_is_shown_until_there_is_an_answer():
    room, ready = Room(), asyncio.Event()
    answering = asyncio.create_task(typing_if_slow(cast("Any", room), answer_after(ready)))
    await room.began.wait()
    ready.set()
    assert await answering == "the answer"
    assert room.ended.is_set()


async def test_typing_ends_with_the_first_words_of_something_long():
    room, ready, begun = Room(), asyncio.Event(), asyncio.Event()
    answering = asyncio.create_task(typing_if_slow(cast("Any", room), answer_after(ready), begun))
    await room.began.wait()
    begun.set()
    await room.ended.wait()
    assert not answering.done()
    ready.set()
    assert await answering == "the answer"


async def test_what_is_cancelled_stops_answering():
    room, never = Room(), asyncio.Event()
    stopped = asyncio.Event()

    async def answer() -> None:
        try:
            await never.wait()
        finally:
            stopped.set()

    answering = asyncio.create_task(typing_if_slow(cast("Any", room), answer()))
    await room.began.wait()
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    await stopped.wait()
