from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.commands.verifying import PAUSE, Verifying
from bot.texts import RefusedError
from bot.views.index_state import Trouble, Verified
from index.errors import StorageError
from tests.unit.bot.views.followed import AT


class Check:
    """A check that waits for leave to end."""

    def __init__(self, error: Exception | None = None):
        self.begun = 0
        self.has_begun = asyncio.Event()
        self.is_ended_early = False
        self.may_end = asyncio.Event()
        self.now = AT
        self._error = error

    def clock(self):
        return self.now

    async def __call__(self) -> Verified:
        self.begun += 1
        self.has_begun.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.is_ended_early = True
            raise
        if self._error:
            raise self._error
        return Verified({Trouble.PASSAGES: self.begun})


async def test_those_who_ask_meanwhile_and_soon_after_are_told_the_same():
    check = Check()
    async with Verifying(check, check.clock) as verifying:
        asked = [asyncio.create_task(verifying.checked()) for _ in range(3)]
        await check.has_begun.wait()
        asked[0].cancel()  # one does not wait for it
        check.may_end.set()
        first, second = await asyncio.gather(*asked[1:])
        assert first is second
        check.now += PAUSE - timedelta(seconds=1)
        assert await verifying.checked() is first
        assert first.at == AT
        check.now += timedelta(seconds=1)
        again = await verifying.checked()
        assert again.found.troubles == {Trouble.PASSAGES: 2}
        assert again.at == AT + PAUSE


async def test_what_cannot_be_checked_is_not_tried_over_and_over():
    check = Check(StorageError("the disk is gone"))
    check.may_end.set()
    async with Verifying(check, check.clock) as verifying:
        for _ in range(2):
            with pytest.raises(StorageError):
                await verifying.checked()
        assert check.begun == 1


async def test_a_check_that_takes_too_long_is_ended():
    check = Check()
    async with Verifying(check, check.clock, longest_seconds=0.01) as verifying:
        with pytest.raises(RefusedError) as refused:
            await verifying.checked()
        assert "takes too long" in str(refused.value)
        assert check.is_ended_early


async def test_a_check_ends_with_the_bot_and_whoever_waits_learns_it():
    check = Check()
    async with Verifying(check, check.clock) as verifying:
        asked = asyncio.create_task(verifying.checked())
        await check.has_begun.wait()
    with pytest.raises(RefusedError) as refused:
        await asked
    assert "I was stopped before all was checked" in str(refused.value)
    assert check.is_ended_early
