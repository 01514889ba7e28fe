"""Answers that are wrong, slow or endless as HTTP: what is counted in bytes and seconds."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.integration.news_site.asked import Asked, Misbehaviour

_CHUNK = 2**16
_LONG_SECONDS = 3600.0


def packed_bomb(megabytes: int = 500, encoding: str = "gzip", layers: int = 1) -> Misbehaviour:
    """Send zeros that unpack to many megabytes, packed once or more often."""

    async def answer(asked: Asked) -> web.StreamResponse:
        del asked
        # a member of a megabyte, again and again: the bomb itself takes no memory here
        member = _packed(bytes(2**20), encoding)
        repeated = megabytes if encoding == "gzip" and layers == 1 else 1
        if repeated == 1:
            member = _packed(bytes(megabytes * 2**20), encoding)
        for _ in range(layers - 1):
            member = _packed(member, encoding)
        headers = {"Content-Encoding": ", ".join([encoding] * layers)}
        return web.Response(body=member * repeated, headers=headers, content_type="text/html")

    return answer


def _packed(data: bytes, encoding: str) -> bytes:
    return gzip.compress(data, mtime=0) if encoding == "gzip" else zlib.compress(data)


def unasked_encoding(name: str = "br") -> Misbehaviour:
    """Claim an encoding that nobody can have asked for."""

    async def answer(asked: Asked) -> web.StreamResponse:
        return web.Response(body=asked.answer.body, headers={"Content-Encoding": name})

    return answer


def broken_gzip() -> Misbehaviour:
    async def answer(asked: Asked) -> web.StreamResponse:
        body = gzip.compress(asked.answer.body)
        return web.Response(body=body[: len(body) // 2], headers={"Content-Encoding": "gzip"})

    return answer


def endless_body() -> Misbehaviour:
    """Send without end, as fast as it is read."""
    return _streamed(lambda _: _forever(b"<p>and so on</p>\n" * 1000, 0.0))


def slow_body(seconds_a_byte: float = 0.05) -> Misbehaviour:
    """Send the right answer a byte at a time."""
    return _streamed(lambda asked: _slowly(asked.answer.body, seconds_a_byte))


def silence() -> Misbehaviour:
    """Take the request and never answer."""

    async def answer(asked: Asked) -> web.StreamResponse:
        del asked
        await asyncio.sleep(_LONG_SECONDS)
        return web.Response()

    return answer


def raw(data: Callable[[Asked], bytes]) -> Misbehaviour:
    """Write bytes to the socket as they are, and hang up."""

    async def answer(asked: Asked) -> web.StreamResponse:
        return _Raw(data(asked))

    return answer


def hang_up() -> Misbehaviour:
    return raw(lambda _: b"")


def too_long_a_promise() -> Misbehaviour:
    """Promise more bytes than come."""
    return raw(lambda asked: _head(asked, len(asked.answer.body) + 5000) + asked.answer.body)


def too_short_a_promise() -> Misbehaviour:
    """Send more bytes than promised."""
    return raw(lambda asked: _head(asked, len(asked.answer.body) // 2) + asked.answer.body)


def header_flood() -> Misbehaviour:
    flood = b"".join(b"X-Flood-%d: %s\r\n" % (n, b"x" * 1000) for n in range(20_000))
    return raw(lambda _: b"HTTP/1.1 200 OK\r\n" + flood + b"\r\n")


def no_http() -> Misbehaviour:
    return raw(lambda _: b"220 mail.test ESMTP ready\r\n" * 10)


def _head(asked: Asked, length: int) -> bytes:
    kind = asked.answer.content_type
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode()


class _Raw(web.Response):
    """Bypasses what aiohttp would make of an answer."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        self.force_close()

    async def prepare(self, request: web.BaseRequest) -> None:
        if request.transport is not None:
            request.transport.write(self._data)
            request.transport.close()

    async def write_eof(self, data: bytes = b"") -> None:
        """All is written."""


def _streamed(pieces: Callable[[Asked], AsyncIterator[bytes]]) -> Misbehaviour:
    async def answer(asked: Asked) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": asked.answer.content_type})
        await response.prepare(asked.request)
        async for piece in pieces(asked):
            await response.write(piece)
        await response.write_eof()
        return response

    return answer


async def _forever(piece: bytes, seconds: float) -> AsyncIterator[bytes]:
    while True:
        yield piece
        await asyncio.sleep(seconds)


async def _slowly(body: bytes, seconds: float) -> AsyncIterator[bytes]:
    for number in range(len(body)):
        yield body[number : number + 1]
        await asyncio.sleep(seconds)
