"""What the store knows of files when a run begins, and which of them are to be forgotten."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.storage.rows import StoredFile


class Prune(Enum):
    """Whether a run forgets files that are gone."""

    NOTHING = auto()
    # not where a whole folder is gone or empty: it may only be a disk that is not mounted
    CAREFULLY = auto()
    EVERYTHING = auto()


@dataclass(frozen=True, slots=True)
class Known:
    """Files by path, articles by file id, and the ids of files that are no longer on disk."""

    files: Mapping[str, StoredFile]
    article_counts: Mapping[int, int]
    gone_file_ids: frozenset[int]


def gone_file_ids(files: Mapping[str, StoredFile]) -> frozenset[int]:
    """Return the ids of the files that are no longer on disk as files."""
    return frozenset(file.file_id for path, file in files.items() if is_gone(path))


def is_gone(path: str) -> bool:
    """Whether there is certainly no regular file at `path`; what cannot be seen is not gone."""
    try:
        return not stat.S_ISREG(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def forgotten(
    known: Known, roots: Iterable[Path], found: Iterable[Path], prune: Prune
) -> dict[str, int]:
    """Return the ids, by path, of the files that a run over `roots` forgets.

    `found` are the files that are there.
    """
    if prune is Prune.NOTHING:
        return {}
    pruned = {Path(os.path.realpath(root)) for root in roots}
    if prune is Prune.CAREFULLY:
        pruned &= {parent for path in found for parent in path.parents}
    return {
        path: file.file_id
        for path, file in known.files.items()
        if file.file_id in known.gone_file_ids
        and not pruned.isdisjoint((Path(path), *Path(path).parents))
    }
