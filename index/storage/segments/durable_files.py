"""Bytes that outlive a power cut. Knows nothing of what they mean."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_BUFFER_BYTES = 1 << 18


def write_new_file(path: Path, parts: Iterable[bytes | memoryview]) -> int:
    """Write `parts` one after the other into a file that is not there yet, and wait for the disk.

    Small parts are gathered into one write, large ones are not copied. Nothing is left of a file
    that could not be written whole. Its name is only sure to last after `sync_directory`.
    Returns the number of bytes. Raises OSError, of which FileExistsError leaves the file alone.
    """
    size = 0
    file = path.open("xb", buffering=_BUFFER_BYTES)
    try:
        with file:
            for part in parts:
                size += file.write(part)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return size


def sync_directory(path: Path) -> None:
    """Wait until the names of the files in `path` are on the disk. Raises OSError."""
    if sys.platform != "win32":  # a directory cannot be opened there
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
