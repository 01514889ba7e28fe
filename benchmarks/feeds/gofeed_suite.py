"""gofeed's test data: each document has beside it, in JSON, what gofeed is to make of it.

Those for its one way in have no such file; there the table in `parser_test.go` says which of them
are to be refused.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from benchmarks.feeds.model import DATE, LINK, TITLE, Expected, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_ROW = re.compile(r'\{"([\w.]+)", "\w*", "[^"]*", (true|false)\}')
_EXPECTED = "_expected"
_URL = "http://127.0.0.1:8097/testdata/"
_TIMES = {
    "publishedParsed": False,
    "pubDateParsed": False,
    "date_published": False,
    "updatedParsed": True,
    "date_modified": True,
}


def gofeed_samples(folder: Path, ending: str) -> list[Sample]:
    """Return the documents of one ending, `.xml` or `.json`, by name."""
    data = folder / "testdata"
    refused = _refused(folder)
    paths = sorted(data.rglob(f"*{ending}"))
    if ending == ".json":
        paths = [path for path in paths if _is_document(path)]
    return [_sample(data, path, refused) for path in paths]


def _refused(folder: Path) -> frozenset[str]:
    rows = _ROW.findall((folder / "parser_test.go").read_text(encoding="utf-8"))
    return frozenset(name for name, has_error in rows if has_error == "true")


def _is_document(path: Path) -> bool:
    """Tell a JSON Feed from what is expected of another document."""
    return not path.with_suffix(".xml").exists() and not path.stem.endswith(_EXPECTED)


def _sample(data: Path, path: Path, refused: frozenset[str]) -> Sample:
    expected = _expected(path)
    items = (expected or {}).get("items") or (expected or {}).get("entries") or []
    name = path.relative_to(data).as_posix()
    return Sample(
        name=name,
        body=path.read_bytes(),
        charset=None,
        url=_URL + name,
        is_feed=path.name not in refused,
        entry_count=None if expected is None else len(items),
        named_count=len(items),
        values=tuple(value for number, item in enumerate(items) for value in _values(number, item)),
    )


def _expected(path: Path) -> Mapping[str, Any] | None:
    beside = path.with_suffix(".json")
    if path.suffix == ".json":
        beside = path.with_name(f"{path.stem}{_EXPECTED}.json")
    try:
        found = json.loads(beside.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found if isinstance(found, dict) else None


def _values(number: int, item: Mapping[str, Any]) -> Iterator[Expected]:
    if item.get("title"):
        yield Expected(number, TITLE, item["title"])
    link = item.get("link") or item.get("url") or _alternate(item.get("links"))
    if link:
        yield Expected(number, LINK, link)
    for name, is_change in _TIMES.items():
        if item.get(name):
            yield Expected(number, DATE, datetime.fromisoformat(item[name]), is_change)


def _alternate(links: object) -> str | None:
    """Give the address of the first link that leads to the story (RFC 4287, 4.2.7.2)."""
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel", "alternate") == "alternate":
            return str(link.get("href") or "") or None
    return None
