from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import LoopbackDiscord, Newsroom, open_newsroom
from tests.integration.sandbox.running import running
from tests.integration.sandbox.sample_bot import SampleBot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def local() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as discord:
        yield discord


@pytest.fixture
def newsroom(local: LoopbackDiscord) -> Newsroom:
    return open_newsroom(local.world)


@pytest.fixture
async def sample_bot(local: LoopbackDiscord, newsroom: Newsroom) -> AsyncIterator[SampleBot]:
    del newsroom  # the server is there before the bot is
    async with running(SampleBot(), local) as client:
        yield client
