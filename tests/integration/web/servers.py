"""Servers on this machine that do to a client whatever a test wants, and names that lead to them.

127.0.0.2 plays the public web and is allowed to the client under test; 127.0.0.1 is what it must
never reach.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

if TYPE_CHECKING:
    import ssl

PUBLIC = "127.0.0.2"
INSIDE = "127.0.0.1"

Place = tuple[str, int]


@dataclass(frozen=True)
class Request:
    """What a client asked for."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


Handler = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = b"", *headers: str, status: str = "200 OK", length: int = -1) -> bytes:
    """Write an answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status}", *headers]
    lines.append(f"Content-Length: {len(body) if length < 0 else length}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


class Server:
    """Answers each path with bytes or a handler of its own; remembers who asked for what.

    A connection stays open after an answer of bytes, and is closed after a handler.
    """

    def __init__(self, host: str) -> None:
        self._host = host
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.routes: dict[str, bytes | Handler] = {"/fine": answer(b"fine")}
        self.requests: list[Request] = []
        self.connection_count = 0
        self.port = 0

    async def start(self, certificate: ssl.SSLContext | None = None) -> Self:
        self._server = await asyncio.start_server(
            self._accept, self._host, 0, ssl=certificate, limit=1 << 20
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def place(self) -> Place:
        return self._host, self.port

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connection_count += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._serve(reader, writer):
                    pass
        except asyncio.CancelledError:
            pass  # the test is over
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "surrogateescape")
        first, *lines = head.split("\r\n")[:-2]
        target = urlsplit(first.split(" ")[1])
        headers = dict(line.split(": ", 1) for line in lines)
        request = Request(
            target.path, parse_qs(target.query), {name.lower(): headers[name] for name in headers}
        )
        self.requests.append(request)
        route = self.routes.get(request.path, answer(status="404 Not Found"))
        if isinstance(route, bytes):
            writer.write(route)
            await writer.drain()
            return True
        await route(request, writer)
        return False


class Names(AbstractResolver):
    """Host names of a test. Each lookup gets the next answer of several, the last one for ever."""

    def __init__(self) -> None:
        self.answers: dict[str, list[list[Place]]] = {}

    def lead(self, host: str, *answers: list[Place] | Place) -> None:
        self.answers[host] = [[found] if isinstance(found, tuple) else found for found in answers]

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del port, family
        answers = self.answers.get(host)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        places = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for ip, port in places
        ]

    async def close(self) -> None:
        """Nothing is held open."""
