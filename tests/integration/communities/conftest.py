from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.gathering.following import TurnableClock
from tests.integration.news_site.site import NewsSite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
async def site(clock: TurnableClock) -> AsyncIterator[NewsSite]:
    async with NewsSite(clock=clock) as site:
        yield site
