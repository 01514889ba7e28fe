"""Unpacks what is sent as gzip or deflate, a piece at a time, never much of it at once. Pure.

The pieces are small, so who counts them can stop at a cap long before a bomb is unpacked.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCEPTED_ENCODINGS = "gzip, deflate"
_GZIP = {"gzip", "x-gzip"}
# servers set up wrongly name a charset here, and send plain bytes
_PLAIN = {"", "identity", "none", "utf-8", "utf8", "binary", "8bit"}
_PIECE_BYTES = 1 << 16
_FED_BYTES = 1 << 14
# each part costs its own start; a few are what real servers send
_MAX_PARTS = 1000
_GZIP_START = b"\x1f"


class UnpackingError(Exception):
    """A body that cannot be unpacked; the text says why. `is_passing`: another try may go well."""

    def __init__(self, reason: str, *, is_passing: bool):
        super().__init__(reason)
        self.is_passing = is_passing


def unpacker(content_encoding: str) -> Unpacker:
    """Make what unpacks a body, by its Content-Encoding. Raises UnpackingError."""
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in _PLAIN]
    if not names:
        return Unpacker()
    if len(names) > 1:
        raise UnpackingError("its answer is packed more than once", is_passing=False)
    if names[0] in _GZIP:
        return PackedUnpacker(zlib.MAX_WBITS | 16)
    if names[0] == "deflate":
        return PackedUnpacker(zlib.MAX_WBITS)
    raise UnpackingError(
        f"its answer is packed as {names[0][:20]!r}, which was not asked for", is_passing=False
    )


class Unpacker:
    """Hands on what was never packed."""

    def pieces(self, received: bytes) -> Iterator[bytes]:
        """Unpack what was received, piece by piece."""
        yield received

    def finish(self) -> None:
        """Check that the body ended where its packing ends. Raises UnpackingError."""


class PackedUnpacker(Unpacker):
    """Unpacks gzip, or deflate with its header or without."""

    def __init__(self, window_bits: int):
        self._window_bits = window_bits
        self._decompressor = zlib.decompressobj(window_bits)
        self._part_count = 1
        self._has_begun = False
        self._is_over = False

    def pieces(self, received: bytes) -> Iterator[bytes]:
        """Unpack what was received, at most 64 KiB at a time. Raises UnpackingError."""
        if not self._has_begun and received:
            self._begin(received[0])
        # a new part copies all that follows it: few bytes are fed at once
        for start in range(0, len(received), _FED_BYTES):
            packed = received[start : start + _FED_BYTES]
            is_full = False
            while (packed or is_full) and not self._is_over:
                try:
                    piece = self._decompressor.decompress(packed, _PIECE_BYTES)
                except zlib.error:
                    raise UnpackingError("its answer is packed wrongly", is_passing=True) from None
                yield piece
                packed, is_full = self._left(), len(piece) == _PIECE_BYTES

    def finish(self) -> None:
        """Check that the last part is whole. Raises UnpackingError."""
        if self._has_begun and not (self._is_over or self._decompressor.eof):
            raise UnpackingError("its answer ended before it was whole", is_passing=True)

    def _begin(self, first: int) -> None:
        self._has_begun = True
        # deflate has a header by the standard, and has none by the habit of some servers
        if self._window_bits == zlib.MAX_WBITS and first & 0x0F != zlib.DEFLATED:
            self._decompressor = zlib.decompressobj(-zlib.MAX_WBITS)

    def _left(self) -> bytes:
        """Give what is still to be fed. After one part of gzip another may begin, or filling."""
        if not self._decompressor.eof:
            return self._decompressor.unconsumed_tail
        left = self._decompressor.unused_data
        if not left:
            return left
        if self._window_bits == zlib.MAX_WBITS or not left.startswith(_GZIP_START):
            self._is_over = True
            return b""
        self._part_count += 1
        if self._part_count > _MAX_PARTS:
            raise UnpackingError("its answer is packed in too many parts", is_passing=False)
        self._decompressor = zlib.decompressobj(self._window_bits)
        return left
