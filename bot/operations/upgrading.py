"""What a start of this version would change in a data directory. Changes nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.operations.data_files import SEGMENTS_NAME, files_in
from index.engines.term_lists import RECIPE
from index.errors import StorageError
from index.storage.database_files import schema_version
from index.storage.migration_files import migration_names
from index.storage.segments.directory import SegmentDirectory

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """A change: of which file, and what, in words."""

    place: str
    change: str


def upgrade_steps(data_dir: Path) -> list[Step]:
    """Return what the next start changes, in order; nothing where all is up to date.

    Raises NewerSchemaError for what a newer version wrote, StorageError for what cannot be read.
    """
    steps = []
    for file in files_in(data_dir):
        version = schema_version(data_dir / file.name, file.migrations)
        steps += [
            Step(file.name, f"migration {name}")
            for name in migration_names(file.migrations)[version:]
        ]
    return steps + _of_segments(SegmentDirectory(data_dir / SEGMENTS_NAME))


def _of_segments(directory: SegmentDirectory) -> list[Step]:
    try:
        manifest = directory.read()
    except StorageError:
        return [Step(SEGMENTS_NAME, "the search index is built anew, since it cannot be read")]
    if manifest is not None and manifest.recipe != RECIPE:
        return [Step(SEGMENTS_NAME, "the search index is built anew, by this version's rules")]
    return []
