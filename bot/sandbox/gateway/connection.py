"""One websocket of the bot's client: packs what is sent, in order, and can be disturbed."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from bot.sandbox.gateway.opcodes import Opcode

if TYPE_CHECKING:
    from aiohttp import web

    from bot.sandbox.gateway.compression import Packing
    from bot.sandbox.gateway.sessions import Dispatch

_CLOSE_PATIENCE_SECONDS = 1.0


class Connection:
    """A gateway connection; events are queued and sent one after the other."""

    def __init__(self, socket: web.WebSocketResponse, packing: Packing | None) -> None:
        self._socket = socket
        self._packing = packing
        self._queue: asyncio.Queue[Dispatch] = asyncio.Queue()
        self.compression: str | None = None
        self.unpacked_byte_count = 0
        self.packed_byte_count = 0

    @property
    def close_code(self) -> int | None:
        """How the connection ended; None while it is open."""
        return self._socket.close_code

    def enqueue(self, dispatch: Dispatch) -> None:
        """Send an event when it is its turn."""
        self._queue.put_nowait(dispatch)

    async def pump(self) -> None:
        """Send what is queued, for ever; meant to run as a task."""
        while True:
            dispatch = await self._queue.get()
            with contextlib.suppress(ConnectionError):
                await self.send(Opcode.DISPATCH, dispatch.payload, dispatch.sequence, dispatch.name)

    async def send(
        self,
        opcode: Opcode,
        payload: Any = None,
        sequence: int | None = None,
        name: str | None = None,
    ) -> None:
        """Send one gateway message."""
        message = json.dumps({"op": int(opcode), "d": payload, "s": sequence, "t": name})
        raw = message.encode()
        self.unpacked_byte_count += len(raw)
        if self._packing is None:
            self.packed_byte_count += len(raw)
            await self._socket.send_str(message)
            return
        packed = self._packing.pack(raw)
        self.packed_byte_count += len(packed)
        await self._socket.send_bytes(packed)

    async def ask_to_reconnect(self) -> None:
        """Send RECONNECT."""
        await self.send(Opcode.RECONNECT)

    async def invalidate(self, *, resumable: bool) -> None:
        """Send INVALID SESSION."""
        await self.send(Opcode.INVALID_SESSION, resumable)

    async def close(self, code: int, reason: str = "") -> None:
        """Close with a code; a client that does not answer is left alone."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_PATIENCE_SECONDS):
                await self._socket.close(code=code, message=reason.encode())
