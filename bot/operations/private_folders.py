"""A folder for a while, that only its owner may read. Knows nothing of what is put there."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.storage.segments.faults import translated_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def private_folder(path: Path) -> Iterator[Path]:
    """Make a folder of a name that is free, and remove it with all in it. Raises StorageError."""
    with translated_errors(path):
        path.mkdir(mode=0o700)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
