"""Answers that are made to take memory, time or a way in: each is refused or cut, and told why."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import zlib

import pytest

from tests.integration.web.conftest import CAP, get, refusal
from tests.integration.web.servers import Handler, answer

GZIP = "Content-Encoding: gzip"
DEFLATE = "Content-Encoding: deflate"
CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
SHORT = {"total_seconds": 0.5, "read_seconds": 0.3, "connect_seconds": 0.3}
LONG = "its answer is longer than 97.7 KiB"
SLOW = "it was not there after 0.5 s"
HEADERS = "its answer has too many or too long headers"


def _bomb(size: int = 1 << 25) -> bytes:
    return gzip.compress(bytes(size))


def _raw_deflate(text: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(text) + packing.flush()


def _sending(
    *parts: bytes, forever: bytes = b"", pause: float = 0.0, waits: bool = False
) -> Handler:
    """Make a handler that sends parts, then one part without end, then hangs up or waits."""

    async def send(_request, writer) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
        while forever:
            writer.write(forever)
            await writer.drain()
            await asyncio.sleep(pause)
        if waits:
            await asyncio.sleep(60)

    return send


def _counting_headers(count: int) -> bytes:
    return b"".join(b"X-%d: y\r\n" % number for number in range(count))


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


# what a server does, what is said about it, and whether it may go better another time
ANSWERS = {
    "a body that is too long": (answer(bytes(CAP + 1)), LONG, False),
    "a length that is too long": (answer(b"", length=10**12), LONG, False),
    "a gzip bomb": (answer(_bomb(), GZIP), LONG, False),
    "a deflate bomb": (answer(zlib.compress(bytes(1 << 25)), DEFLATE), LONG, False),
    "a bare deflate bomb": (answer(_raw_deflate(bytes(1 << 25)), DEFLATE), LONG, False),
    "a bomb in a bomb": (
        answer(gzip.compress(_bomb()), "Content-Encoding: gzip, gzip"),
        "its answer is packed more than once",
        False,
    ),
    "a bomb in a bomb, by two headers": (
        answer(gzip.compress(_bomb()), GZIP, GZIP),
        "its answer is packed more than once",
        False,
    ),
    "brotli that was not asked for": (
        answer(b"\x0b\x02\x80news\x03", "Content-Encoding: br"),
        "its answer is packed as 'br', which was not asked for",
        False,
    ),
    "zstd that was not asked for": (
        answer(b"(\xb5/\xfd", "Content-Encoding: zstd"),
        "its answer is packed as 'zstd', which was not asked for",
        False,
    ),
    "gzip that is none": (answer(b"<html>", GZIP), "its answer is packed wrongly", True),
    "gzip that is cut short": (
        answer(gzip.compress(b"news" * 100)[:-12], GZIP),
        "its answer ended before it was whole",
        True,
    ),
    "gzip with a wrong checksum": (
        answer(gzip.compress(b"news" * 100)[:-8] + bytes(8), GZIP),
        "its answer is packed wrongly",
        True,
    ),
    "empty parts of gzip": (
        answer(gzip.compress(b"") * 2000, GZIP),
        "its answer is packed in too many parts",
        False,
    ),
    "empty blocks of deflate": (
        _sending(
            f"HTTP/1.1 200 OK\r\n{DEFLATE}\r\n\r\n".encode(),
            b"\x78\x9c",
            forever=b"\x00\x00\x00\xff\xff" * 1000,
        ),
        LONG,
        False,
    ),
    "a body without end": (
        _sending(b"HTTP/1.1 200 OK\r\n\r\n", forever=bytes(1 << 16)),
        LONG,
        False,
    ),
    "chunks without end": (
        _sending(f"{CHUNKED}\r\n".encode(), forever=_chunk(bytes(1 << 16))),
        LONG,
        False,
    ),
    "a length longer than the body": (
        _sending(answer(b"news", length=1000)),
        "its answer ended before it was whole",
        True,
    ),
    "a last chunk that does not come": (
        _sending(f"{CHUNKED}\r\n".encode(), _chunk(b"news")),
        "its answer ended before it was whole",
        True,
    ),
    "chunks with a length that is none": (
        _sending(f"{CHUNKED}\r\nxyz\r\nnews\r\n".encode()),
        "its answer",
        True,
    ),
    "two lengths": (
        _sending(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\nnews"),
        "its answer is no HTTP",
        True,
    ),
    "a length below zero": (
        _sending(b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nnews"),
        "its answer is no HTTP",
        True,
    ),
    "a header that is too long": (
        answer(b"", "X: " + "y" * 100_000),
        HEADERS,
        False,
    ),
    "a status line that is too long": (
        _sending(b"HTTP/1.1 200 " + b"O" * 100_000 + b"\r\n\r\n"),
        HEADERS,
        False,
    ),
    "too many headers": (
        _sending(b"HTTP/1.1 200 OK\r\n" + _counting_headers(5000) + b"\r\n"),
        HEADERS,
        False,
    ),
    "headers without end": (
        _sending(b"HTTP/1.1 200 OK\r\n", forever=_counting_headers(100)),
        HEADERS,
        False,
    ),
    "a header without end": (
        _sending(b"HTTP/1.1 200 OK\r\nX: ", forever=b"y" * 1000),
        HEADERS,
        False,
    ),
    "trailers without end": (
        _sending(f"{CHUNKED}\r\n0\r\n".encode(), forever=_counting_headers(100)),
        "its answer",
        True,
    ),
    "hints without end": (
        _sending(forever=b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100),
        SLOW,
        True,
    ),
    "headers that come slowly": (
        _sending(b"HTTP/1.1 200 OK\r\n", forever=b"X: y\r\n", pause=0.05),
        SLOW,
        True,
    ),
    "a body that comes slowly": (
        _sending(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", forever=b"n", pause=0.05),
        SLOW,
        True,
    ),
    "headers that never come": (_sending(waits=True), "its server sent nothing for 0.3 s", True),
    "a body that never comes": (
        _sending(answer(b"", length=1000), waits=True),
        "its server sent nothing for 0.3 s",
        True,
    ),
    "nothing": (_sending(), "its server closed the connection without an answer", True),
    "something else": (_sending(b"SSH-2.0-OpenSSH_9.6\r\n"), "its answer is no HTTP", True),
    "half a status line": (_sending(b"HTTP/1.1 2"), "its server closed the connection", True),
    "another protocol": (
        _sending(
            b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
            waits=True,
        ),
        "its server wants to speak another protocol",
        False,
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_a_hostile_answer_is_refused_with_the_reason(web, name):
    route, reason, is_passing = ANSWERS[name]
    web.public.routes["/hostile"] = route
    async with web.client(**SHORT) as client:
        error = await refusal(client, "http://news.example/hostile")
    assert reason in str(error)
    assert error.is_passing is is_passing


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "503 Unavailable"])
@pytest.mark.parametrize("name", ["a gzip bomb", "a body without end", "a body that never comes"])
async def test_the_body_of_what_is_no_success_is_not_even_read(web, name, status):
    async def send(request, writer) -> None:
        route = ANSWERS[name][0]
        if isinstance(route, bytes):
            writer.write(route.replace(b"200 OK", status.encode()))
            return
        write = writer.write
        writer.write = lambda data: write(data.replace(b"200 OK", status.encode()))
        await route(request, writer)

    web.public.routes["/hostile"] = send
    async with web.client(**SHORT) as client:
        response = await get(client, "http://news.example/hostile")
        assert (response.status, response.body) == (int(status[:3]), b"")
        assert (await get(client, "http://news.example/fine")).body == b"fine"


async def test_what_follows_a_body_is_no_answer_to_the_next_request(web, client):
    smuggled = answer(b"smuggled")
    web.public.routes["/hostile"] = answer(b"news" + smuggled, length=4)
    assert (await get(client, "http://news.example/hostile")).body == b"news"
    for _ in range(3):
        assert (await get(client, "http://news.example/fine")).body == b"fine"


async def test_redirects_without_end_are_left(web, client):
    numbers = itertools.count()

    async def lead_on(_request, writer) -> None:
        writer.write(answer(b"", f"Location: /next?{next(numbers)}", status="302 Found"))

    web.public.routes["/next"] = lead_on
    error = await refusal(client, "http://news.example/next")
    assert str(error) == "it redirects more than 5 times"
    assert next(numbers) == 6


async def test_redirects_in_a_circle_are_left(web, client):
    web.public.routes["/a"] = answer(b"", "Location: /b", status="301 Moved")
    web.public.routes["/b"] = answer(b"", "Location: /a", status="301 Moved")
    error = await refusal(client, "http://news.example/a")
    assert str(error) == "its redirects lead in a circle"
    assert web.public.paths().count("/a") == 1


async def test_the_time_of_a_request_is_counted_over_all_its_redirects(web):
    async def lead_on_slowly(_request, writer) -> None:
        await asyncio.sleep(0.2)
        writer.write(answer(b"", f"Location: /{len(web.public.requests)}", status="302 Found"))

    web.public.routes |= {"/start": lead_on_slowly} | {f"/{n}": lead_on_slowly for n in range(9)}
    async with web.client(total_seconds=0.5) as client:
        error = await refusal(client, "http://news.example/start")
    assert str(error) == "it redirects to news.example: it was not there after 0.5 s"
    assert len(web.public.requests) < 6


async def test_a_hostile_robots_txt_is_read_no_further_than_its_cap(web):
    rules = b"User-agent: *\nDisallow: /closed\n"
    bomb = gzip.compress(rules + bytes(1 << 25))
    web.public.routes["/robots.txt"] = answer(bomb, GZIP)
    async with web.client() as client:
        assert (await get(client, "http://news.example/fine", obeys_robots=True)).body == b"fine"
        error = await refusal(client, "http://news.example/closed", obeys_robots=True)
    assert str(error) == "its robots.txt does not let Pullquote read this address"
