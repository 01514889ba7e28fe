from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.communities.two_servers import at_work, follow_all, two_servers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord
    from tests.integration.communities.two_servers import TwoServers
    from tests.integration.gathering.following import Following, TurnableClock
    from tests.integration.news_site.site import NewsSite


@pytest.fixture
def servers(local: LoopbackDiscord, site: NewsSite, clock: TurnableClock) -> TwoServers:
    return two_servers(local, site, clock)


@pytest.fixture
async def reader(
    servers: TwoServers, site: NewsSite, clock: TurnableClock, tmp_path: Path
) -> AsyncIterator[Following]:
    """The bot at work, and all three feeds read."""
    async with at_work(servers, site, clock, tmp_path / "data") as (_, reader):
        await follow_all(servers, reader)
        yield reader
