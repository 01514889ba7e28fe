"""The bytes of one regular file: opened without following links, unpacked and capped.

Knows formats by their limits only, and nothing of articles.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import FileRefusedError
from index.ingestion.faults import reason_of
from index.ingestion.limits import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

    from index.ingestion.formats import Kind
    from index.ingestion.limits import Limits

_CHUNK_BYTES = 1 << 18


def _flags(base: int, *names: str) -> int:
    """Join the flags of these names that this system has."""
    for name in names:
        base |= getattr(os, name, 0)
    return base


# O_NONBLOCK: a FIFO that took a file's place opens at once and is then seen for what it is.
# O_PATH: passing through a folder takes no right to list it.
_FILE_FLAGS = _flags(os.O_RDONLY, "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY")
_FOLDER_FLAGS = _flags(getattr(os, "O_PATH", os.O_RDONLY), "O_NOFOLLOW", "O_DIRECTORY")


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open the regular file at an absolute path without links.

    Raises FileRefusedError when it is anything else by now, or cannot be read.
    """
    try:
        descriptor = _open_without_links(path)
    except OSError as error:
        raise FileRefusedError(reason_of(error)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileRefusedError("not a regular file")
    with io.FileIO(descriptor, "rb") as stream:
        yield cast("BinaryIO", stream)


@contextmanager
def open_content(
    path: Path, kind: Kind, limits: Limits, on_read: Callable[[int], None]
) -> Iterator[BinaryIO]:
    """Open the file's content, unpacked, as a buffered stream.

    `on_read` is told, again and again, how many bytes on disk have been read so far.
    Reading raises FileRefusedError past the kind's limit, and for damaged gzip data.
    """
    with open_file(path) as stream:
        source = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if kind.is_packed else stream
        max_bytes = kind.max_unpacked_bytes(limits)
        capped = _CappedReader(source, max_bytes, lambda: on_read(stream.tell()))
        with io.BufferedReader(capped, _CHUNK_BYTES) as content:
            yield cast("BinaryIO", content)


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes that an open file has by now, piece by piece. Raises FileRefusedError."""
    left = os.fstat(stream.fileno()).st_size
    try:
        while left > 0 and (chunk := stream.read(min(left, _CHUNK_BYTES))):
            left -= len(chunk)
            yield chunk
    except OSError as error:
        raise FileRefusedError(reason_of(error)) from error


def _open_without_links(path: Path) -> int:
    """Open part by part, so that no part can have become a link since the file was found."""
    if os.open not in os.supports_dir_fd:
        return os.open(path, _FILE_FLAGS)
    *folders, name = path.relative_to(path.anchor).parts
    folder = os.open(path.anchor, _FOLDER_FLAGS)
    try:
        for part in folders:
            inner = os.open(part, _FOLDER_FLAGS, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(name, _FILE_FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


class _CappedReader(io.RawIOBase):
    """Passes a stream on up to a number of bytes, and turns its errors into FileRefusedError."""

    def __init__(self, source: BinaryIO, max_bytes: int, on_read: Callable[[], None]):
        # gzip's `read` goes on into damage, and what it has unpacked by then is lost
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._on_read = on_read
        self._max_bytes = max_bytes
        self._left = max_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            chunk = self._read(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FileRefusedError(
                "its gzip data is damaged or cut short; pack it again"
            ) from error
        except OSError as error:
            raise FileRefusedError(reason_of(error)) from error
        self._left -= len(chunk)
        if self._left < 0:
            limit = in_words(self._max_bytes)
            raise FileRefusedError(f"its content is larger than the limit of {limit}; split it")
        self._on_read()
        view[: len(chunk)] = chunk
        return len(chunk)
