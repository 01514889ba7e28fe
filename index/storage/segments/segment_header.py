"""The start of a segment file: which arrays it holds, where, and how to know them undamaged.

    prefix   magic, format version, length of the description, size of the file, CRC-32 of the
             description, CRC-32 of the prefix up to here; little-endian
    JSON     the description: `meta` and `arrays`, padded with NULs to where the arrays start

Bytes in, values out: it must not open a file, and not know what the arrays mean.
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.storage.segments.faults import damaged, outdated

if TYPE_CHECKING:
    import mmap
    from collections.abc import Mapping
    from pathlib import Path

FORMAT_VERSION = 2
MAGIC = b"\x89PQSEG\r\n"
ALIGNMENT = 64

# the same in every format version, so that a damaged version number is not taken for another one
_PREFIX = struct.Struct("<8sIIQII")
_PREFIX_CRC = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class ArrayRecord:
    """One array of a segment.

    `length` counts elements; `offset` counts bytes from where the arrays start.
    """

    dtype: np.dtype[Any]
    length: int
    offset: int
    crc32: int

    @property
    def end(self) -> int:
        """The offset of the first byte behind the array."""
        return self.offset + self.length * self.dtype.itemsize


@dataclass(frozen=True, slots=True)
class Header:
    """What a segment file says of itself; `start` is where its arrays begin, in bytes."""

    meta: Mapping[str, Any]
    arrays: Mapping[str, ArrayRecord]
    start: int = 0

    def encode(self) -> bytes:
        """Return the bytes that precede the arrays, a multiple of `ALIGNMENT`.

        Raises TypeError or ValueError for a `meta` that JSON cannot hold.
        """
        arrays = {
            name: [record.dtype.str, record.length, record.offset, record.crc32]
            for name, record in self.arrays.items()
        }
        described = json.dumps(
            {"meta": dict(self.meta), "arrays": arrays}, allow_nan=False, separators=(",", ":")
        ).encode()
        start = aligned(_PREFIX.size + len(described))
        size = start + max((record.end for record in self.arrays.values()), default=0)
        checked = (MAGIC, FORMAT_VERSION, len(described), size, zlib.crc32(described))
        prefix = _PREFIX.pack(*checked, 0)[: -_PREFIX_CRC.size]
        return (prefix + _PREFIX_CRC.pack(zlib.crc32(prefix)) + described).ljust(start, b"\0")

    @classmethod
    def decode(cls, data: bytes | mmap.mmap, path: Path) -> Header:
        """Undo `encode` on the bytes of a whole file, without touching its arrays.

        Raises OutdatedSegmentError for another format version, and DamagedSegmentError for bytes
        that were not written by `encode` or are not all there; both name `path`.
        """
        described = _checked_description(data, path)
        try:
            fields = json.loads(described)
            start = aligned(_PREFIX.size + len(described))
            arrays = {name: _record(*entry) for name, entry in fields["arrays"].items()}
            header = cls(dict(fields["meta"]), arrays, start)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise damaged(path, "its header makes no sense") from error
        if any(start + record.end > len(data) for record in arrays.values()):
            raise damaged(path, "an array reaches beyond its end")
        return header


def aligned(offset: int) -> int:
    """Return the first multiple of `ALIGNMENT` that is not below `offset`."""
    return -(-offset // ALIGNMENT) * ALIGNMENT


def stored_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Return the little-endian form. Raises ValueError for what is neither number nor boolean."""
    if dtype.kind not in "biuf":
        raise ValueError(f"{dtype} is no type of numbers")
    return dtype.newbyteorder("<")


def _checked_description(data: bytes | mmap.mmap, path: Path) -> bytes:
    if len(data) < _PREFIX.size:
        raise damaged(path, "it is cut short")
    prefix = data[: _PREFIX.size]
    magic, version, length, size, description_crc, prefix_crc = _PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise damaged(path, "it is no segment file")
    if zlib.crc32(prefix[: -_PREFIX_CRC.size]) != prefix_crc:
        raise damaged(path, "its first bytes have changed")
    if version != FORMAT_VERSION:
        raise outdated(path, version, FORMAT_VERSION)
    if size != len(data):
        raise damaged(path, f"it has {len(data)} bytes instead of {size}")
    described = data[_PREFIX.size : _PREFIX.size + length]
    if zlib.crc32(described) != description_crc:
        raise damaged(path, "its header has changed")
    return described


def _record(dtype: str, length: int, offset: int, crc32: int) -> ArrayRecord:
    whole = all(isinstance(number, int) for number in (length, offset, crc32))
    if not whole or min(length, offset) < 0 or offset % ALIGNMENT:
        raise ValueError(f"no array of {length} elements stands at {offset}")
    return ArrayRecord(stored_dtype(np.dtype(dtype)), length, offset, crc32)
