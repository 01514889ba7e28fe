"""A database as it was before migrations changed it, kept beside it, so that there is a way back.

    pullquote.sqlite3.schema-3.20260307T120000Z     as it was with three migrations, and when

A copy is a whole database of its own. Of each schema the newest is kept, and of all the last few.
Everything here waits for the disk: call it in a thread. Whoever calls has to hold the file against
other writers, and nobody else may be copying it.
"""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC
from typing import TYPE_CHECKING

from index.errors import StorageError
from index.storage.database_files import COMPANION_SUFFIXES, copy_while_written
from index.storage.segments.durable_files import sync_directory
from index.storage.segments.faults import translated_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

KEPT_COUNT = 3
_UNFINISHED = ".unfinished"
_NAME = re.compile(r"schema-(\d+)\.(\d{8}T\d{6}Z)")
# what SQLite adds to a copy while it is written, and then some
_SPARE_BYTES = 1 << 20


def keep_copy(
    path: Path,
    schema: int,
    now: datetime,
    free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
) -> Path:
    """Keep a database as of its last commit, which `schema` migrations have changed; forget others.

    Returns where. `now` is aware. Raises StorageError where that is not possible: nothing is left
    of a copy that is not whole, and earlier ones stay.
    """
    copy = path.with_name(f"{path.name}.schema-{schema}.{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    unfinished = path.with_name(f"{path.name}{_UNFINISHED}")
    try:
        with translated_errors(path):
            _remove(unfinished)  # of one that was killed
            _refuse_without_room(path, free_bytes(path.parent))
            # for its owner alone, as SQLite would not make it: it may hold what people have asked
            os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            copy_while_written(path, unfinished)
            unfinished.replace(copy)
            sync_directory(path.parent)
            _forget(path)
    except StorageError as error:
        _remove(unfinished)
        raise StorageError(
            f"{path} was not upgraded, since it could not be copied first: {error}"
        ) from error
    return copy


def copies_of(path: Path) -> list[Path]:
    """Return the copies that are kept of a database, the newest first."""
    found = [
        (match[2], int(match[1]), each)
        for each in path.parent.glob(f"{path.name}.schema-*")
        if (match := _NAME.fullmatch(each.name.removeprefix(f"{path.name}.")))
    ]
    return [each for *_, each in sorted(found, reverse=True)]


def _forget(path: Path) -> None:
    """Remove all but the newest of each schema, and of these all but the last few."""
    kept: dict[str, Path] = {}
    for copy in copies_of(path):
        schema = copy.name.removeprefix(f"{path.name}.").partition(".")[0]
        if schema in kept or len(kept) == KEPT_COUNT:
            copy.unlink(missing_ok=True)
        else:
            kept[schema] = copy


def _refuse_without_room(path: Path, free: int) -> None:
    parts = [path, *(path.with_name(f"{path.name}{suffix}") for suffix in COMPANION_SUFFIXES)]
    needed = sum(part.stat().st_size for part in parts if part.exists()) + _SPARE_BYTES
    if free < needed:
        raise StorageError(
            f"the copy needs {needed:,} bytes, and the disk has {free:,}; free some space, then "
            "try again."
        )


def _remove(unfinished: Path) -> None:
    for suffix in ("", *COMPANION_SUFFIXES):
        unfinished.with_name(f"{unfinished.name}{suffix}").unlink(missing_ok=True)
