"""One segment, one file: named arrays behind a header, written once and never changed.

Reading is mapping: nothing of an array is read before it is used, and what several processes map
is in memory once. Must not know what the arrays mean, which segments count, or who else writes.
"""

from __future__ import annotations

import mmap
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.storage.segments.durable_files import write_new_file
from index.storage.segments.faults import damaged, translated_errors
from index.storage.segments.segment_header import (
    FORMAT_VERSION,
    ArrayRecord,
    Header,
    aligned,
    stored_dtype,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    import numpy.typing as npt

    Chunks: TypeAlias = Sequence[npt.NDArray[Any]]

__all__ = ["FORMAT_VERSION", "SegmentFile", "open_segment_file", "write_segment_file"]

_SLICE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class SegmentFile:
    """An open segment: `meta` as it was given, and one-dimensional read-only views on the file.

    The file stays mapped for as long as any of the arrays is referred to, deleted or not.
    """

    path: Path
    meta: Mapping[str, Any]
    arrays: dict[str, npt.NDArray[Any]]
    checksums: Mapping[str, int]

    def verify(self) -> None:
        """Read every array once. Raises DamagedSegmentError where one has changed."""
        for name, checksum in self.checksums.items():
            if _crc32(_bytes_of(self.arrays[name])) != checksum:
                raise damaged(self.path, f"its array {name!r} has changed")


def write_segment_file(path: Path, meta: Mapping[str, Any], arrays: Mapping[str, Chunks]) -> int:
    """Write a new segment, wait until it is on the disk, and return its size in bytes.

    `meta` is anything that JSON holds. Each array is given as one or more one-dimensional chunks
    of the same type of numbers, which follow one another in the file and are not joined in memory.
    The file's name is only sure to last after the commit of a manifest.

    Raises ValueError or TypeError for chunks or a `meta` that cannot be stored, FileExistsError
    where there is such a file, and StorageError where it cannot be written; nothing is left of it.
    """
    header = Header(meta, _records(arrays)).encode()
    with translated_errors(path, FileExistsError):
        return write_new_file(path, _parts(header, arrays))


def open_segment_file(path: Path) -> SegmentFile:
    """Map a segment and check its header, but not its arrays, for which there is `verify`.

    Raises FileNotFoundError where it is gone (a newer manifest no longer names it),
    OutdatedSegmentError for another format version, DamagedSegmentError for a file that is cut
    short or whose header has changed, and StorageError for one that cannot be read.
    """
    mapped = _map(path)
    header = Header.decode(mapped, path)
    arrays = {
        name: np.frombuffer(mapped, record.dtype, record.length, header.start + record.offset)
        for name, record in header.arrays.items()
    }
    checksums = {name: record.crc32 for name, record in header.arrays.items()}
    return SegmentFile(path, header.meta, arrays, checksums)


def _map(path: Path) -> mmap.mmap:
    with translated_errors(path, FileNotFoundError), path.open("rb", buffering=0) as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:
            raise damaged(path, "it is empty") from error


def _records(arrays: Mapping[str, Chunks]) -> dict[str, ArrayRecord]:
    records: dict[str, ArrayRecord] = {}
    offset = 0
    for name, chunks in arrays.items():
        dtypes = {stored_dtype(chunk.dtype) for chunk in chunks}
        if len(dtypes) != 1 or any(chunk.ndim != 1 for chunk in chunks):
            raise ValueError(f"{name!r} is not one or more one-dimensional chunks of one type")
        crc = 0
        for chunk in chunks:
            crc = _crc32(_bytes_of(chunk), crc)
        record = ArrayRecord(dtypes.pop(), sum(map(len, chunks)), offset, crc)
        records[name] = record
        offset = aligned(record.end)
    return records


def _parts(header: bytes, arrays: Mapping[str, Chunks]) -> Iterator[bytes | memoryview]:
    yield header
    written = end = 0
    for chunks in arrays.values():
        # nothing follows the last array, so padding is written before one and not behind it
        yield bytes(end - written)
        written = end
        for chunk in chunks:
            part = _bytes_of(chunk)
            written += len(part)
            yield part
        end = aligned(written)


def _bytes_of(chunk: npt.NDArray[Any]) -> memoryview:
    stored = np.ascontiguousarray(chunk, stored_dtype(chunk.dtype))
    return stored.view(np.uint8).data


def _crc32(data: memoryview, crc: int = 0) -> int:
    # other threads get their turn between two slices and, as zlib lets go of the GIL, during one
    for start in range(0, len(data), _SLICE_BYTES):
        crc = zlib.crc32(data[start : start + _SLICE_BYTES], crc)
    return crc
