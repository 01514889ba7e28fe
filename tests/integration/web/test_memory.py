"""However much a server sends, a client holds little more than the cap it was given."""

from __future__ import annotations

import asyncio
import gzip
import sys
import zlib

import pytest

from tests.integration.web.measured_fetch import STATUS
from tests.integration.web.servers import answer

pytestmark = pytest.mark.skipif(
    not STATUS.exists(), reason="the most memory of a process is read where Linux writes it"
)
CAP = 1 << 20
GIGABYTE = 1 << 30
LITTLE = 8 * CAP


def _zeros_by_gzip(size: int) -> bytes:
    packing = zlib.compressobj(level=9, wbits=zlib.MAX_WBITS | 16)
    zeros = bytes(1 << 20)
    return b"".join(packing.compress(zeros) for _ in range(size >> 20)) + packing.flush()


async def _pour(_request, writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(bytes(1 << 18))
        await writer.drain()


async def _hint(_request, writer) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1000)
        await writer.drain()


async def _head(_request, writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Header: 0123456789\r\n" * 1000)
        await writer.drain()


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return _zeros_by_gzip(GIGABYTE)


async def _measured(web, route, cap=CAP) -> tuple[int, str]:
    web.public.routes["/hostile"] = route
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.integration.web.measured_fetch"),
        *(str(web.public.port), "/hostile", str(cap)),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    grown, _, outcome = output.decode().strip().partition("\t")
    return int(grown), outcome


async def test_the_measure_sees_a_body_that_is_wanted(web, bomb):
    route = answer(bomb, "Content-Encoding: gzip")
    grown, outcome = await _measured(web, route, cap=100 * CAP)
    assert outcome == "its answer is longer than 100 MiB"
    assert grown > 90 * CAP


async def test_a_gigabyte_by_gzip_takes_little_memory(web, bomb):
    grown, outcome = await _measured(web, answer(bomb, "Content-Encoding: gzip"))
    assert outcome == "its answer is longer than 1 MiB"
    assert grown < LITTLE


async def test_a_gigabyte_packed_twice_takes_little_memory(web, bomb):
    packed = answer(gzip.compress(bomb), "Content-Encoding: gzip, gzip")
    grown, outcome = await _measured(web, packed)
    assert outcome == "its answer is packed more than once"
    assert grown < LITTLE


@pytest.mark.parametrize(
    ("route", "reason"),
    [
        (_pour, "its answer is longer than 1 MiB"),
        (_head, "its answer has too many or too long headers"),
        (_hint, "it was not there after 3 s"),
    ],
)
async def test_what_has_no_end_takes_little_memory(web, route, reason):
    grown, outcome = await _measured(web, route)
    assert outcome == reason
    assert grown < LITTLE
