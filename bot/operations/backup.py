"""`backup`: a data directory in one file, while others write to it.

Each database is copied as of one commit. The new file is read back before it gets its name.
"""

from __future__ import annotations

import os
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.operations.archive import (
    Contents,
    check_archive,
    described,
    read_contents,
    write_archive,
)
from bot.operations.data_files import NEWS, files_in
from bot.operations.errors import OperationError
from bot.operations.private_folders import private_folder, remove_left_behind
from index.storage.database_files import copy_while_written, problems_in, schema_version
from index.storage.segments.durable_files import sync_directory
from index.storage.segments.faults import translated_errors

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def back_up(data_dir: Path, target: Path, now: datetime, *, overwrite: bool = False) -> Contents:
    """Write what a data directory holds to a new file, and return what that is.

    Raises OperationError where there is nothing, where the file is there and not to be overwritten,
    and where what is there is damaged; StorageError where it cannot be read or written. Nothing is
    left of a file that is not whole, also of one that was killed at work, and an older one stays.
    """
    _refuse_what_is_there(target, overwrite=overwrite)
    files = files_in(data_dir)
    if NEWS not in files:
        raise OperationError(
            f"There is no news in {data_dir}; name the right directory with --data-dir."
        )
    # on the same disk, so that the whole file can be given its name in one step
    place = target.absolute().parent, f".{target.name}.", ".tmp"
    remove_left_behind(*place)
    with private_folder(*place) as folder:
        archived = []
        for file in files:
            copy = folder / file.name
            copy_while_written(data_dir / file.name, copy)
            schema = schema_version(copy, file.migrations)
            if problems := problems_in(copy):
                raise OperationError(
                    f"{data_dir / file.name} is damaged ({problems[0]}), so it is not backed up; "
                    "see what `pullquote verify` says."
                )
            archived.append(described(copy, schema))
        contents = Contents(version("pullquote"), now, tuple(archived))
        written = _write(folder / target.name, folder, contents)
        _name(written, target, overwrite=overwrite)
    return contents


def _write(path: Path, folder: Path, contents: Contents) -> Path:
    with translated_errors(path):
        # for its owner alone: it holds what people have asked
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            write_archive(file, folder, contents)
            file.flush()
            os.fsync(file.fileno())
    if read_contents(path) != contents:
        raise OperationError(f"{path} was not written as it should be; check the disk.")
    check_archive(path, contents)
    return path


_BINARY = getattr(os, "O_BINARY", 0)


def _name(written: Path, target: Path, *, overwrite: bool) -> None:
    with translated_errors(target):
        if overwrite:
            written.replace(target)
        else:
            _take_free_name(written, target)
        sync_directory(target.parent)


def _take_free_name(written: Path, target: Path) -> None:
    try:
        # unlike renaming, it fails where somebody has made such a file meanwhile
        target.hardlink_to(written)
    except FileExistsError:
        _refuse_what_is_there(target, overwrite=False)
    except OSError:  # a file system without hard links
        _refuse_what_is_there(target, overwrite=False)
        written.replace(target)


def _refuse_what_is_there(target: Path, *, overwrite: bool) -> None:
    if target.is_dir():
        raise OperationError(f"{target} is a folder; name a file to be written in it.")
    if not target.absolute().parent.is_dir():
        raise OperationError(f"There is no folder {target.absolute().parent}; make it first.")
    if target.exists() and not overwrite:
        raise OperationError(f"{target} is there already; name another file or say --overwrite.")
