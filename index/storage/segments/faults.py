"""What can go wrong with the files of the segments, as sentences for a person. Opens nothing."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.errors import DamagedSegmentError, OutdatedSegmentError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}


def damaged(what: Path | str, reason: str) -> DamagedSegmentError:
    """Return the error for a file that is not as it was written; `reason` is a clause."""
    return DamagedSegmentError(
        f"{what} is damaged ({reason}); it is built again from the stored articles, by itself."
    )


def outdated(what: Path | str, found: object, known: int) -> OutdatedSegmentError:
    """Return the error for a file of another format version."""
    return OutdatedSegmentError(
        f"{what} was written by another version of Pullquote (format {found}, this one reads "
        f"{known}); it is built again from the stored articles, by itself."
    )


@contextmanager
def translated_errors(path: Path, *expected: type[OSError]) -> Iterator[None]:
    """Turn what the operating system says about `path` into what a person can do about it.

    Raises StorageError in the place of an OSError that is none of the `expected`.
    """
    try:
        yield
    except expected:
        raise
    except OSError as error:
        if error.errno in _FULL:
            message = f"The disk that holds {path} is full; free some space, then try again."
        else:
            reason = error.strerror or str(error)
            message = f"{path} cannot be used ({reason}); check the path and its permissions."
        raise StorageError(message) from error
