"""A backup as a file: a ZIP of databases behind a manifest with their sizes and SHA-256.

    manifest.json       written last, read first: `format`, `version` of the program, `made_at`,
                        `files`: name, bytes, sha256 and schema of each
    pullquote.sqlite3   and other databases, compressed

Bytes in and out; knows neither what a database holds nor where it belongs.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from dataclasses import asdict, dataclass
from functools import partial
from typing import IO, TYPE_CHECKING

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from bot.operations.errors import OperationError
from index.storage.segments.faults import translated_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FORMAT = 1
_MANIFEST = "manifest.json"
_MOST_MANIFEST_BYTES = 1 << 20
_SLICE_BYTES = 1 << 20
# a fifth of the usual level's time, and a few per cent larger
_LEVEL = 1
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file in a backup. `schema` counts the migrations that it has seen."""

    name: str
    bytes: int
    sha256: str
    schema: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself; `made_at` is an aware time."""

    version: str
    made_at: AwareDatetime
    files: tuple[ArchivedFile, ...]

    @property
    def byte_count(self) -> int:
        """The size of all files once they are taken out."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class _Head:
    """What a manifest of any format says."""

    format: int
    version: str


def described(path: Path, schema: int) -> ArchivedFile:
    """Return what a manifest says of a file, by reading it once. Raises StorageError."""
    with translated_errors(path), path.open("rb") as file:
        size, digest = _copied(iter(partial(file.read, _SLICE_BYTES), b""), _nowhere)
    return ArchivedFile(path.name, size, digest, schema)


def write_archive(target: IO[bytes], folder: Path, contents: Contents) -> None:
    """Write the files of a folder that `contents` describes. Raises OSError."""
    manifest = {
        "format": FORMAT,
        "version": contents.version,
        "made_at": contents.made_at.isoformat(),
        "files": [asdict(file) for file in contents.files],
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for file in contents.files:
            archive.write(folder / file.name, file.name)
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))


def read_contents(path: Path) -> Contents:
    """Return what a backup holds, by its manifest alone. Raises OperationError, StorageError."""
    raw = bytearray()
    size, _ = _copied(_slices(path, _MANIFEST), raw.extend, _MOST_MANIFEST_BYTES)
    if size > _MOST_MANIFEST_BYTES:
        raise _damaged(path, "its manifest is too large")
    try:
        head = TypeAdapter(_Head).validate_json(raw, strict=True)
        if head.format == FORMAT:
            return TypeAdapter(Contents).validate_json(raw, strict=True)
    except ValidationError as error:
        raise _damaged(path, "it is no backup of Pullquote, or makes no sense") from error
    raise OperationError(
        f"{path} is a backup of another version of Pullquote (format {head.format}, "
        f"this one reads {FORMAT}); restore it with Pullquote {head.version} or newer."
    )


def check_archive(path: Path, contents: Contents) -> None:
    """Read every file of a backup, and hold it to the manifest. Raises OperationError."""
    for file in contents.files:
        _take_out(path, file, _nowhere)


def extract(path: Path, contents: Contents, folder: Path) -> None:
    """Write the files of a backup to a folder, each held to the manifest.

    Raises OperationError for what is damaged, and StorageError.
    """
    for file in contents.files:
        _extract(path, file, folder / file.name)


def _extract(path: Path, file: ArchivedFile, target: Path) -> None:
    with translated_errors(target), target.open("xb") as opened:

        def write(data: bytes) -> None:
            with translated_errors(target):  # here, where it is not taken for trouble with `path`
                opened.write(data)

        _take_out(path, file, write)
        opened.flush()
        os.fsync(opened.fileno())


def _take_out(path: Path, file: ArchivedFile, write: Callable[[bytes], None]) -> None:
    found = _copied(_slices(path, file.name), write, file.bytes)
    if found != (file.bytes, file.sha256):
        raise _damaged(path, f"{file.name} in it is not as it was written")


def _nowhere(_data: bytes) -> None:
    """Write nothing: for reading alone."""


def _copied(
    slices: Iterable[bytes], write: Callable[[bytes], None], most: int | None = None
) -> tuple[int, str]:
    """Copy, and return size and SHA-256. Stops behind `most` bytes."""
    size, digest = 0, hashlib.sha256()
    for data in slices:
        size += len(data)
        if most is not None and size > most:
            break
        digest.update(data)
        write(data)
    return size, digest.hexdigest()


def _slices(path: Path, name: str) -> Iterator[bytes]:
    """Yield what a backup holds under a name. Raises OperationError, StorageError."""
    try:
        with translated_errors(path), path.open("rb") as file, zipfile.ZipFile(file) as archive:
            if archive.getinfo(name).compress_type not in _PACKED:
                raise _damaged(path, f"{name} in it is packed in another way")
            with archive.open(name) as source:
                yield from iter(partial(source.read, _SLICE_BYTES), b"")
    except KeyError as error:
        raise _damaged(path, f"{name} is missing in it") from error
    # a RuntimeError is what zipfile says of encryption, and of features that it has not
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise _damaged(path, str(error) or "it ends too early") from error


def _damaged(path: Path, reason: str) -> OperationError:
    return OperationError(f"{path} cannot be used ({reason}); take another backup.")
