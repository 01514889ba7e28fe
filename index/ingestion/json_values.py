"""JSON files: one article, a list of them, `{"articles": […]}`, or one object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from index.errors import ArticleRefusedError, FileRefusedError
from index.ingestion.decoding import decoded, lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from index.ingestion.limits import Limits
    from index.ingestion.records import Record

_MAX_INTEGER_DIGITS = 300  # far below the length at which Python refuses to convert
_ESCAPED_CHARACTER_BYTES = 6  # `\u0041`: a text may take this many times its own bytes
_KIND_NAMES = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}


def read_json(stream: BinaryIO, _limits: Limits) -> Iterator[Record]:
    """Yield the articles of a JSON file, numbered from 1 unless it is one alone.

    Raises FileRefusedError when it is no valid JSON or holds neither object nor list.
    """
    text = decoded(stream.read())
    try:
        value = _parsed(text)
    except ArticleRefusedError as error:
        raise FileRefusedError(str(error) + _advice(text)) from error
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        yield None, _object(value)
        return
    for number, item in enumerate(value, 1):
        yield number, _object(item)


def read_lines(stream: BinaryIO, limits: Limits) -> Iterator[Record]:
    """Yield the object of each line, the error of a broken one, and nothing of a blank one.

    Raises FileRefusedError as `decoding.lines` does.
    """
    max_line_bytes = _ESCAPED_CHARACTER_BYTES * limits.max_article_bytes
    for number, line in lines(stream, max_line_bytes):
        if isinstance(line, ArticleRefusedError):
            yield number, line
        elif line.strip():
            try:
                yield number, _object(_parsed(line.strip()))
            except ArticleRefusedError as error:
                yield number, error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_integer, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        place = f"{line}column {error.colno}"
        raise ArticleRefusedError(f"not valid JSON at {place}: {error.msg}") from None
    except RecursionError:
        raise ArticleRefusedError("nested too deeply for an article") from None


def _object(value: Any) -> dict[str, object] | ArticleRefusedError:
    if isinstance(value, dict):
        return value
    found = _KIND_NAMES.get(type(value), "a number")
    return ArticleRefusedError(f"{found} where an object with the article's fields should be")


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_INTEGER_DIGITS else digits


def _nothing(_name: str) -> None:
    """Stand for NaN and Infinity: a value that is not there."""


def _advice(text: str) -> str:
    is_lines = text.lstrip().startswith("{") and "\n{" in text
    return "; if it holds one object a line, name it .jsonl" if is_lines else ""
