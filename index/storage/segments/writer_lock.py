"""One writer at a time, among all processes. Knows nothing of what is written.

The operating system holds the lock for an open file and lets go of it when the process ends,
however it ends; the file itself stays, and says no more than who holds it.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Self

from index.errors import WriterBusyError
from index.storage.segments.faults import translated_errors

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

_PID_BYTES = 20


class WriterLock:
    """The lock that is the file `path`, in a folder that is there; held from `acquire` on.

    A program that is started meanwhile does not hold it. A fork without a program of its own
    would: whoever holds the lock starts workers by spawning.
    """

    def __init__(self, path: Path, deed: str = "writing this index"):
        self.path = path
        self._deed = deed
        self._file: FileIO | None = None

    def acquire(self) -> None:
        """Take the lock, without waiting.

        Raises WriterBusyError where it is held, be it by this very object, and StorageError where
        the file cannot be made or locked.
        """
        with translated_errors(self.path), ExitStack() as undoing:
            file = undoing.enter_context(self.path.open("a+b", buffering=0))
            if not _try_to_lock(file):
                raise WriterBusyError(
                    f"Pullquote is already {self._deed}{_holder(file)}; "
                    "wait for it to end, then try again."
                )
            undoing.pop_all()
        self._file = file
        _note(file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let the next one write. Does nothing where the lock is not held."""
        if self._file is not None:
            file, self._file = self._file, None
            _note(file, b"")
            with file:
                _unlock(file)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _note(file: FileIO, text: bytes) -> None:
    # it only makes a message clearer: a full disk must not keep anybody from freeing space
    with suppress(OSError):
        file.truncate(0)
        file.write(text)


def _holder(file: FileIO) -> str:
    # nothing is there yet for an instant after the lock was taken
    file.seek(0)
    pid = file.read(_PID_BYTES).strip()
    return f" (pid {pid.decode()})" if pid.isdigit() else ""


if sys.platform == "win32":
    # what is locked there cannot be read, so it is a byte far behind the number of the process
    _LOCKED_BYTE = 1 << 20

    def _try_to_lock(file: FileIO) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _unlock(file: FileIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:

    def _try_to_lock(file: FileIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: FileIO) -> None:
        # not left to closing: what was forked meanwhile would go on holding it
        fcntl.flock(file, fcntl.LOCK_UN)
