"""A part of the web on this machine: outlets that publish news, behind one loopback port.

    async with NewsSite() as site:
        daily = site.outlet("daily.test", name="The Daily")
        story = daily.publish()
        ... daily.feed_url() is fetched with site.resolver(), or site.local(daily.feed_url())
        assert site.visits.statuses("daily.test", "feed.xml") == [200, 304]

Names end in `.test`, which belongs to nobody. What a person reads goes over HTTP, not HTTPS.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from aiohttp import web

from tests.integration.news_site.links import LOOPBACK, Links
from tests.integration.news_site.newsroom import Newsroom
from tests.integration.news_site.outlet import Outlet
from tests.integration.news_site.resolving import SiteResolver
from tests.integration.news_site.serving import Reception
from tests.integration.news_site.stories import StoryWriter
from tests.integration.news_site.visits import Visits

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


def _utc_now() -> datetime:
    return datetime.now(UTC)


class NewsSite:
    """Listens from `start` to `stop`, or for as long as it is entered; on any free port."""

    def __init__(
        self, *, seed: str | int = 0, clock: Callable[[], datetime] = _utc_now, port: int = 0
    ) -> None:
        self.port = port
        self.clock = clock
        self.writer = StoryWriter(seed)
        self.outlets: dict[str, Outlet] = {}
        self.visits = Visits()
        self._runner: web.AppRunner | None = None

    def outlet(self, host: str, *, name: str | None = None) -> Outlet:
        """Found an outlet."""
        if not host.endswith(".test") or host in self.outlets:
            raise ValueError(f"{host!r} does not end in .test, or is there already")
        room = Newsroom(host, name or f"The {host.partition('.')[0].title()}")
        outlet = Outlet(room, self.writer, self.clock)
        self.outlets[host] = outlet
        return outlet

    def resolver(self) -> SiteResolver:
        """Return what knows every `.test` name, and nothing else."""
        return SiteResolver(self.port)

    def local(self, url: str) -> str:
        """Return an address that needs no resolver: the host becomes the first part of the path."""
        return Links(self.port).rewritten(url)

    @property
    def hosts(self) -> dict[str, tuple[str, int]]:
        """Where each outlet listens, for a process of its own to resolve its name."""
        return dict.fromkeys(self.outlets, (LOOPBACK, self.port))

    async def start(self) -> Self:
        app = web.Application(client_max_size=2**16)
        app.router.add_route("*", "/{path:.*}", Reception(self.outlets, self.visits).handle)
        runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True
        )
        await runner.setup()
        await web.TCPSite(runner, LOOPBACK, self.port).start()
        self._runner = runner
        self.port = runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()
