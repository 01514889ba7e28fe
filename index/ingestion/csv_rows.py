"""CSV files: the first row names the fields, each other row is one article.

RFC 4180 quoting; the delimiter is the comma, semicolon or tab that the first line has most of.
"""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING

from index.errors import ArticleRefusedError, FileRefusedError
from index.ingestion.decoding import lines
from index.ingestion.fields import TEXT_NAMES, by_name
from index.ingestion.wording import one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from index.ingestion.limits import Limits
    from index.ingestion.records import Record

_DELIMITERS = ",;\t"
_MAX_NAMED_COLUMNS = 20
_FIELD_ROOM = 4  # a field somewhat too long costs its row; one beyond this is a lost quotation mark


def read_rows(stream: BinaryIO, limits: Limits) -> Iterator[Record]:
    """Yield the fields of each row, numbered by the line that it starts on.

    Raises FileRefusedError when there is no text column, and where the file stops being CSV or
    UTF-8: one lost quotation mark shifts all that follows.
    """
    max_field_bytes = _FIELD_ROOM * limits.max_article_bytes
    # The csv module's limit holds for the whole process, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), max_field_bytes))
    source = _text_lines(stream, max_field_bytes)
    first = next(source, "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows = _numbered_rows(chain([first], source), delimiter)
    _, header = next(rows, (1, []))
    _check(header)
    for number, row in rows:
        if any(row):
            yield number, _fields(header, row)


def _text_lines(stream: BinaryIO, max_line_bytes: int) -> Iterator[str]:
    for number, line in lines(stream, max_line_bytes):
        if isinstance(line, ArticleRefusedError):
            raise FileRefusedError(f"line {number}: {line}") from line
        yield line


def _numbered_rows(source: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    start = 1
    try:
        for row in reader:
            yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        reason = one_line(str(error))
        raise FileRefusedError(f"not valid CSV in the row from line {start}: {reason}") from error


def _check(header: list[str]) -> None:
    if not by_name(dict.fromkeys(header)).keys() & set(TEXT_NAMES):
        found = ", ".join(quoted(name) for name in header[:_MAX_NAMED_COLUMNS]) or "none"
        raise FileRefusedError(f"no column is named {TEXT_NAMES[0]} (found: {found}); name one so")


def _fields(header: list[str], row: list[str]) -> dict[str, object] | ArticleRefusedError:
    if len(row) > len(header):
        return ArticleRefusedError(
            f"{len(row)} cells under {len(header)} columns; put quotation marks around its text"
        )
    return by_name(dict(zip(reversed(header[: len(row)]), reversed(row), strict=True)))
