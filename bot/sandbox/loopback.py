"""The local Discord as a whole: one HTTP server on this machine with API, gateway and uploads."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.acting.actions import UserActions
from bot.sandbox.description import discord_description
from bot.sandbox.faults import Faults
from bot.sandbox.gateway.dispatching import Dispatcher
from bot.sandbox.gateway.server import GatewayServer
from bot.sandbox.gateway.sessions import Sessions
from bot.sandbox.judging import Onlooker, Violation, discord_judge
from bot.sandbox.listening import HOST, Listener
from bot.sandbox.pointing import API_VARIABLE, GATEWAY_VARIABLE
from bot.sandbox.rest.server import API_PATH, Exchange, RestServer
from bot.sandbox.strangers import refuse_strangers
from bot.sandbox.world.world import World

if TYPE_CHECKING:
    from bot.sandbox.wire import Payload
    from bot.sandbox.world.model import Guild

_GATEWAY_PATH = "/gateway"
_LARGEST_REQUEST = 30 * 2**20


class LoopbackDiscord(Listener, UserActions):
    """A Discord that listens on this machine only, and all that a person can do on it.

        async with LoopbackDiscord() as discord:
            with point_client(discord.api, discord.gateway):
                ...start the bot with discord.token...

    `world` is what exists, `sessions` the bot's gateway sessions, `faults` the trouble to come.
    Without `token` there is a new one each time, so nobody knows it who was not given it.
    With `judged=False` nothing is held against Discord's description, and jsonschema-rs is not
    needed.
    """

    def __init__(self, *, token: str | None = None, port: int = 0, judged: bool = True) -> None:
        self.token = token or f"a.loopback.{secrets.token_urlsafe()}"
        self.faults = Faults()
        Listener.__init__(self, port, goodbye_seconds=0.5)
        UserActions.__init__(self, World(), Sessions())
        self.world.subscribe(Dispatcher(self.world, self.sessions))
        self.gateway_server = GatewayServer(self.world, self.token, self.sessions, self.faults)
        judge = discord_judge() if judged else Onlooker(discord_description())
        self._rest = RestServer(self.world, self.token, judge, self.faults)

    @property
    def api(self) -> str:
        """The base address of the HTTP API."""
        return f"http://{HOST}:{self.port}{API_PATH}"

    @property
    def gateway(self) -> str:
        """The gateway's address."""
        return f"ws://{HOST}:{self.port}{_GATEWAY_PATH}"

    @property
    def environment(self) -> dict[str, str]:
        """Variables for a bot in a process of its own, started through `bot.sandbox.launch`."""
        addresses = {API_VARIABLE: self.api, GATEWAY_VARIABLE: self.gateway}
        return addresses | {"DISCORD_TOKEN": self.token}

    @property
    def violations(self) -> list[Violation]:
        """Every request and reply so far that Discord's description does not allow."""
        return self._rest.violations

    @property
    def requests(self) -> list[Exchange]:
        """Every request so far, with its answer."""
        return self._rest.exchanges

    def commands(self, guild: Guild | None = None) -> list[Payload]:
        """Return the registered commands: everywhere, and with `guild` those of it as well."""
        return self.world.commands_in(guild)

    async def start(self) -> None:
        """Listen. With port 0, any free one is taken."""
        app = web.Application(middlewares=[refuse_strangers], client_max_size=_LARGEST_REQUEST)
        app.router.add_get(_GATEWAY_PATH, self.gateway_server.handle)
        app.router.add_get("/attachments/{id}/{name}", self._upload)
        app.router.add_route("*", API_PATH + "/{path:.*}", self._rest.handle)
        await self._serve(app)
        self.world.address = self.address
        self._rest.gateway_url = self.gateway_server.url = self.gateway

    async def stop(self) -> None:
        """Hang up on everyone and stop listening."""
        await self.sessions.cut(1001)
        await self._hang_up()

    async def _upload(self, request: web.Request) -> web.Response:
        upload_id = request.match_info["id"]
        upload = self.world.uploads.get(int(upload_id)) if upload_id.isdecimal() else None
        if upload is None:
            raise web.HTTPNotFound
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=upload.content, headers=headers)
