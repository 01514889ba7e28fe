"""Pages whose text is known, read from folders that others publish. Scores nothing."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# the folders of fundus all of whose publishers write in English
_ENGLISH = ("au", "ca", "uk", "us")
_MAX_GZIPPED_PAGE = 50 << 20


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page as it was fetched, and its article's text as people marked it."""

    name: str
    url: str
    body: bytes
    text: str


def benchmark_pages(folder: Path) -> Iterator[KnownPage]:
    """Read a checkout of scrapinghub/article-extraction-benchmark."""
    for name, page in _json(folder / "ground-truth.json").items():
        body = _unzipped(folder / "html" / f"{name}.html.gz")
        yield KnownPage(name, page["url"], body, page["articleBody"])


def fundus_pages(folder: Path) -> Iterator[KnownPage]:
    """Read the English pages of flairNLP/fundus, `tests/resources/parser/test_data`.

    Each publisher has as many pages as versions of its parser, both in the order of time. Live
    blogs are left out: what of them is the article is a matter of taste.
    """
    for country in _ENGLISH:
        addresses = _json(folder / country / "meta.info")
        for written in sorted((folder / country).glob("*.json")):
            pages = sorted(written.parent.glob(f"{written.stem}_[0-9]*.html.gz"))
            versions = sorted(_json(written).items(), key=lambda each: _numbers(each[0]))
            for page, (_, version) in zip(pages, versions, strict=True):
                text, body = "\n".join(_body(version["body"])), _unzipped(page)
                if b"LiveBlogPosting" not in body:
                    yield KnownPage(page.name, addresses[page.name]["url"], body, text)


def _body(body: dict[str, Any]) -> Iterator[str]:
    yield from body["summary"]
    for section in body["sections"]:
        yield from section["headline"]
        yield from section["paragraphs"]


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def _unzipped(path: Path) -> bytes:
    with gzip.open(path) as stream:
        return stream.read(_MAX_GZIPPED_PAGE)


def _json(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read
