"""Which files of the given files and folders are read. Opens none of them.

A path that a person gives is resolved once, so a link they name is followed. Inside a folder no
link is followed, so nothing outside of it is ever found. Hidden names are passed over in silence.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.ingestion.faults import reason_of
from index.ingestion.formats import UNSUPPORTED, kind_of
from index.ingestion.limits import in_words
from index.ingestion.wording import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.ingestion.limits import Limits

NOT_REGULAR = "not a regular file"
NOT_TEXT = "its name is not valid UTF-8; rename it"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may hold articles: its absolute path without links, its size in bytes on disk."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or one article of it, that is left out; `str()` is one line for a person.

    `line` is the 1-based line, or item of a JSON list, for an article inside a file.
    """

    path: Path
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        place = "" if self.line is None else f":{self.line}"
        return f"{shown_path(self.path)}{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found, each list sorted by path: files, refusals, and files of other kinds."""

    files: list[FoundFile]
    refusals: list[Refusal]
    ignored: list[Path]


def find_files(paths: Sequence[Path], limits: Limits) -> tuple[list[FoundFile], list[Refusal]]:
    """List the readable files under `paths`, each once, by path, and what is left out and why."""
    listing = list_files(paths, limits)
    return listing.files, listing.refusals


def list_files(paths: Sequence[Path], limits: Limits) -> Listing:
    """Do as `find_files`, and list the files inside folders that are of no kind that is read."""
    search = _Search(limits)
    for path in paths:
        search.add(path)
    return Listing(
        files=sorted(search.files.values(), key=lambda file: os.fspath(file.path)),
        refusals=sorted(search.refusals.values(), key=lambda refusal: os.fspath(refusal.path)),
        ignored=sorted(search.ignored, key=os.fspath),
    )


@dataclass(slots=True)
class _Search:
    """One walk over the given paths; a path reached twice is kept once."""

    limits: Limits
    files: dict[Path, FoundFile] = field(default_factory=dict)
    refusals: dict[Path, Refusal] = field(default_factory=dict)
    ignored: set[Path] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)

    def add(self, given: Path) -> None:
        """Take a path as a person gave it."""
        try:
            path = Path(os.path.realpath(given, strict=True))
            status = path.stat()
        except (OSError, ValueError) as error:
            self._refuse(given, reason_of(error))
            return
        if not _is_text(path):
            self._refuse(path, NOT_TEXT)
        elif stat.S_ISDIR(status.st_mode):
            self._walk(os.fspath(path))
        elif kind_of(path) is None and stat.S_ISREG(status.st_mode):
            self._refuse(path, UNSUPPORTED)
        else:
            self._consider(path, status)

    def _walk(self, top: str) -> None:
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            if folder in self.folders:
                continue
            self.folders.add(folder)
            for entry in self._entries(folder):
                try:
                    if not _is_text(entry.name):
                        self._refuse(Path(entry.path), NOT_TEXT)
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        self._meet(entry)
                except FileNotFoundError:
                    continue  # it went away while the folder was read: there is nothing to tell
                except OSError as error:
                    self._refuse(Path(entry.path), reason_of(error))

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                yield from (entry for entry in entries if not entry.name.startswith("."))
        except OSError as error:
            self._refuse(Path(folder), reason_of(error))

    def _meet(self, entry: os.DirEntry[str]) -> None:
        path = Path(entry.path)
        if entry.is_symlink():
            self._refuse(path, "a link, and links inside a folder are not followed; name it itself")
        elif kind_of(path) is None:
            self.ignored.add(path)
        else:
            self._consider(path, entry.stat(follow_symlinks=False))

    def _consider(self, path: Path, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            self._refuse(path, NOT_REGULAR)
            return
        kind = kind_of(path)
        limit = kind.max_bytes_on_disk(self.limits) if kind else 0
        if status.st_size > limit:
            self._refuse(path, f"larger than the limit of {in_words(limit)}; split it")
        else:
            self.files[path] = FoundFile(path, status.st_size)

    def _refuse(self, path: Path, reason: str) -> None:
        self.refusals.setdefault(path, Refusal(path, reason))


def _is_text(path: Path | str) -> bool:
    """Tell whether a name can be stored and shown as text (PEP 383 keeps what cannot)."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        return False
    return True
