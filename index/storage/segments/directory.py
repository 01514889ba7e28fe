"""The folder of an index: its segments, and the one manifest that says which of them count.

A commit replaces the manifest by renaming, so that whoever reads sees the one before or the one
after. Must not know what segments hold, and does not keep writers apart: they hold a `WriterLock`.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from index.storage.segments.durable_files import sync_directory, write_new_file
from index.storage.segments.faults import translated_errors
from index.storage.segments.manifest import Manifest

if TYPE_CHECKING:
    from pathlib import Path

_MANIFEST = "manifest.json"
_NUMBERED = re.compile(r"(\d+)-[0-9a-f]{8}\.segment", re.ASCII)


class SegmentDirectory:
    """The folder `path`, which is made by `create`. Nothing of it is kept in memory."""

    def __init__(self, path: Path):
        self.path = path
        self._manifest = path / _MANIFEST

    def create(self) -> None:
        """Make the folder, and those above it, where missing. Raises StorageError."""
        with translated_errors(self.path):
            if not self.path.is_dir():
                self.path.mkdir(parents=True, exist_ok=True)
                sync_directory(self.path.parent)

    def read(self) -> Manifest | None:
        """Return the last manifest that was committed, or None where there is none.

        Once a newer one is committed its segments may be gone: then read again.
        Raises DamagedSegmentError, OutdatedSegmentError, or StorageError where it cannot be read.
        """
        with translated_errors(self._manifest):
            try:
                data = self._manifest.read_bytes()
            except FileNotFoundError:
                return None
        return Manifest.parse(data)

    def new_name(self) -> str:
        """Return a name for a new segment, numbered after those that are there.

        Two calls never return the same name. Raises StorageError.
        """
        with translated_errors(self.path), os.scandir(self.path) as entries:
            numbers = [int(m[1]) for entry in entries if (m := _NUMBERED.fullmatch(entry.name))]
        return f"{max(numbers, default=0) + 1:06}-{secrets.token_hex(4)}.segment"

    def path_of(self, name: str) -> Path:
        """Return where the segment `name` is, or is to be written."""
        return self.path / name

    def commit(self, manifest: Manifest) -> None:
        """Replace the manifest. When this returns, it and its segments outlive a power cut.

        Raises StorageError. Which of the two manifests is in place is then for `read` to say.
        """
        data = manifest.encode()
        temporary = self.path / f"{_MANIFEST}.{secrets.token_hex(4)}.tmp"
        with translated_errors(self._manifest):
            write_new_file(temporary, [data])
            try:
                # no file system promises to keep the order of names: those of the segments must
                # last before a manifest that names them, and the manifest's before a segment that
                # only the one before names may be deleted
                sync_directory(self.path)
                self._advance_time(temporary)
                temporary.replace(self._manifest)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
            sync_directory(self.path)

    def forget(self) -> None:
        """Take the manifest away, so that whoever looks next builds the index anew.

        Only for the holder of the `WriterLock`. Raises StorageError.
        """
        with translated_errors(self._manifest):
            self._manifest.unlink(missing_ok=True)

    def collect_garbage(self, manifest: Manifest) -> None:
        """Delete segments that `manifest`, the last one committed, does not name, and leftovers.

        Only for the holder of the `WriterLock`, with no segment written and not yet committed.
        Who still maps a deleted segment keeps its content. What cannot be deleted, as on Windows
        while it is mapped, stays until the next time. Raises StorageError where the folder cannot
        be read.
        """
        kept = {segment.name for segment in manifest.segments}
        with translated_errors(self.path), os.scandir(self.path) as entries:
            for entry in entries:
                if entry.name.endswith((".segment", ".tmp")) and entry.name not in kept:
                    with suppress(OSError):
                        self.path_of(entry.name).unlink()

    def byte_count(self) -> int:
        """Return what the files of the folder take, 0 where there is none. Raises StorageError."""
        with translated_errors(self.path):
            try:
                with os.scandir(self.path) as entries:
                    return sum(map(_size, entries))
            except FileNotFoundError:
                return 0

    def signature(self) -> tuple[int, ...]:
        """Return a value that changes with each commit, for a few microseconds: to be polled.

        Take it before `read`, not after, so that no commit in between is missed. It is empty where
        there is no manifest. Raises StorageError.
        """
        with translated_errors(self._manifest):
            try:
                status = self._manifest.stat()
            except FileNotFoundError:
                return ()
        return status.st_mtime_ns, status.st_ino, status.st_size

    def _advance_time(self, temporary: Path) -> None:
        # within one tick of the file system's clock a third manifest may have time, size and the
        # freed inode of the first
        last = self.signature()
        if last and temporary.stat().st_mtime_ns <= last[0]:
            os.utime(temporary, ns=(last[0] + 1000, last[0] + 1000))


def _size(entry: os.DirEntry[str]) -> int:
    # a segment may be deleted between two looks
    with suppress(FileNotFoundError):
        return entry.stat().st_size
    return 0
