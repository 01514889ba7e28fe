"""Which files of a data directory are the data. Opens none.

The segments are not among them: they are made anew from the store, by whoever opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.storage.memory import FILE_NAME as MEMORY_NAME
from index.storage.article_store import FILE_NAME as NEWS_NAME

if TYPE_CHECKING:
    from pathlib import Path

SEGMENTS_NAME = "segments"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A database: its name, the package of its migrations, and what is in it, in words."""

    name: str
    migrations: str
    content: str


NEWS = DataFile(NEWS_NAME, "index.storage.migrations", "the news")
MEMORY = DataFile(MEMORY_NAME, "bot.storage.migrations", "what the bot remembers")
DATA_FILES = (NEWS, MEMORY)


def files_in(data_dir: Path) -> list[DataFile]:
    """Return those that are there."""
    return [file for file in DATA_FILES if (data_dir / file.name).is_file()]


def file_named(name: str) -> DataFile | None:
    """Return the one of this name, None for a name that is none of theirs."""
    return next((file for file in DATA_FILES if file.name == name), None)
