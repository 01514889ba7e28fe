"""The locks of a data directory: who writes its segments, and who follows the news for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.storage.segments.writer_lock import WriterLock

if TYPE_CHECKING:
    from pathlib import Path

    from index.storage.segments.directory import SegmentDirectory


def writer_lock(directory: SegmentDirectory) -> WriterLock:
    """Return the lock of whoever writes segments, in a folder that is made where it is missing."""
    directory.create()
    return WriterLock(directory.path / "writer.lock")


def polling_lock(data_dir: Path) -> WriterLock:
    """Return the lock of whoever follows the news of a data directory, which is there."""
    return WriterLock(data_dir / "polling.lock", "following the news of this data directory")
