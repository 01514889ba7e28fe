"""Which files are read as articles, told by their names alone. Opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from index.ingestion.limits import Limits


# crawlers end an archive at a gibibyte, packed, and most in it is no article
_ARCHIVE_ROOM = 8


class Format(Enum):
    """How the bytes of a file become articles."""

    TEXT = auto()
    MARKDOWN = auto()
    HTML = auto()
    JSON = auto()
    JSON_LINES = auto()
    CSV = auto()
    WARC = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """A format, and whether the file is packed with gzip."""

    format: Format
    is_packed: bool = False

    @property
    def is_streamed(self) -> bool:
        """Whether the file is read line by line, or record by record, and never held whole."""
        return self.format in {Format.JSON_LINES, Format.CSV, Format.WARC}

    def max_unpacked_bytes(self, limits: Limits) -> int:
        """How many bytes of content may be read."""
        if self.format is Format.WARC:
            return _ARCHIVE_ROOM * limits.max_stream_bytes
        return limits.max_stream_bytes if self.is_streamed else limits.max_file_bytes

    def max_bytes_on_disk(self, limits: Limits) -> int:
        """How large the file itself may be; what is packed is only ever streamed."""
        return limits.max_stream_bytes if self.is_packed else self.max_unpacked_bytes(limits)


KINDS = {
    ".txt": Kind(Format.TEXT),
    ".md": Kind(Format.MARKDOWN),
    ".markdown": Kind(Format.MARKDOWN),
    ".html": Kind(Format.HTML),
    ".htm": Kind(Format.HTML),
    ".json": Kind(Format.JSON),
    ".json.gz": Kind(Format.JSON, is_packed=True),
    ".jsonl": Kind(Format.JSON_LINES),
    ".jsonl.gz": Kind(Format.JSON_LINES, is_packed=True),
    ".ndjson": Kind(Format.JSON_LINES),
    ".ndjson.gz": Kind(Format.JSON_LINES, is_packed=True),
    ".csv": Kind(Format.CSV),
    ".csv.gz": Kind(Format.CSV, is_packed=True),
    ".warc": Kind(Format.WARC),
    ".warc.gz": Kind(Format.WARC, is_packed=True),
}

UNSUPPORTED = "not a kind of file that is read; use " + ", ".join(
    suffix for suffix in KINDS if not suffix.endswith(".gz")
)


def kind_of(path: Path) -> Kind | None:
    """Tell the kind by the name's ending, without regard to case; None when unsupported."""
    name = path.name.lower()
    stem, _, last = name.rpartition(".")
    ending = f".{last}"
    if last == "gz":
        ending = f".{stem.rpartition('.')[2]}.gz"
    return KINDS.get(ending)
