"""Reads a body from a connection up to a cap, unpacking it on the way. Knows no address."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from index.ingestion.limits import in_words
from index.ingestion.web.model import FetchError
from index.ingestion.web.unpacking import UnpackingError, unpacker

if TYPE_CHECKING:
    from aiohttp import ClientResponse

# packing makes what cannot be packed a little longer
_PACKED_SHARE = 1000
_PACKED_BYTES = 1024


async def read_body(response: ClientResponse, max_bytes: int, *, is_cut: bool = False) -> bytes:
    """Read a whole body, or with `is_cut` its first `max_bytes`.

    Raises FetchError if it is longer or cannot be unpacked, and what the connection raises.
    """
    encoding = ",".join(response.headers.getall("Content-Encoding", ()))
    max_packed = max_bytes + max_bytes // _PACKED_SHARE + _PACKED_BYTES
    if not is_cut and (response.content_length or 0) > max_packed:
        raise _too_long(max_bytes)
    body, packed_count = bytearray(), 0
    try:
        unpacking = unpacker(encoding)
        async for received in response.content.iter_any():
            packed_count += len(received)
            for piece in unpacking.pieces(received):
                body += piece
                if len(body) > max_bytes or packed_count > max_packed:
                    if is_cut:
                        return bytes(body[:max_bytes])
                    raise _too_long(max_bytes)
                await asyncio.sleep(0)  # unpacking is work: others get their turn
        unpacking.finish()
    except UnpackingError as error:
        raise FetchError(str(error), is_passing=error.is_passing) from None
    return bytes(body)


def _too_long(max_bytes: int) -> FetchError:
    return FetchError(f"its answer is longer than {in_words(max_bytes)}", is_passing=False)
