"""Real files, and what reading them comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from index.errors import FileRefusedError
from index.ingestion.folder import FoundFile, Refusal
from index.ingestion.limits import Limits
from index.ingestion.reading import Note, read_articles
from index.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """All that came of one file; `refused` is why the file as a whole was left out."""

    articles: list[Article]
    refusals: list[Refusal]
    notes: list[Note]
    refused: str | None

    @property
    def article(self) -> Article:
        assert self.refused is None
        (only,) = self.articles
        return only


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Outcome]:
    """Write bytes under a name (or take a file that is there) and read the articles back."""

    def read_file(name: str, content: bytes | None = None, limits: Limits | None = None) -> Outcome:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        items: list[Article | Refusal | Note] = []
        refused = None
        try:
            size = path.lstat().st_size
            items.extend(read_articles(FoundFile(path, size), limits or Limits(), now=NOW))
        except FileRefusedError as error:
            refused = str(error)
        return Outcome(
            [item for item in items if isinstance(item, Article)],
            [item for item in items if isinstance(item, Refusal)],
            [item for item in items if isinstance(item, Note)],
            refused,
        )

    return read_file
