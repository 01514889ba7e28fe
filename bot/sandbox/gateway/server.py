"""Speaks the gateway protocol, version 10, with one client after another."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from bot.sandbox.gateway.compression import packing_for
from bot.sandbox.gateway.connection import Connection
from bot.sandbox.gateway.greeting import greet, members_chunk
from bot.sandbox.gateway.opcodes import CloseCode, HangUpError, Opcode
from bot.sandbox.gateway.sessions import Session, Sessions
from bot.sandbox.wire import PRIVILEGED_INTENTS, Intent, Payload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.faults import Faults
    from bot.sandbox.world.world import World

_LONGEST_MESSAGE = 4096
_FAR_AWAY_SECONDS = 0.1


class GatewayServer:
    """The gateway. `received` grows with every message that a client sends.

    `approved_intents` are the privileged ones that are switched on for the application.
    """

    def __init__(self, world: World, token: str, sessions: Sessions, faults: Faults) -> None:
        self.world = world
        self.token = token
        self.sessions = sessions
        self.faults = faults
        self.url = ""
        self.heartbeat_seconds = 41.25
        self.approved_intents = PRIVILEGED_INTENTS
        self.received: list[Payload] = []
        self.connections: list[Connection] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Talk with one client until either hangs up."""
        if self.faults.gateway_refuses():
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=_LONGEST_MESSAGE, compress=False)
        await socket.prepare(request)
        compression = request.query.get("compress")
        connection = Connection(socket, packing_for(compression))
        connection.compression = compression
        self.connections.append(connection)
        conversation = Conversation(self, connection)
        try:
            await conversation.run(socket, request.query)
        except HangUpError as refusal:
            await connection.close(refusal.code, refusal.reason)
        finally:
            await conversation.end()
        return socket


class Conversation:
    """What was agreed on over one connection: which session it serves."""

    def __init__(self, server: GatewayServer, connection: Connection) -> None:
        self._server = server
        self._connection = connection
        self._session: Session | None = None
        self._pump: asyncio.Task[None] | None = None
        self._answers: dict[int, Callable[[Any], Awaitable[None]]] = {
            Opcode.HEARTBEAT: self._heartbeat,
            Opcode.IDENTIFY: self._identify,
            Opcode.RESUME: self._resume,
            Opcode.REQUEST_GUILD_MEMBERS: self._request_members,
            Opcode.PRESENCE_UPDATE: self._ignore,
        }

    async def run(self, socket: web.WebSocketResponse, query: Any) -> None:
        """Greet, then answer until the client hangs up. Raises HangUpError to refuse it.

        Who came while the gateway was silent is never greeted, so a client has to try again.
        """
        if not self._server.faults.gateway_is_silent:
            await self._greet(query)
        async for message in socket:
            if self._server.faults.gateway_is_silent:
                continue
            if message.type is not WSMsgType.TEXT:
                raise HangUpError(CloseCode.DECODE_ERROR)
            await self._answer(message.data)

    async def _greet(self, query: Any) -> None:
        if query.get("v") != "10" or query.get("encoding") != "json":
            raise HangUpError(CloseCode.INVALID_VERSION)
        interval = int(self._server.heartbeat_seconds * 1000)
        await self._connection.send(Opcode.HELLO, {"heartbeat_interval": interval, "_trace": []})

    async def end(self) -> None:
        """Leave the session for a later resumption."""
        if self._pump is not None:
            self._pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pump
        if self._session is not None and self._session.connection is self._connection:
            self._session.connection = None
        self._server.sessions.touch()

    async def _answer(self, raw: str) -> None:
        try:
            message = json.loads(raw)
            self._server.received.append(message)
            answer = self._answers.get(message["op"])
            if answer is None:
                raise HangUpError(CloseCode.UNKNOWN_OPCODE)
            await answer(message.get("d"))
        except (LookupError, TypeError, ValueError):
            raise HangUpError(CloseCode.DECODE_ERROR) from None

    async def _heartbeat(self, _: Any) -> None:
        if self._session is not None:
            # the client notes when it has sent a beat after it did; an answer that comes before
            # that, as over no real network, would count as one to the beat before
            await asyncio.sleep(min(_FAR_AWAY_SECONDS, self._server.heartbeat_seconds / 2))
        if self._server.faults.heartbeats_are_dropped:
            return
        with contextlib.suppress(ConnectionResetError):  # the client may have left meanwhile
            await self._connection.send(Opcode.HEARTBEAT_ACK)

    async def _identify(self, asked: Payload) -> None:
        if self._session is not None:
            raise HangUpError(CloseCode.ALREADY_AUTHENTICATED)
        self._check_token(asked)
        intents = Intent(asked["intents"])
        if intents & PRIVILEGED_INTENTS & ~self._server.approved_intents:
            raise HangUpError(CloseCode.DISALLOWED_INTENTS)
        shard_id, shard_count = asked.get("shard") or (0, 1)
        if not 0 <= shard_id < shard_count:
            raise HangUpError(CloseCode.INVALID_SHARD)
        session = Session(intents, shard_id, shard_count)
        self._serve(session)
        greet(session, self._server.world, self._server.url)
        self._server.sessions.identified(session)

    async def _resume(self, asked: Payload) -> None:
        self._check_token(asked)
        session = self._server.sessions.find(asked["session_id"])
        sequence = asked.get("seq") or 0
        if session is None or not session.can_replay_from(sequence):
            await self._connection.invalidate(resumable=False)
            return
        self._serve(session)
        session.replay_from(sequence)
        session.dispatch("RESUMED", {"_trace": []})
        self._server.sessions.resumed()

    async def _request_members(self, asked: Payload) -> None:
        if self._session is None:
            raise HangUpError(CloseCode.NOT_AUTHENTICATED)
        guild = self._server.world.guilds.get(int(asked["guild_id"]))
        if guild is not None and guild.has_bot:
            chunk = members_chunk(guild, self._server.world.bot, asked)
            self._session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    async def _ignore(self, _: Any) -> None:
        """Presence is shown to nobody here."""

    def _check_token(self, asked: Payload) -> None:
        if asked["token"] != self._server.token:
            raise HangUpError(CloseCode.AUTHENTICATION_FAILED)

    def _serve(self, session: Session) -> None:
        self._session = session
        session.connection = self._connection
        self._pump = asyncio.create_task(self._connection.pump())
