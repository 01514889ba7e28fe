"""`restore`: a backup becomes the data directory, or everything stays as it was.

All is taken out and checked in a folder beside the data first. Only then, with nobody else in the
directory, the files change places; whatever fails meanwhile is undone.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from bot.operations.archive import extract, read_contents
from bot.operations.data_files import NEWS, SEGMENTS_NAME, file_named, files_in
from bot.operations.errors import OperationError
from bot.operations.private_folders import private_folder, remove_left_behind
from index.errors import DatabaseBusyError, NewerSchemaError, StorageError
from index.storage.database_files import (
    COMPANION_SUFFIXES,
    held_alone,
    problems_in,
    schema_version,
)
from index.storage.locks import polling_lock, writer_lock
from index.storage.segments.directory import SegmentDirectory
from index.storage.segments.durable_files import sync_directory
from index.storage.segments.faults import translated_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.operations.archive import Contents

_STAGE = ".restoring-"
ASIDE = ".before-restore-"


def restore(archive: Path, data_dir: Path, *, replace: bool = False) -> Contents:
    """Put what a backup holds in the place of what a data directory holds.

    Raises OperationError where the backup is damaged or not of this program, where there is news
    already and it is not to be replaced, and after a restore that was cut short; NewerSchemaError
    where a newer version made it; WriterBusyError and StorageError where the directory is in use.
    Whatever is raised, what was there is still there.
    """
    contents = read_contents(archive)
    _refuse_strangers(archive, contents)
    if files_in(data_dir) and not replace:
        raise OperationError(
            f"There is news in {data_dir} already; name another --data-dir, or say --replace to "
            "put the backup in its place."
        )
    _refuse_after_a_cut(data_dir)
    with translated_errors(data_dir):
        data_dir.mkdir(parents=True, exist_ok=True)
        # of a restore that was killed, which may have filled the disk
        remove_left_behind(data_dir, _STAGE)
        _refuse_without_room(data_dir, contents)
    with private_folder(data_dir, _STAGE) as stage:
        extract(archive, contents, stage)
        _check(archive, contents, stage)
        with _nobody_else_in(data_dir):
            # what was built from other articles is not to be taken for an index of these
            SegmentDirectory(data_dir / SEGMENTS_NAME).forget()
            _change_places(stage, data_dir, [file.name for file in contents.files])
    return contents


def cut_short(data_dir: Path) -> list[Path]:
    """Return the folders with older data that a restore has left, because it was killed."""
    return sorted(data_dir.glob(f"{ASIDE}*"))


def _refuse_strangers(archive: Path, contents: Contents) -> None:
    names = [file.name for file in contents.files]
    if NEWS.name not in names or len(set(names)) != len(names):
        raise OperationError(f"{archive} holds no news; take another backup.")
    if unknown := [name for name in names if file_named(name) is None]:
        raise OperationError(
            f"{archive} holds {unknown[0]!r}, which this version of Pullquote does not know; "
            f"restore it with Pullquote {contents.version} or newer."
        )


def _refuse_after_a_cut(data_dir: Path) -> None:
    if left := cut_short(data_dir):
        raise OperationError(
            f"An earlier restore was cut short, and the data from before it are in {left[0]}; "
            "move them back or delete that folder, then try again."
        )


def _refuse_without_room(data_dir: Path, contents: Contents) -> None:
    free = shutil.disk_usage(data_dir).free
    if free < contents.byte_count:
        raise OperationError(
            f"The backup needs {contents.byte_count:,} bytes, and the disk that holds {data_dir} "
            f"has {free:,}; free some space, then try again."
        )


def _check(archive: Path, contents: Contents, stage: Path) -> None:
    for archived in contents.files:
        file = file_named(archived.name)
        assert file is not None  # noqa: S101 (strangers were refused)
        try:
            schema_version(stage / file.name, file.migrations)
            problems = problems_in(stage / file.name)
        except NewerSchemaError:
            raise NewerSchemaError(
                f"{archive} was made by a newer version of Pullquote ({contents.version}); "
                "upgrade Pullquote, then restore it."
            ) from None
        except StorageError:
            problems = [f"{file.name} in it is no database"]
        if problems:
            raise OperationError(f"{archive} is damaged ({problems[0]}); take another backup.")


@contextmanager
def _nobody_else_in(data_dir: Path) -> Iterator[None]:
    with ExitStack() as held:
        held.enter_context(writer_lock(SegmentDirectory(data_dir / SEGMENTS_NAME)))
        held.enter_context(polling_lock(data_dir))
        for file in files_in(data_dir):
            try:
                held.enter_context(held_alone(data_dir / file.name))
            except DatabaseBusyError as error:
                raise OperationError(
                    f"{data_dir} is in use by another process; stop the bot and whatever else "
                    "reads it, then try again."
                ) from error
            except StorageError:
                # a damaged file is what restoring is for; nobody can be at work on it
                continue
        yield


def _change_places(stage: Path, data_dir: Path, names: list[str]) -> None:
    aside = data_dir / f"{ASIDE}{secrets.token_hex(4)}"
    with translated_errors(data_dir), ExitStack() as undoing:
        aside.mkdir(mode=0o700)
        # empty once everything is undone; what could not be put back stays in it
        undoing.callback(_remove_empty, aside)
        for name in names:
            for suffix in COMPANION_SUFFIXES:
                old = data_dir / f"{name}{suffix}"
                if old.exists():
                    old.rename(aside / old.name)
                    undoing.callback((aside / old.name).replace, old)
            _replace(stage / name, data_dir / name, aside / name, undoing)
        sync_directory(data_dir)
        undoing.pop_all()
    shutil.rmtree(aside, ignore_errors=True)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _replace(new: Path, path: Path, kept: Path, undoing: ExitStack) -> None:
    """Put a file in the place of another, in one step where the file system has hard links."""
    if not path.exists():
        undoing.callback(path.unlink)
        new.rename(path)
        return
    try:
        os.link(path, kept)
    except OSError:
        shutil.copyfile(path, kept)
    undoing.callback(kept.replace, path)
    new.replace(path)
