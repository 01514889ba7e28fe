"""How a gateway connection packs what it sends: not at all, as a zlib or as a zstd stream."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

from bot.sandbox.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Callable


class Packing(Protocol):
    """Turns one message after the other into what goes over the wire."""

    def pack(self, message: bytes) -> bytes:
        """Pack the next message; earlier ones may be referred to."""
        ...


class ZlibStream:
    """One zlib stream for the whole connection, flushed after every message."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def pack(self, message: bytes) -> bytes:
        """Pack the next message."""
        return self._stream.compress(message) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """One zstd stream for the whole connection, flushed after every message."""

    def __init__(self) -> None:
        try:
            import zstandard
        except ImportError:
            raise SandboxError(
                "A client asked for zstd-stream; install `zstandard` for the local Discord."
            ) from None
        self._stream = zstandard.ZstdCompressor().compressobj()
        self._flush_mode = zstandard.COMPRESSOBJ_FLUSH_BLOCK

    def pack(self, message: bytes) -> bytes:
        """Pack the next message."""
        return self._stream.compress(message) + self._stream.flush(self._flush_mode)


def packing_for(name: str | None) -> Packing | None:
    """Return the packing that a client asked for; None means plain text."""
    if name is None:
        return None
    makers: dict[str, Callable[[], Packing]] = {
        "zlib-stream": ZlibStream,
        "zstd-stream": ZstdStream,
    }
    return makers[name]()
