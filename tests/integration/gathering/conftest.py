from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.gathering.following import Following, TurnableClock, following

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from index import NewsIndex
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.site import NewsSite


@pytest.fixture
def daily(site: NewsSite) -> Outlet:
    return site.outlet("daily.test", name="The Daily")


@pytest.fixture
async def reader(news: NewsIndex, site: NewsSite, clock: TurnableClock) -> AsyncIterator[Following]:
    async with following(news, site, clock) as reader:
        yield reader
