"""A folder for a while, that only its owner may read. Knows nothing of what is put there.

Its process holds a lock on it for as long. A lock ends with its process, however that ends, so what
was left behind is told from what is in use.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from index.storage.segments.faults import translated_errors

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RANDOM_BYTES = 4


@contextmanager
def private_folder(beside: Path, prefix: str, suffix: str = "") -> Iterator[Path]:
    """Make a folder in `beside` whose name begins and ends so, and remove it with all in it.

    Raises StorageError.
    """
    with translated_errors(beside):
        path, lock = _made(beside, prefix, suffix)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def remove_left_behind(beside: Path, prefix: str, suffix: str = "") -> None:
    """Remove such folders whose processes have ended without doing so; others stay.

    Removes none where the system does not tell.
    """
    length = len(prefix) + 2 * _RANDOM_BYTES + len(suffix)
    with suppress(OSError):
        for path in list(beside.iterdir()):
            name = path.name
            if len(name) == length and name.startswith(prefix) and name.endswith(suffix):
                # a file or a link is none of ours
                with suppress(OSError):
                    _remove_if_left_behind(path)


def _made(beside: Path, prefix: str, suffix: str) -> tuple[Path, int | None]:
    while True:
        path = beside / f"{prefix}{secrets.token_hex(_RANDOM_BYTES)}{suffix}"
        path.mkdir(mode=0o700)
        try:
            lock = _locked(path, waits=True)
        except FileNotFoundError:
            continue  # taken for one that was left behind, before it was locked
        if lock is None or path.exists():
            return path, lock
        os.close(lock)


def _remove_if_left_behind(path: Path) -> None:
    lock = _locked(path, waits=False)
    if lock is not None:
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


if sys.platform == "win32":

    def _locked(path: Path, *, waits: bool) -> int | None:
        """Return nothing: folders cannot be locked there."""
        del path, waits
        return None

else:

    def _locked(path: Path, *, waits: bool) -> int | None:
        """Return what holds a folder's lock until it is closed; None where it cannot be had.

        Raises FileNotFoundError where the folder is not there.
        """
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except OSError:  # somebody has it, or the file system knows no locks
            os.close(folder)
            return None
        return folder
