"""The updates of a live blog, as its page lists them in JSON-LD."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from index.ingestion.extraction.bodies import lines_of, stated_lines
from index.ingestion.extraction.furniture import folded, is_furniture
from index.ingestion.extraction.linked_data import words
from index.ingestion.extraction.model import LiveUpdate
from index.ingestion.extraction.publication import read_time
from index.ingestion.links import web_address
from index.ingestion.titles import MAX_TITLE_CHARACTERS, made_title, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from index.ingestion.extraction.linked_data import Node

MAX_UPDATE_COUNT = 500
_MAX_ID_CHARACTERS = 500


def live_updates(article: Node, *, now: datetime) -> tuple[LiveUpdate, ...]:
    """Give the updates that have words, in the order of the page, each id once."""
    listed = article.get("liveBlogUpdate")
    found: dict[str, LiveUpdate] = {}
    for node in (listed if isinstance(listed, list) else [listed])[:MAX_UPDATE_COUNT]:
        update = _update(node, now=now) if isinstance(node, dict) else None
        if update:
            found.setdefault(update.id, update)
    return tuple(found.values())


def before_updates(lines: Sequence[str], updates: Sequence[LiveUpdate]) -> list[str]:
    """Give the lines of the page that stand before the first update, and are in none."""
    told = {folded(line) for update in updates for line in _lines(update)}
    kept = []
    for line in lines:
        if folded(line) in told:
            break
        kept.append(line)
    return kept


def _lines(update: LiveUpdate) -> Iterator[str]:
    yield update.title
    yield from lines_of(update.text)


def _update(node: Node, *, now: datetime) -> LiveUpdate | None:
    lines = [line for line in stated_lines(node.get("articleBody")) if not is_furniture(line)]
    text = "\n\n".join(lines)
    title = words(node.get("headline")) or words(node.get("name")) or (lines and made_title(text))
    if not title or not text:
        return None
    written = node.get("datePublished")
    return LiveUpdate(
        id=_id(node, title, text),
        title=shortened(title, MAX_TITLE_CHARACTERS),
        text=text,
        url=_address(node.get("url")) or _address(node.get("@id")),
        published=read_time(written, now=now),
    )


def _id(node: Node, title: str, text: str) -> str:
    for name in ("@id", "identifier", "url"):
        value = node.get(name)
        if isinstance(value, str) and 0 < len(value.strip()) <= _MAX_ID_CHARACTERS:
            return value.strip()
    said = f"{title}\n{text[:200]}".encode()
    return hashlib.blake2b(said, digest_size=8).hexdigest()


def _address(value: object) -> str | None:
    try:
        return web_address(value) if isinstance(value, str) else None
    except ValueError:
        return None
