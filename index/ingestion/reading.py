"""From one found file to its articles: opens it, hands it to its format, reports what came of it.

Knows which module reads which format, and nothing of what is done with the articles.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import ArticleRefusedError, FileRefusedError
from index.ingestion import archives, csv_rows, json_values, pages, prose
from index.ingestion.fields import article_of
from index.ingestion.folder import FoundFile, Refusal
from index.ingestion.formats import UNSUPPORTED, Format, kind_of
from index.ingestion.limits import Limits
from index.ingestion.opening import chunks, open_content, open_file
from index.ingestion.wording import one_line, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

    from index.ingestion.records import Record
    from index.model import Article

__all__ = ["FoundFile", "Limits", "Note", "Refusal", "content_hash", "read_articles"]

_RECORDS: Mapping[Format, Callable[[BinaryIO, Limits], Iterator[Record]]] = {
    Format.TEXT: prose.read_text,
    Format.MARKDOWN: prose.read_markdown,
    Format.HTML: pages.read_page,
    Format.JSON: json_values.read_json,
    Format.JSON_LINES: json_values.read_lines,
    Format.CSV: csv_rows.read_rows,
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something missing from an article, or a file, that went in; `str()` is one line."""

    path: Path
    text: str
    line: int | None = None

    def __str__(self) -> str:
        place = "" if self.line is None else f":{self.line}"
        return f"{shown_path(self.path)}{place}: {self.text}"


def content_hash(file: FoundFile) -> str:
    """Give the SHA-256, in hexadecimal, of the file's bytes on disk. Raises FileRefusedError."""
    digest = hashlib.sha256()
    with open_file(file.path) as stream:
        for chunk in chunks(stream):
            digest.update(chunk)
    return digest.hexdigest()


def read_articles(
    file: FoundFile,
    limits: Limits,
    *,
    now: datetime,
    on_read: Callable[[int], None] = lambda _: None,
) -> Iterator[Article | Refusal | Note]:
    """Yield the articles of a file in its order, one at a time; an article's notes follow it.

    `now` is aware; a date far after it is not believed. `on_read` is told, again and again, how
    many bytes on disk have been read so far. Raises FileRefusedError, while iterating, when the
    file cannot be read (on): what was yielded before is sound but not all there is.
    """
    kind = kind_of(file.path)
    if kind is None:
        raise FileRefusedError(UNSUPPORTED)
    understand = _Understanding(file.path, kind.format, limits, now)
    with open_content(file.path, kind, limits, on_read) as content:
        for record in _records(kind.format, content, limits, now):
            yield from understand(record)


def _records(form: Format, content: BinaryIO, limits: Limits, now: datetime) -> Iterator[Record]:
    if form is Format.WARC:
        return archives.read_archive(content, now=now)
    return _RECORDS[form](content, limits)


@dataclass(frozen=True, slots=True)
class _Understanding:
    """What the records of one file have in common."""

    path: Path
    format: Format
    limits: Limits
    now: datetime

    def __call__(self, record: Record) -> Iterator[Article | Refusal | Note]:
        number, fields = record
        if isinstance(fields, str):
            yield Note(self.path, fields, number)
            return
        try:
            article, notes = self._article(number, fields)
        except ArticleRefusedError as error:
            if number is None:
                raise FileRefusedError(str(error)) from error
            yield Refusal(self.path, str(error), number)
            return
        yield article
        yield from (Note(self.path, note, number) for note in notes)

    def _article(
        self, number: int | None, fields: Mapping[str, object] | ArticleRefusedError
    ) -> tuple[Article, list[str]]:
        if isinstance(fields, ArticleRefusedError):
            raise fields
        return article_of(
            fields,
            place=shown_path(self.path) + ("" if number is None else f"#{number}"),
            file_title=one_line(self.path.stem)
            if self.format in {Format.TEXT, Format.MARKDOWN}
            else None,
            max_text_bytes=self.limits.max_article_bytes,
            now=self.now,
        )
