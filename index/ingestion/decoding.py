"""Bytes to text, strictly: nothing is replaced, no newline is translated, only a BOM goes.

Knows encodings and lines, and nothing of articles.
"""

from __future__ import annotations

import codecs
import io
from typing import IO, TYPE_CHECKING, AnyStr, BinaryIO, cast

from index.errors import ArticleRefusedError, FileRefusedError
from index.ingestion.limits import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = "\ufeff"
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def marked_encoding(start: bytes) -> str | None:
    """Tell the encoding that a byte order mark at the start tells."""
    return next((name for mark, name in _BYTE_ORDER_MARKS.items() if start.startswith(mark)), None)


def decoded(raw: bytes, encoding: str = "utf-8") -> str:
    """Decode a whole file; a byte order mark overrides `encoding`. Raises FileRefusedError."""
    if not raw:
        raise FileRefusedError("it is empty")
    try:
        return raw.decode(marked_encoding(raw) or encoding).removeprefix(_MARK)
    except UnicodeDecodeError as error:
        name = "UTF-16" if error.encoding.startswith("utf-16") else encoding.upper()
        raise FileRefusedError(
            f"not valid {name} at byte {error.start}; save it as UTF-8"
        ) from None


def lines(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, str | ArticleRefusedError]]:
    r"""Yield the lines of a buffered stream, numbered from 1, each with the `\n` it came with.

    In place of a line longer than `max_bytes`, or not valid UTF-8, there is an error that says so.
    Raises FileRefusedError for an empty stream, and for broken UTF-16, which has no lines.
    """
    start = cast("io.BufferedReader", stream).peek(3)
    if not start:
        raise FileRefusedError("it is empty")
    if marked_encoding(start) == "utf-16":
        yield from _utf16_lines(stream, max_bytes)
        return
    for number, raw in enumerate(_capped_lines(stream, b"\n", max_bytes), 1):
        yield number, _too_long(max_bytes) if raw is None else _utf8_line(raw, number)


def _utf8_line(raw: bytes, number: int) -> str | ArticleRefusedError:
    try:
        line = raw.decode()
    except UnicodeDecodeError as error:
        return ArticleRefusedError(
            f"not valid UTF-8 at byte {error.start} of the line; save it as UTF-8"
        )
    return line.removeprefix(_MARK) if number == 1 else line


def _utf16_lines(
    stream: BinaryIO, max_bytes: int
) -> Iterator[tuple[int, str | ArticleRefusedError]]:
    text = io.TextIOWrapper(stream, "utf-16", newline="\n")
    try:
        for number, line in enumerate(_capped_lines(text, "\n", max_bytes // 2), 1):
            yield number, _too_long(max_bytes) if line is None else line
    except UnicodeError:
        raise FileRefusedError("not valid UTF-16; save it as UTF-8") from None


def _too_long(max_bytes: int) -> ArticleRefusedError:
    return ArticleRefusedError(f"a line longer than the limit of {in_words(max_bytes)}; split it")


def _capped_lines(stream: IO[AnyStr], end: AnyStr, max_length: int) -> Iterator[AnyStr | None]:
    """Yield the lines, and None for each that is too long, which is never held whole."""
    while line := stream.readline(max_length + 1):
        if len(line) <= max_length or line.endswith(end):
            yield line
            continue
        while line and not line.endswith(end):
            line = stream.readline(max_length + 1)
        yield None
