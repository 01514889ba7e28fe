"""What SQLite says when something is wrong, as sentences for a person. Opens nothing."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.errors import DatabaseBusyError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what a person can do about it."""
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise DatabaseBusyError(
                f"{path} is in use by another program; wait for it to end, then try again."
            ) from error
        if "not a database" in text or "malformed" in text:
            message = f"{path} is damaged ({text}); restore it from a backup or move it away."
        elif "Could not decode" in text:
            message = f"{path} is damaged (text that is no UTF-8); restore it from a backup."
        elif "disk is full" in text or _has_no_room(error):
            message = f"The disk that holds {path} is full; free some space, then try again."
        else:
            message = cannot_open(path, text)
        raise StorageError(message) from error


def _has_no_room(error: sqlite3.Error) -> bool:
    # what all connections of a file share cannot grow: an I/O error like any other by its text
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_IOERR_SHMSIZE


def cannot_open(path: Path, reason: str) -> str:
    """Return what is told of a file that cannot be used; `reason` is a clause."""
    return f"The database {path} cannot be used ({reason}); check the path and its permissions."
