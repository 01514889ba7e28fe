"""feedparser's own test files; what is expected of each stands in a comment in it.

    Expect: not bozo and entries[0]['title'] == 'Example' and len(entries) == 1

An expectation is Python. It is read as a tree, never run: comparisons with a literal, joined by
`and`, are understood; the rest, such as those of nested values, is passed over.
"""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from benchmarks.feeds.model import DATE, LINK, TITLE, Expected, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = ("wellformed", "illformed", "encoding")

_EXPECT = re.compile(r"Expect:\s*(.*?)\s*(?:-->|\n)")
_CHARSET = re.compile(r"""Content-type:[^\n]*?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_PLACE = re.compile(r"Content-Location:\s*(http\S+)", re.IGNORECASE)
_ELEMENT = re.compile(r"<[A-Za-z_]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TEXTS = {"title": TITLE, "link": LINK}
_TIMES = {"published_parsed": False, "created_parsed": False, "updated_parsed": True}


def feedparser_samples(folder: Path, part: str) -> list[Sample]:
    """Return the documents of a part of the suite, by name."""
    paths = sorted((folder / "tests" / part).rglob("*.xml"))
    return [_sample(folder / "tests", path) for path in paths]


def _sample(tests: Path, path: Path) -> Sample:
    body = path.read_bytes()
    text = _readable(body)
    found = _EXPECT.search(text)
    expression = found[1] if found else ""
    name = path.relative_to(tests).as_posix()
    values = tuple(_values(expression))
    charset = _CHARSET.search(text)
    place = _PLACE.search(text)
    return Sample(
        name=name,
        body=body,
        charset=charset[1] if charset else None,
        url=place[1] if place else f"http://127.0.0.1:8097/tests/{name}",
        is_feed=_ELEMENT.search(_COMMENT.sub("", text)) is not None,
        entry_count=_entry_count(expression),
        named_count=1 + max(_entry_numbers(expression), default=-1),
        values=values,
    )


def _readable(body: bytes) -> str:
    """Decode a file as far as its comment needs; those in wide characters have NULs in them."""
    for name, marks in {
        "utf-32": (b"\x00\x00\xfe\xff", b"\xff\xfe\x00\x00"),
        "utf-16": (b"\xfe\xff", b"\xff\xfe"),
    }.items():
        if body.startswith(marks):
            return body.decode(name, "replace")
    if body.startswith(b"\x4c\x6f\xa7\x94"):
        return body.decode("cp037", "replace")
    return body.replace(b"\0", b"").decode("utf-8", "replace").replace("\r\n", "\n")


def _values(expression: str) -> Iterator[Expected]:
    for side, value in _comparisons(expression):
        number, name = _field(side)
        if name in _TEXTS and isinstance(value, str):
            yield Expected(number, _TEXTS[name], value)
        elif name in _TIMES and isinstance(value, tuple):
            year, month, day, hour, minute, second, *_ = value
            at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
            yield Expected(number, DATE, at, is_change=_TIMES[name])


def _field(side: ast.expr) -> tuple[int, str]:
    """Take `entries[0]['title']` apart; nothing of whatever else it is."""
    match side:
        case ast.Subscript(
            value=ast.Subscript(
                value=ast.Name(id="entries"), slice=ast.Constant(value=int(number))
            ),
            slice=ast.Constant(value=str(name)),
        ):
            return number, name
    return 0, ""


def _comparisons(expression: str) -> Iterator[tuple[ast.expr, object]]:
    """Yield both sides of each `a == literal`; of `a == b == literal`, those of a and of b."""
    for node in ast.walk(_tree(expression)):
        if isinstance(node, ast.Compare) and all(isinstance(op, ast.Eq) for op in node.ops):
            try:
                value = ast.literal_eval(node.comparators[-1])
            except (ValueError, SyntaxError):
                continue
            for side in (node.left, *node.comparators[:-1]):
                yield side, value


def _entry_count(expression: str) -> int | None:
    for left, right in _comparisons(expression):
        match left, right:
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id="entries")]), int(count):
                return count
    return None


def _entry_numbers(expression: str) -> Iterator[int]:
    for node in ast.walk(_tree(expression)):
        match node:
            case ast.Subscript(value=ast.Name(id="entries"), slice=ast.Constant(value=int(number))):
                yield number


def _tree(expression: str) -> ast.AST:
    try:
        return ast.parse(expression, mode="eval")
    except (SyntaxError, ValueError):
        return ast.Module([], [])
