"""Serves the page: its files, what there is to see, and what the person does."""

from __future__ import annotations

import asyncio
import secrets
from importlib.resources import files
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.listening import Listener
from bot.sandbox.page.deeds import Deeds
from bot.sandbox.page.desk import Door
from bot.sandbox.page.guarding import guard
from bot.sandbox.page.showing import shown, viewpoint
from bot.sandbox.page.typists import Typists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.loopback import LoopbackDiscord
    from bot.sandbox.newsroom import Newsroom
    from bot.sandbox.page.desk import Desk
    from bot.sandbox.world.world import Event

_TYPES: Mapping[str, str] = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}
_PATIENCE_SECONDS = 20.0
_GLANCE_SECONDS = 0.05
_LARGEST_ORDER = 64 * 2**10


class Page(Listener):
    """The page of one local Discord, which opens in the newsroom as its reader.

    async with Page(discord, newsroom, port=8766) as page:
        print(page.url)

    With a desk, whoever opens it by its `own_url` can hand in news there.
    """

    def __init__(
        self,
        discord: LoopbackDiscord,
        newsroom: Newsroom,
        *,
        port: int = 0,
        desk: Desk | None = None,
    ) -> None:
        super().__init__(port, goodbye_seconds=0.1)
        self._discord = discord
        self._newsroom = newsroom
        self._deeds = Deeds(discord)
        self._typists = Typists()
        self._key = secrets.token_urlsafe(16)
        self._door = Door(desk, self._key) if desk else None
        self._event_count = 0

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"{self.address}/"

    @property
    def own_url(self) -> str:
        """Where the page is, with the key to its desk, which browsers keep to themselves."""
        return f"{self.url}#{self._key}"

    async def start(self) -> None:
        """Serve it. With port 0, any free one is taken."""
        app = web.Application(middlewares=[guard], client_max_size=_LARGEST_ORDER)
        app.router.add_get("/", self._file)
        app.router.add_get("/state", self._state)
        app.router.add_get("/{name}", self._file)
        app.router.add_post("/act", self._act)
        if self._door:
            app.router.add_post("/news", self._door.handle)
        await self._serve(app)
        self._discord.world.subscribe(self._count)

    async def stop(self) -> None:
        """Stop serving it."""
        self._discord.world.unsubscribe(self._count)
        await self._hang_up()

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "page.html")
        known = {path.name: path for path in files("bot.sandbox.page").iterdir()}
        suffix = name.rpartition(".")[2]
        if name not in known or suffix not in _TYPES:
            raise web.HTTPNotFound
        text = known[name].read_text(encoding="utf-8")
        return web.Response(text=text, content_type=_TYPES[suffix], charset="utf-8")

    async def _state(self, request: web.Request) -> web.Response:
        """Answer as soon as there is something new, or after a while."""
        await self._until_changed(request.query.get("since"))
        reader, channel = self._newsroom.alice, self._newsroom.general
        try:
            view = viewpoint(
                self._discord,
                request.query.get("as", str(reader.id)),
                request.query.get("channel", str(channel.id)),
            )
        except (LookupError, ValueError):
            raise web.HTTPNotFound from None
        beside = {
            "typing": self._typists.ids(view),
            "news": self._door.shown() if self._door else None,
        }
        return web.json_response(shown(self._discord, view, self._revision()) | beside)

    async def _act(self, request: web.Request) -> web.Response:
        try:
            order = await request.json()
            view = viewpoint(self._discord, order["as"], order["channel"])
            return web.json_response(await self._deeds.carry_out(view, order))
        except (LookupError, TypeError, ValueError, AttributeError):
            raise web.HTTPBadRequest from None

    async def _until_changed(self, since: str | None) -> None:
        waited = 0.0
        while since == self._revision() and waited < _PATIENCE_SECONDS:
            await asyncio.sleep(_GLANCE_SECONDS)
            waited += _GLANCE_SECONDS

    def _count(self, event: Event) -> None:
        self._event_count += 1
        self._typists.hear(event)

    def _revision(self) -> str:
        discord = self._discord
        newest = [command["version"] for command in discord.commands(self._newsroom.guild)[-1:]]
        told = (
            self._event_count,
            int(discord.sessions.is_online),
            len(discord.violations),
            self._typists.count,
            self._door.revision if self._door else 0,
            "-".join(user.locale for user in discord.world.users.values()),
        )
        return ".".join(map(str, (*told, *newest)))
